"""A company's orders."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.order.model import Order
from shared.order.status import Status
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.company import address, company, door, sales_area, store_company
from tests.factories.order import order, order_line, store_order
from tests.integration.functions.orders.conftest import Person, ask
from tests.support.firestore_counter import counting

CODES = [f"AAAAAAAAA{i}-001" for i in range(8)]


@pytest.fixture
def placed(firestore: Client) -> list[Order]:
    """Eight orders of one company, an hour apart, oldest first, and one of another."""
    other = door("200002")
    style = [order_line("20001-001-42", "20001001")]
    with_hyphen = [order_line("CW2288-111-010-S", "20002001")]
    made = [
        order(CODES[0]),
        order(CODES[1], status=Status.SENT),
        order(CODES[2], door=other),
        order(CODES[3], door=other, status=Status.SENT),
        order(
            CODES[4],
            window="SS27-1",
            season="SS27",
            at_once=False,
            ship_from=date(2027, 2, 1),
            ship_to=date(2027, 2, 28),
        ),
        order(CODES[5], lines=with_hyphen, po_number="4712"),
        order(CODES[6], lines=style),
        order(CODES[7], lines=style, status=Status.SENT, door=other, po_number="4712"),
    ]
    dated = [
        one.model_copy(update={"placed_at": NOW - timedelta(hours=8 - i)})
        for i, one in enumerate(made)
    ]
    store_company(firestore, company())
    store_assortment(firestore, assortment())
    store_order(firestore, *dated, order("ZZZZZZZZZZ-001", company="100002"))
    return dated


def numbers(person: Person, query: str = "") -> list[int]:
    """The orders found, as places in CODES."""
    answer = person.get(f"?{query}")
    assert answer.status_code == 200, answer.json
    return [CODES.index(one["number"]) for one in answer.json["orders"]]


def test_anonymous(app: Flask, placed: list[Order]) -> None:
    assert ask(app, "GET", "", None, {}).status_code == 401


def test_wrong_role(app: Flask, placed: list[Order]) -> None:
    assert Person(app, role="passer-by").get().status_code == 401


def test_a_viewer_may_read(viewer: Person, placed: list[Order]) -> None:
    assert len(numbers(viewer)) == 8


def test_other_company(stranger: Person, placed: list[Order]) -> None:
    assert [one["number"] for one in stranger.get().json["orders"]] == ["ZZZZZZZZZZ-001"]


def test_days_of_a_window_are_told_of_orders_from_before(
    anna: Person, placed: list[Order], firestore: Client
) -> None:
    before = order("BBBBBBBBBB-001", window="SS27-1", at_once=False)
    gone = order("CCCCCCCCCC-001", window="SS20-1", at_once=False)
    moved = {"ship_from": date(2027, 1, 2), "ship_to": date(2027, 1, 9)}
    since = before.model_copy(update={"number": "DDDDDDDDDD-001", **moved})
    store_order(firestore, before, gone, since)
    listed = {one["number"]: one for one in anna.get().json["orders"]}
    read = {number: anna.get(f"/{number}").json for number in listed}
    for told in (listed, read):
        days = {number: (one["ship_from"], one["ship_to"]) for number, one in told.items()}
        assert days[before.number] == ("2027-02-01", "2027-02-28")
        assert days[gone.number] == days[CODES[0]] == (None, None)
        assert days[since.number] == ("2027-01-02", "2027-01-09")


def test_none(anna: Person) -> None:
    assert anna.get().json == {"orders": [], "next": None}


def test_invalid(anna: Person) -> None:
    answer = anna.get("?status=lost&limit=0&placed_from=soon&door=&colour=red")
    assert answer.status_code == 422
    assert {(e["in"], e["pointer"], e["code"]) for e in answer.json["errors"]} == {
        ("query", "/status", "not_allowed"),
        ("query", "/limit", "too_small"),
        ("query", "/placed_from", "not_a_date"),
        ("query", "/door", "too_short"),
        ("query", "/colour", "unknown_field"),
    }
    assert anna.get("?limit=101").status_code == 422


def test_newest_first(anna: Person, placed: list[Order]) -> None:
    assert numbers(anna) == [7, 6, 5, 4, 3, 2, 1, 0]


def test_an_entry_is_whole(anna: Person, firestore: Client) -> None:
    store_order(firestore, order())
    [entry] = anna.get().json["orders"]
    assert entry["door"]["name"] == "Door 200001"
    assert entry["net"] == {"amount": 5000, "currency": "EUR"}
    assert entry["gross"] == {"amount": 5950, "currency": "EUR"}
    assert (entry["pieces"], entry["status"], entry["placed_by"]) == (2, "accepted", "Anna Buyer")
    assert datetime.fromisoformat(entry["placed_at"]) == NOW
    assert "lines" not in entry


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=sent", [7, 3, 1]),
        ("door=200002", [7, 3, 2]),
        ("window=SS27-1", [4]),
        ("season=FW26&door=200002", [7, 3, 2]),
        ("po_number=4712", [7, 5]),
        ("q=4712", [7, 5]),
        ("q=71", [7, 6, 5, 4, 3, 2, 1, 0]),
        ("q=po-47", [6, 4, 3, 2, 1, 0]),
        ("q=aaaaaaaaa5", [5]),
        ("q=AAAAAAAAA3-001/PO%204711", [3]),
        ("q=0000815", []),
        ("q=%2F", []),
        ("q=", [7, 6, 5, 4, 3, 2, 1, 0]),
        ("q=4712&status=sent&door=200002&window=AO&season=FW26", [7]),
        ("style=20001", [7, 6]),
        ("style=20001-001-42", [7, 6]),
        ("style=20001-001", [7, 6]),
        ("style=CW2288-111", [5]),
        ("style=CW2288-111-010-S", [5]),
        ("style=CW2288", []),
        ("style=20001&status=sent&door=200002&po_number=4712&window=AO&season=FW26", [7]),
        ("status=sent&door=200001", [1]),
        ("status=closed", []),
        ("placed_from=2026-11-23", []),
        ("placed_to=2026-11-21", []),
        ("placed_from=2026-11-22&placed_to=2026-11-22", [7, 6, 5, 4, 3, 2, 1, 0]),
        ("placed_to=9999-12-31&status=sent", [7, 3, 1]),
    ],
)
def test_filters(anna: Person, placed: list[Order], query: str, expected: list[int]) -> None:
    assert numbers(anna, query) == expected


def test_an_order_is_found_by_saps_number_once_it_has_one(anna: Person, firestore: Client) -> None:
    store_order(firestore, order(CODES[2], sap_number="1004711", po_number="X"))
    for typed in ("1004711", "0001004711", "4711"):
        assert numbers(anna, f"q={typed}") == [2]


def test_umlauts_are_found_however_they_are_typed(anna: Person, firestore: Client) -> None:
    store_order(
        firestore,
        order(CODES[1], po_number="Mueller No 7", po_written="Müller № 7"),
        order(CODES[2], po_number="Muller 8"),
        order(CODES[3], po_number="Malle 9"),
    )
    for typed in ("muller", "MUELLER", "m%C3%BCller"):
        assert set(numbers(anna, f"q={typed}")) == {1, 2}
    assert numbers(anna, "q=muller%207&status=accepted&window=AO") == []
    assert numbers(anna, "q=mullerno7&status=accepted&window=AO") == [1]


def test_a_style_and_a_number_together_are_a_fault(anna: Person) -> None:
    answer = anna.get("?q=4712&style=20001")
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json["errors"]] == ["not_together"]


@pytest.mark.parametrize("query", ["", "status=sent", "style=10123", "q=po47"])
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_are_the_list(anna: Person, placed: list[Order], query: str, limit: int) -> None:
    found: list[int] = []
    cursor = ""
    while True:
        path = f"?{query}&limit={limit}{cursor}"
        page = anna.get(path).json
        assert len(page["orders"]) <= limit
        found += [CODES.index(one["number"]) for one in page["orders"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == numbers(anna, query)


def test_orders_of_one_placing_are_all_paged(anna: Person, firestore: Client) -> None:
    together = [order(f"AAAAAAAAAA-{i:03}") for i in range(1, 6)]
    store_order(firestore, *together)
    first = anna.get("?limit=2").json
    second = anna.get(f"?limit=3&cursor={first['next']}").json
    found = [one["number"] for one in first["orders"] + second["orders"]]
    assert found == [one.number for one in reversed(together)]
    assert second["next"] is None


@pytest.mark.parametrize("change", ["status=sent", "placed_from=2026-01-01", "style=1"])
def test_a_cursor_of_another_list(anna: Person, placed: list[Order], change: str) -> None:
    cursor = anna.get("?limit=1").json["next"]
    answer = anna.get(f"?{change}&cursor={cursor}")
    assert answer.status_code == 422
    [fault] = answer.json["errors"]
    assert (fault["in"], fault["pointer"], fault["code"]) == ("query", "/cursor", "stale_cursor")


def test_a_cursor_of_another_company(anna: Person, stranger: Person, placed: list[Order]) -> None:
    cursor = anna.get("?limit=1").json["next"]
    assert stranger.get(f"?cursor={cursor}").status_code == 422


def test_a_garbled_cursor(anna: Person) -> None:
    assert anna.get("?cursor=x").json["errors"][0]["code"] == "stale_cursor"


def test_a_page_costs_the_same_wherever_it_is(
    anna: Person, firestore: Client, placed: list[Order]
) -> None:
    cursor = ""
    for _ in range(3):
        with counting(firestore) as count:
            page = anna.get(f"?limit=2{cursor}").json
        assert (count.reads, dict(count.methods)) == (3, {"RunQuery": 1})
        cursor = f"&cursor={page['next']}"


def test_a_po_number_is_shown_as_written_and_as_printed(anna: Person, firestore: Client) -> None:
    store_order(
        firestore,
        order(CODES[1], po_number="Koeln No9", po_written="Köln №9"),
        order(CODES[2], po_number="Koeln No91", po_written="Köln №91"),
        order("ZZZZZZZZZZ-001", po_number="Koeln No9", company="100002"),
    )
    for typed in ("k%C3%B6ln%20%E2%84%969", "KOELN-NO9"):
        answer = anna.get(f"/po-number?po_number={typed}")
        assert [one["number"] for one in answer.json["orders"]] == [CODES[1]]
    assert answer.json["printed"] == "KOELN-NO9"
    [entry] = anna.get("?po_number=K%C3%B6ln%20%E2%84%969").json["orders"]
    assert (entry["po_number"], entry["po_number_printed"]) == ("Köln №9", "Koeln No9")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Nummernkreis%20Gr%C3%BC%C3%9Fen", "too_long"), ("%20", "malformed"), ("a%0Ab", "malformed")],
)
def test_a_po_number_that_can_not_be_printed_is_told(anna: Person, typed: str, code: str) -> None:
    answer = anna.get(f"/po-number?po_number={typed}")
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json["errors"]] == [
        ("/po_number", code)
    ]


@pytest.mark.parametrize(
    ("country", "organisation", "first", "last"),
    [
        ("DE", "1000", "2026-11-19T23:00:00+00:00", "2026-11-20T22:59:59.999999+00:00"),
        ("FI", "1000", "2026-11-19T22:00:00+00:00", "2026-11-20T21:59:59.999999+00:00"),
        ("MX", "3000", "2026-11-20T06:00:00+00:00", "2026-11-21T05:59:59.999999+00:00"),
    ],
)
def test_days_are_the_markets(
    anna: Person, firestore: Client, country: str, organisation: str, first: str, last: str
) -> None:
    place, area = address(country=country), sales_area(organisation)
    store_company(firestore, company(address=place, sales_area=area))
    tick = timedelta(microseconds=1)
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    for code, at in zip(CODES, (start - tick, start, end, end + tick), strict=False):
        store_order(firestore, order(code, placed_at=at))
    assert numbers(anna, "placed_from=2026-11-20&placed_to=2026-11-20") == [2, 1]
    assert numbers(anna, "placed_to=2026-11-19") == [0]
    assert numbers(anna, "placed_from=2026-11-21") == [3]
    assert numbers(anna, "placed_from=0001-01-01&placed_to=9999-12-31") == [3, 2, 1, 0]
