"""A cart survives being kept, and stays small."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.cart.model import MAX_LINES, Authorship, Cart, CartLine, line_key
from shared.store import to_document
from tests.factories.cart import ANNA, cart, line

MEGABYTE = 1 << 20  # https://firebase.google.com/docs/firestore/quotas
PEOPLE = st.builds(
    Authorship,
    by=st.text(min_size=1, max_size=20),
    uid=st.sampled_from(["anna", "ben", "vera"]),
    at=st.integers(min_value=0, max_value=10**17).map(
        lambda microseconds: ANNA.at + timedelta(microseconds=microseconds)
    ),
)
LINES = st.builds(
    CartLine,
    sku=st.sampled_from(["10123-010-M", "10123-010-30x32", "10123-010-42 2/3", "7-1-S|M"]),
    door=st.sampled_from(["200001", "200002"]),
    window=st.sampled_from(["AO", "SS27-1"]),
    quantity=st.integers(min_value=1, max_value=100_000),
    revision=st.integers(min_value=1, max_value=10**6),
    changed=PEOPLE,
)


def by_key(lines: list[CartLine]) -> dict[str, CartLine]:
    return {line_key(one.sku, one.door, one.window): one for one in lines}


@given(st.lists(LINES), st.lists(LINES))
def test_lines_are_read_as_they_were_written(kept: list[CartLine], gone: list[CartLine]) -> None:
    one = cart(kept).model_copy(update={"removed": by_key(gone)})
    read = Cart.model_validate(to_document(one))
    assert read == one


def test_a_document_tells_its_size_for_the_list() -> None:
    document = to_document(cart([line(quantity=3), line("10123-010-L", 4)]))
    assert document["size"] == {"lines": 2, "pieces": 7}
    assert to_document(cart())["size"] == {"lines": 0, "pieces": 0}


def test_the_largest_cart_fits_a_document() -> None:
    people = [Authorship(by="N" * 60, uid=f"{n:028}", at=ANNA.at) for n in range(100)]
    lines = [
        line(
            f"123456-010-{n % 40}x{n % 37}",
            quantity=100_000,
            door=f"{200_000_000 + n}",
            window="SS27-PRE-1",
            revision=10**6,
            changed=people[n % 100].model_copy(update={"at": ANNA.at + timedelta(seconds=n)}),
        )
        for n in range(MAX_LINES + 1_000)
    ]
    largest = cart(lines[:MAX_LINES]).model_copy(update={"removed": by_key(lines[MAX_LINES:])})
    document = to_document(largest)
    # https://firebase.google.com/docs/firestore/storage-size: a text is its bytes plus one
    size = sum(
        len(key) + len(packed) + 2
        for packed_lines in (document["lines"], document["removed"])
        for key, packed in packed_lines.items()
    )
    assert size + 20_000 < MEGABYTE
