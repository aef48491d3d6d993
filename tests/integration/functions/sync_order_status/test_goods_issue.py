"""Goods that leave for another member state: VIES is due in the commit that stores the delivery."""

from datetime import timedelta
from itertools import permutations
from typing import Any

from google.cloud.firestore import Client

from functions.sync_order_status.handler import apply
from shared.event.message import SapMessage
from shared.money import Money
from shared.order import repository as orders
from shared.order.model import Order
from shared.order.vat_checks import with_check
from shared.vat.check import VatAnswer
from shared.vat.request import VatRequest
from shared.vat.rules import Vat, VatRule
from tests.factories.company import company, store_company
from tests.factories.order import NUMBER, change_order, order, order_line, store_order
from tests.factories.sap import ECC, PUBLISHED_AT, Idoc, clock, packet, stamp
from tests.factories.sap_documents import desadv
from tests.factories.vat import FRENCH, vat_check

LINE = order_line("10123-010-S", "10123001", 5, position=10)


def _place(db: Client, rule: VatRule = VatRule.INTRA_COMMUNITY) -> None:
    vat = Vat(rule=rule, rate=0, amount=Money(amount=0, currency="EUR"))
    store_company(db, company(vat_id=FRENCH))
    store_order(db, order(lines=[LINE], vat=vat))


def _delivery(second: int, number: str = "80000001", pieces: int = 2, **given: Any) -> Idoc:
    fields = {"left": clock(ECC, stamp(second))} | given
    return desadv(number, stamp(second), items=[(10, "10123001", pieces)], **fields)


def _requested_checks(db: Client, *idocs: Idoc) -> list[VatRequest]:
    message = SapMessage("1", "sap-orders", packet(*idocs), {}, PUBLISHED_AT)
    return apply(db, ECC, message)[1]


def _read(db: Client) -> Order:
    return orders.parse(orders.reference(db, NUMBER).get().to_dict(), "100001")


def test_each_delivery_that_leaves_is_asked_for_once(firestore: Client) -> None:
    _place(firestore)
    assert _requested_checks(firestore, _delivery(110, left="")) == []
    assert _read(firestore).vat_checks == []
    assert _requested_checks(firestore, _delivery(120)) == [
        VatRequest("100001", f"{NUMBER}-80000001")
    ]
    assert _requested_checks(firestore, _delivery(120)) == []
    [waiting] = _read(firestore).vat_checks
    assert (waiting.occasion, waiting.delivery, waiting.check) == ("goods_issue", "80000001", None)
    assert _read(firestore).vat_due_at == waiting.at

    change_order(firestore, with_check(_read(firestore), vat_check(), waiting.at))
    second = _delivery(130, "80000002", 3)
    assert _requested_checks(firestore, second) == [VatRequest("100001", f"{NUMBER}-80000002")]
    first, other = _read(firestore).vat_checks
    assert (first.check, other.check) == (vat_check(), None)


def test_at_home_nothing_is_asked(firestore: Client) -> None:
    _place(firestore, VatRule.DOMESTIC)
    assert _requested_checks(firestore, _delivery(120)) == []
    assert (_read(firestore).vat_checks, _read(firestore).vat_due_at) == ([], None)


def test_any_order_of_deliveries_ends_in_the_same(firestore: Client) -> None:
    messages = [
        _delivery(110, left=""),
        _delivery(120),
        _delivery(125, "80000002", 1),
        _delivery(140, "80000002", 1, deleted=True),
    ]
    ends = []
    for arrival in permutations(messages):
        _place(firestore)
        for message in (*arrival, arrival[0]):
            _requested_checks(firestore, message)
        ends.append((_read(firestore).vat_checks, _read(firestore).vat_due_at))
    assert all(end == ends[0] for end in ends)
    [waiting] = ends[0][0]
    assert waiting.delivery == "80000001"


def test_what_vies_did_not_answer_stays_due_when_more_is_told(firestore: Client) -> None:
    _place(firestore)
    _requested_checks(firestore, _delivery(120))
    silent = vat_check(VatAnswer.NOT_CHECKED, reason="TIMEOUT")
    later = _read(firestore).placed_at + timedelta(hours=2)
    change_order(firestore, with_check(_read(firestore), silent, later))
    _requested_checks(firestore, _delivery(125, pieces=1))
    assert _read(firestore).vat_due_at == later
