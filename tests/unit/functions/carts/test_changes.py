"""Any sequence of cell edits is what a dictionary of cells would be."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.carts.changes import (
    KEYS_KEPT,
    REMOVED_KEPT,
    apply_lines,
    copy_lines,
    is_repeated,
    new_cart,
    rename,
    with_key,
)
from functions.carts.guard import conflicts
from functions.carts.schema import LineChange
from shared.cart.context import CartContext
from shared.cart.model import MAX_LINES, Authorship, Cart, UsedKey
from shared.idempotency import KeyReusedProblem
from shared.problem import InvalidInputProblem
from shared.store import to_document
from tests.factories.assortment import NOW, assortment, item
from tests.factories.cart import ANNA, cart, context_of, line
from tests.factories.company import company, door
from tests.factories.style import style

KNOWN = context_of()
BEN = Authorship(by="Ben", uid="ben", at=NOW + timedelta(minutes=1))
SKUS = [sku.id for colourway in style().colourways for sku in colourway.skus]
CELLS = st.tuples(
    st.sampled_from(SKUS), st.sampled_from(["200001", "200002"]), st.sampled_from(["AO", "SS27-1"])
)
REQUESTS = st.dictionaries(CELLS, st.integers(min_value=0, max_value=5), min_size=1, max_size=8)
Cells = dict[tuple[str, str, str], int]


def change(
    sku: str = "10123-010-M", quantity: int = 1, door: str = "200001", window: str = "AO"
) -> LineChange:
    return LineChange(sku=sku, door=door, window=window, quantity=quantity)


def asked(cells: Cells) -> list[LineChange]:
    return [change(sku, n, to, window) for (sku, to, window), n in cells.items()]


def cells_of(one: Cart) -> Cells:
    return {(x.sku, x.door, x.window): x.quantity for x in one.lines.values()}


def kept(one: Cart) -> Cart:
    """As Firestore gives it back."""
    return Cart.model_validate(to_document(one))


def faults(one: Cart, known: CartContext, changes: list[LineChange]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInputProblem) as caught:
        apply_lines(one, known, changes, BEN)
    return [(fault.code, fault.pointer) for fault in caught.value.faults]


@given(st.lists(REQUESTS, max_size=8))
def test_edits_are_those_of_a_dictionary(requests: list[Cells]) -> None:
    one = cart()
    model: Cells = {}
    for cells in requests:
        before = one
        one = kept(apply_lines(one, KNOWN, asked(cells), BEN))
        expected = {cell: n for cell, n in (model | cells).items() if n}
        assert cells_of(one) == expected
        assert one.revision == before.revision + (expected != model)
        model = expected


@given(st.lists(REQUESTS, min_size=1, max_size=8), st.data())
def test_conflicts_lead_from_any_older_version_to_the_current(
    requests: list[Cells], data: st.DataObject
) -> None:
    versions = [cart()]
    for cells in requests:
        versions.append(kept(apply_lines(versions[-1], KNOWN, asked(cells), BEN)))
    old, current = data.draw(st.sampled_from(versions)), versions[-1]
    told = conflicts(current, old.revision)
    patched = cells_of(old) | {(x.sku, x.door, x.window): x.quantity for x in told}
    assert {cell: n for cell, n in patched.items() if n} == cells_of(current)
    assert all(conflict.changed.by == "Ben" for conflict in told)
    if old is current:
        assert told == []


def test_lines_that_stay_keep_who_changed_them() -> None:
    one = cart([line("10123-010-M", 3), line("10123-010-L", 4)])
    after = apply_lines(one, KNOWN, [change("10123-010-M", 3), change("10123-010-L", 5)], BEN)
    assert [(x.sku, x.changed, x.revision) for x in after.lines.values()] == [
        ("10123-010-M", ANNA, 1),
        ("10123-010-L", BEN, 2),
    ]
    assert (after.revision, after.changed) == (2, BEN)


def test_the_same_quantities_change_nothing() -> None:
    one = cart([line(quantity=3)])
    assert apply_lines(one, KNOWN, [change(quantity=3), change("10123-010-L", 0)], BEN) is one


def test_planning_leaves_the_cart_as_it_is() -> None:
    one = cart([line(quantity=3)])
    before = one.model_copy(deep=True)
    changes = [change(quantity=0), change("10123-400-S", 2)]
    first, second = (apply_lines(one, KNOWN, changes, BEN) for _ in range(2))
    assert one == before
    assert first == second


def test_every_unknown_is_told_at_once() -> None:
    changes = [
        change("99999-010-M"),
        change(door="9"),
        change(window="FW99"),
        change("10123-010-XXL", door="9", window="FW99"),
        change("10123-010-L"),
        change("10123-010-L", 2),
        change("10123-010-L", window="SS27-1"),
    ]
    assert faults(cart(), KNOWN, changes) == [
        ("unknown_sku", "/lines/0/sku"),
        ("unknown_door", "/lines/1/door"),
        ("unknown_window", "/lines/2/window"),
        ("unknown_sku", "/lines/3/sku"),
        ("unknown_door", "/lines/3/door"),
        ("unknown_window", "/lines/3/window"),
        ("repeated_line", "/lines/5"),
    ]


def test_what_is_not_in_the_assortment_does_not_exist() -> None:
    hidden = context_of(seen=assortment(excluded=[item("10123", "400")]))
    assert faults(cart(), hidden, [change("10123-400-M")]) == [("unknown_sku", "/lines/0/sku")]


def test_what_was_withdrawn_can_be_taken_out_but_not_changed() -> None:
    gone = context_of(seen=assortment(rules=[], windows=[]), buying=company(doors=[door("1")]))
    one = cart([line(quantity=3)])
    assert apply_lines(one, gone, [change(quantity=0)], BEN).lines == {}
    assert {code for code, _ in faults(one, gone, [change(quantity=2)])} == {
        "unknown_sku",
        "unknown_door",
        "unknown_window",
    }


def test_a_blocked_door_does_not_hinder_saving() -> None:
    blocked = context_of(buying=company(doors=[door(blocked=True)]))
    assert apply_lines(cart(), blocked, [change()], BEN).lines


def test_a_cart_has_an_end() -> None:
    doors = [door(str(n)) for n in range(MAX_LINES // len(SKUS) + 1)]
    known = context_of(buying=company(doors=doors))
    every = [change(sku, 1, one.id) for one in doors for sku in SKUS]
    full = apply_lines(cart(), known, every[:MAX_LINES], BEN)
    assert len(full.lines) == MAX_LINES
    assert faults(full, known, every[MAX_LINES : MAX_LINES + 1]) == [("too_many_lines", "/lines")]
    emptied = [change(**every[0].model_dump(exclude={"quantity"}), quantity=0)]
    assert apply_lines(full, known, [*emptied, every[MAX_LINES]], BEN).revision == 3


def test_what_of_many_removals_was_forgotten_is_known() -> None:
    doors = [door(str(n)) for n in range(REMOVED_KEPT + 1)]
    known = context_of(buying=company(doors=doors))
    filled = apply_lines(cart(), known, [change(door=one.id) for one in doors], BEN)
    half = apply_lines(filled, known, [change(door=doors[0].id, quantity=0)], BEN)
    assert (half.revision, half.forgotten) == (3, 0)
    empty = apply_lines(half, known, [change(door=x.id, quantity=0) for x in doors[1:]], BEN)
    assert len(empty.removed) == REMOVED_KEPT
    assert empty.forgotten == 3


def test_the_latest_keys_are_remembered() -> None:
    one = cart()
    for n in range(KEYS_KEPT + 1):
        one = with_key(one, UsedKey(key=f"key {n}", request="r"))
    assert [used.key for used in one.keys] == [f"key {n}" for n in range(1, KEYS_KEPT + 1)]
    assert is_repeated(one, UsedKey(key="key 5", request="r"))
    assert not is_repeated(one, UsedKey(key="key 0", request="r"))
    with pytest.raises(KeyReusedProblem):
        is_repeated(one, UsedKey(key="key 5", request="another"))


def test_a_copy_is_as_if_just_filled_in() -> None:
    source = cart([line(quantity=3, revision=7), line("10123-010-L", 4, revision=9)])
    copied = copy_lines(source, new_cart("cart-2", "100001", "Copy", BEN, "origin"))
    assert cells_of(copied) == cells_of(source)
    assert {(x.revision, x.changed.by) for x in copied.lines.values()} == {(1, "Ben")}
    assert copied.removed == {}


def test_another_name_is_a_change() -> None:
    renamed = rename(cart(), "Autumn", BEN)
    assert (renamed.name, renamed.revision, renamed.changed) == ("Autumn", 2, BEN)
