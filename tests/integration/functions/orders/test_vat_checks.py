"""VIES's answer at placing: kept with the order if it is recent, asked for behind it if it is not."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from google.cloud.firestore import Client
from openpyxl import load_workbook

from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.order.repository import parse as parse_order
from shared.order.repository import reference as order_reference
from shared.order.vat_checks import GRACE, with_check
from shared.store import to_document
from shared.vat.check import VatAnswer, VatCheck
from shared.vat.request import VatRequest
from tests.factories.assortment import NOW
from tests.factories.cart import context_of, store_cart
from tests.factories.company import address, company, door
from tests.factories.order import change_order
from tests.factories.placing import AT_ONCE, DOOR, OTHER_DOOR, body_for, cart_of, store_context
from tests.factories.vat import FRENCH, vat_check
from tests.integration.functions.orders.conftest import Person, Queue
from tests.support.firestore_counter import counting

PARIS = address(postal_code="75002", city="Paris", country="FR")
DAYS_7 = timedelta(days=7)


def french(
    db: Client, check: VatCheck | None = None, vat_id: str = FRENCH
) -> tuple[CartContext, Cart]:
    """A French company, and a cart for two doors: one in Paris, one in Berlin."""
    buyer = company(
        doors=[door(DOOR, default=True, address=PARIS), door(OTHER_DOOR)],
        address=PARIS,
        vat_id=vat_id,
        vat_id_valid=bool(vat_id),
    ).model_copy(update={"vat_check": check})
    context = context_of(buying=buyer)
    store_context(db, context)
    cart = cart_of([("10123-010-S", DOOR, AT_ONCE, 3), ("10123-400-M", OTHER_DOOR, AT_ONCE, 2)])
    store_cart(db, cart)
    return context, cart


def placed(db: Client, answer: Any) -> dict[str, Any]:
    """The placed orders by country."""
    found = [order_reference(db, one["number"]).get().to_dict() for one in answer.json["orders"]]
    parsed = [parse_order(one, "100001") for one in found]
    return {one.door.address.country: one for one in parsed}


@pytest.mark.parametrize(
    "known",
    [
        None,
        vat_check(asked_at=NOW - DAYS_7 - timedelta(seconds=1)),
        vat_check(VatAnswer.NOT_CHECKED),
        vat_check(vat_id="FR83404833048"),
    ],
)
def test_what_is_not_known_lately_is_asked_for_behind_the_placing(
    anna: Person, firestore: Client, queue: Queue, known: VatCheck | None
) -> None:
    context, cart = french(firestore, known)
    orders = placed(firestore, anna.place(body_for(cart, context)))
    assert [one.check for one in orders["FR"].vat_checks] == [None]
    assert orders["FR"].vat_due_at == NOW + GRACE
    assert (orders["DE"].vat_checks, orders["DE"].vat_due_at) == ([], None)
    assert queue.vat_checks == [VatRequest("100001", orders["FR"].group)]


def test_a_recent_answer_is_kept_with_the_order_and_nothing_is_asked(
    anna: Person, firestore: Client, queue: Queue
) -> None:
    known = vat_check(asked_at=NOW - DAYS_7, name="SA FOULEE")
    context, cart = french(firestore, known)
    orders = placed(firestore, anna.place(body_for(cart, context)))
    assert [one.check for one in orders["FR"].vat_checks] == [known.without_trader()]
    assert orders["FR"].vat_due_at is None
    assert queue.vat_checks == []


def test_placing_reads_and_writes_no_more_for_it(anna: Person, firestore: Client) -> None:
    counts = []
    for number, vat_id in enumerate((FRENCH, "")):
        context, cart = french(firestore, vat_id=vat_id)
        with counting(firestore) as count:
            assert anna.place(body_for(cart, context), key=f"key-{number}000").status_code == 201
        counts.append((count.reads, count.writes, count.rpcs))
    assert counts[0] == counts[1]


def test_a_queue_that_is_down_is_in_nobodys_way(
    anna: Person, firestore: Client, queue: Queue
) -> None:
    queue.down = True
    context, cart = french(firestore)
    answer = anna.place(body_for(cart, context))
    assert answer.status_code == 201
    assert placed(firestore, answer)["FR"].vat_due_at == NOW + GRACE


def test_the_same_request_again_asks_nothing_again(
    anna: Person, firestore: Client, queue: Queue
) -> None:
    context, cart = french(firestore)
    anna.place(body_for(cart, context))
    anna.place(body_for(cart, context))
    assert len(queue.vat_checks) == 1


def test_an_id_that_vies_refutes_is_told_before_placing_and_taxed(
    anna: Person, firestore: Client
) -> None:
    context, cart = french(firestore, vat_check(VatAnswer.INVALID))
    answer = anna.place(body_for(cart, context))
    [warning] = [one for one in answer.json["warnings"] if one["code"] == "no_vat_id"]
    assert "VIES" in warning["detail"]
    assert FRENCH in warning["detail"]
    assert "So VAT is charged. Have the id registered" in warning["detail"]
    assert placed(firestore, answer)["FR"].vat.amount.amount > 0


def test_buyer_and_papers_see_what_vies_said(anna: Person, firestore: Client) -> None:
    context, cart = french(firestore)
    order = placed(firestore, anna.place(body_for(cart, context)))["FR"]
    [shown] = anna.get(f"/{order.number}").json["vat_checks"]
    assert shown == {
        "occasion": "placing",
        "delivery": "",
        "vat_id": "",
        "answer": "not_checked",
        "on": None,
        "consultation": "",
        "detail": "VIES has not been asked yet.",
    }
    assert "WAPI" not in sheet(anna, order.number)

    change_order(firestore, with_check(order, vat_check(), NOW))

    seen = anna.get(f"/{order.number}").json
    [shown] = seen["vat_checks"]
    assert (shown["answer"], shown["on"]) == ("valid", "2026-11-22")
    assert shown["consultation"] == "WAPIAAAAZ0000001"
    assert seen["vat_warning"] is None
    assert f"{FRENCH} is valid (consultation number WAPIAAAAZ0000001)" in sheet(anna, order.number)


def test_an_answer_that_refutes_the_id_after_placing_says_what_follows(
    anna: Person, firestore: Client
) -> None:
    context, cart = french(firestore)
    order = placed(firestore, anna.place(body_for(cart, context)))["FR"]
    change_order(firestore, with_check(order, vat_check(VatAnswer.INVALID), NOW))
    seen = anna.get(f"/{order.number}").json
    assert [one["answer"] for one in seen["vat_checks"]] == ["invalid"]
    assert seen["vat_warning"].startswith("VIES does not know your VAT id, so the invoice")
    assert seen["vat_warning"] in sheet(anna, order.number)
    assert seen["gross"] == to_document(order)["gross"]


def sheet(person: Person, number: str) -> str:
    """All texts of the confirmation's first sheet."""
    book = load_workbook(BytesIO(person.get(f"/{number}/documents/confirmation.xlsx").data))
    rows = book.worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(value) for row in rows for value in row if value)
