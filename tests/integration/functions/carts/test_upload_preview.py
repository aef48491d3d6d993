"""A preview of an upload says what taking it will do, and changes nothing."""

import base64
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from babel import Locale
from google.cloud.firestore import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.carts.upload import importing
from shared.cart.model import MAX_LINES
from shared.sheets.csv_reader import Hints
from shared.sheets.reading import read_table
from shared.sheets.table import Table
from tests.factories.cart import cart, line, store_cart
from tests.factories.style import gtin
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, fill, make, quantities
from tests.integration.functions.carts.test_upload import GOOD, upload
from tests.support.firestore_counter import counting
from tests.support.sheets import HEADER, as_csv, rows_of, xlsx


def _versions(firestore: Client) -> dict[str, Any]:
    """When every document was written last, but those that count requests."""
    return {
        document.reference.path: document.update_time
        for root in firestore.collections()
        if root.id != "rates"
        for document in _below(root)
    }


def _below(found: Any) -> Iterator[Any]:
    for document in found.stream():
        yield document
        for collection in document.reference.collections():
            yield from _below(collection)


def _row_answers(answer: Any) -> Any:
    """All but the cart; a workbook by its cells, as it also says when it was made."""
    refused = answer["refused_rows"]
    file = base64.b64decode(refused["content"]) if refused else b""
    cells = rows_of(file) if file.startswith(b"PK") else file
    return {**answer, "cart": None, "refused_rows": cells}


_ROW = st.tuples(
    st.sampled_from(["10123-010-S", "10123-010-M", gtin("10123002"), "10999-010-M", "", "a"]),
    st.sampled_from(["200001", "200002", "300009", ""]),
    st.sampled_from(["AO", "SS27-1", "FW30-1"]),
    st.sampled_from([0, 1, 7, 100_000, -3, "12 Stk", "3,5", None]),
)


@pytest.fixture
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each file would take most of the time of many examples."""

    def read(content: bytes, locale: Locale, hints: Hints, _: str) -> Table:
        return read_table(content, locale, hints)

    monkeypatch.setattr(importing, "read_apart", read)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(_ROW, min_size=1, max_size=8),
    had=st.integers(0, 8),
    kind=st.sampled_from([xlsx, as_csv]),
)
def test_a_preview_tells_what_is_taken_then_and_writes_nothing(
    anna: Person,
    firestore: Client,
    read_in_this_process: None,
    rows: list[Any],
    had: int,
    kind: Any,
) -> None:
    # No person uploads so often as the examples do.
    for rate in firestore.collection("rates").list_documents():
        rate.delete()
    cells = [cell("10123-010-M", had)] if had else []
    made = make(anna, *cells, key=str(uuid4()))
    content = kind([HEADER, *rows])
    before = _versions(firestore)
    previewed = upload(anna, made, content, key="one-upload", query="?preview=true")
    assert _versions(firestore) == before
    taken = upload(anna, made, content, key="one-upload")
    assert taken.status_code == previewed.status_code
    if taken.status_code != 200:
        assert {**taken.json, "instance": ""} == {**previewed.json, "instance": ""}
        return
    assert previewed.json["cart"] == made
    assert previewed.headers["ETag"] == made["etag"]
    assert _row_answers(taken.json) == _row_answers(previewed.json)
    lines = taken.json["cart"]["lines"]
    cart_lines = {(x["sku"], x["door"], x["window"]): x["quantity"] for x in lines}
    filled = {
        (row["sku"], row["door"], row["window"]): row["quantity"]
        for row in taken.json["rows"]
        if row["sku"]
    }
    assert all(cart_lines.get(key, 0) == quantity for key, quantity in filled.items())
    assert (taken.json["lines"], taken.json["pieces"]) == (len(filled), sum(filled.values()))


def test_a_preview_of_a_cart_that_changed_is_refused_as_taking_it_is(
    anna: Person, ben: Person, viewer: Person, stranger: Person
) -> None:
    made, content = make(anna), as_csv([HEADER, GOOD])
    previewed = upload(anna, made, content, query="?preview=true")
    now = fill(ben, made, cell("10123-010-S", 7))
    for query in ("", "?preview=true"):
        answer = upload(anna, made, content, key="meanwhile", query=query)
        assert (answer.status_code, answer.json["code"]) == (412, "cart_changed")
    again = upload(anna, now, content, query="?preview=true").json
    assert again["rows"] == previewed.json["rows"]
    assert quantities(again["cart"]) == {"10123-010-S": 7}
    taken = upload(anna, again["cart"], content, key="meanwhile").json
    assert quantities(taken["cart"]) == {"10123-010-S": 7, "10123-010-M": 6}
    assert upload(viewer, now, content, query="?preview=true").status_code == 403
    assert upload(stranger, now, content, query="?preview=true").status_code == 404


def test_a_preview_is_refused_where_the_cart_would_get_too_long(
    anna: Person, firestore: Client
) -> None:
    store_cart(firestore, cart([line(f"10123-010-{n}", 1) for n in range(MAX_LINES)], id="full"))
    content = as_csv([HEADER, GOOD])
    answer = upload(anna, {"id": "full", "etag": '"1"'}, content, query="?preview=true")
    assert (answer.status_code, answer.json["code"]) == (422, "too_many_lines")


def test_a_preview_reads_as_much_as_taking_it_and_commits_its_rate_only(
    anna: Person, firestore: Client
) -> None:
    made, content = make(anna), as_csv([HEADER, GOOD])
    with counting(firestore) as count:
        upload(anna, made, content, query="?preview=true")
    rate = (2, 1)  # the person's and the company's, read at once
    assert (count.writes, count.methods["BatchGetDocuments"]) == (rate[0], 2 + rate[1])
