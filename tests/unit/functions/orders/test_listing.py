"""A cursor belongs to the company and the filters that it was made for."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.orders.listing import cursor_after, read_position, search_term
from functions.orders.schema import ListQuery, OrderHead
from shared.order.status import Status
from shared.problem import InvalidInputProblem
from tests.factories.order import order

HEAD = OrderHead.model_validate(
    dict(order()) | {"door": order().door.model_dump(), "po_number_printed": "PO 4711"}
)


def test_a_cursor_gives_the_place_back() -> None:
    cursor = cursor_after(HEAD, "100001", ListQuery())
    assert read_position(cursor, "100001", ListQuery(limit=3)) == (HEAD.placed_at, HEAD.number)


@pytest.mark.parametrize(
    "query",
    [
        ListQuery(status=Status.SENT),
        ListQuery(door="200001"),
        ListQuery(window="AO"),
        ListQuery(season="FW26"),
        ListQuery(po_number="1"),
        ListQuery(q="1"),
        ListQuery(style="10123"),
        ListQuery(placed_from=date(2026, 1, 1)),
        ListQuery(placed_to=date(2026, 1, 1)),
    ],
)
def test_other_filters_are_another_list(query: ListQuery) -> None:
    cursor = cursor_after(HEAD, "100001", ListQuery())
    with pytest.raises(InvalidInputProblem):
        read_position(cursor, "100001", query)


def test_another_company_is_another_list() -> None:
    cursor = cursor_after(HEAD, "100001", ListQuery())
    with pytest.raises(InvalidInputProblem):
        read_position(cursor, "100002", ListQuery())


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda b: urlsafe_b64encode(b).decode()))
def test_garbage_is_a_fault(cursor: str) -> None:
    with pytest.raises(InvalidInputProblem) as refused:
        read_position(cursor, "100001", ListQuery())
    [fault] = refused.value.faults
    assert (fault.code, fault.place, fault.pointer) == ("stale_cursor", "query", "/cursor")


@pytest.mark.parametrize("placed_at", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_forged_time_out_of_all_time_is_a_fault(placed_at: str) -> None:
    cursor = cursor_after(HEAD, "100001", ListQuery())
    content = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    forged = urlsafe_b64encode(json.dumps([placed_at, *content[1:]]).encode()).decode()
    with pytest.raises(InvalidInputProblem):
        read_position(forged, "100001", ListQuery())


@pytest.mark.parametrize("number", ["a/b", "", None, 7, ["7K3Q9XZ4M2-001"]])
def test_a_forged_number_is_a_fault(number: object) -> None:
    cursor = cursor_after(HEAD, "100001", ListQuery())
    padded = cursor + "=" * (-len(cursor) % 4)
    content = json.loads(urlsafe_b64decode(padded))
    content[1] = number
    forged = urlsafe_b64encode(json.dumps(content).encode()).decode()
    with pytest.raises(InvalidInputProblem):
        read_position(forged, "100001", ListQuery())


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("7k3q9xz4m2-014", "7k3q9xz4m2014"),
        ("7K3Q9XZ4M2-014/Mueller 7", "7k3q9xz4m2014"),
        ("0001004711", "1004711"),
        (" müller – №7 ", "muellerno7"),
        ("007", "007"),
        ("–", ""),
    ],
)
def test_what_is_typed_is_looked_for_as_it_is_kept(typed: str, term: str) -> None:
    assert search_term(typed) == term
