"""Sums that are wrong are worked out anew from the orders."""

from google.cloud.firestore import Client

from infra.sums import mend
from shared.availability import repository as availabilities
from shared.availability.rules import pending
from shared.company import repository as companies
from shared.order.model import Order
from shared.order.status import Status
from shared.stamped import UNTOLD
from tests.factories.availability import availability, store_availability
from tests.factories.company import company, store_company
from tests.factories.order import order, order_line, place_order
from tests.factories.style import style

NUMBERS = ("0000000001-001", "0000000002-001")


def _place(db: Client) -> list[Order]:
    placed = [order(number, lines=[order_line(quantity=3)]) for number in NUMBERS]
    store_company(db, company())
    store_availability(db, availability(style(), 100))
    for one in placed:
        place_order(db, one)
    return placed


def _sums(db: Client, one: Order) -> tuple[int, int]:
    stored = availabilities.reference(db, one.styles[0], one.plant).get().to_dict()
    held = availabilities.parse(stored)
    assert held is not None
    document = companies.reference(db, one.company).get().to_dict() or {}
    promised = sum(pending(held, one.lines[0].article).values())
    return promised, sum(document.get("open_amounts", {}).values())


def test_right_sums_stay_and_wrong_ones_are_mended(firestore: Client) -> None:
    placed = _place(firestore)
    right = _sums(firestore, placed[0])
    assert right == (6, sum(one.net.amount for one in placed))
    assert mend(firestore, lambda _: None) == {"availability": 0, "companies": 0}

    companies.reference(firestore, placed[0].company).update({f"open_amounts.{UNTOLD}": 7})
    availabilities.reference(firestore, placed[0].styles[0], placed[0].plant).update(
        {"promised": {}}
    )
    told: list[str] = []
    assert mend(firestore, told.append, dry_run=True) == {"availability": 1, "companies": 1}
    assert _sums(firestore, placed[0]) == (0, 7)
    assert mend(firestore, told.append) == {"availability": 1, "companies": 1}
    assert _sums(firestore, placed[0]) == right


def test_what_was_cancelled_takes_nothing(firestore: Client) -> None:
    first, second = _place(firestore)
    reference = firestore.collection("orders").document(second.number)
    reference.update({"status": Status.CANCELLED.value})
    assert mend(firestore, lambda _: None) == {"availability": 1, "companies": 1}
    assert _sums(firestore, first) == (3, first.net.amount)
