"""When an order needs VIES's answer, and how answers that come late or twice are kept."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.money import Money
from shared.order.documents import Shipment
from shared.order.model import Order
from shared.order.vat_checks import GRACE, at_goods_issue, at_placing, with_check
from shared.vat.check import VatAnswer
from shared.vat.rules import Vat, VatRule
from tests.factories.assortment import NOW
from tests.factories.company import company
from tests.factories.order import order
from tests.factories.sap import stamp
from tests.factories.vat import FRENCH, vat_check

WEEK = timedelta(days=7)
LATER = NOW + timedelta(hours=2)


def exempt(rule: VatRule = VatRule.INTRA_COMMUNITY, *shipments: Shipment) -> Order:
    vat = Vat(rule=rule, rate=0, amount=Money(amount=0, currency="EUR"))
    return order(vat=vat, shipments=list(shipments))


def left(number: str, at: datetime | None = NOW, *, cancelled: bool = False) -> Shipment:
    return Shipment(
        number=number, stamp=stamp(1), shipped_at=at, cancelled=cancelled, quantities={10: 1}
    )


def test_an_old_answer_makes_an_order_wait_and_a_recent_one_is_kept_with_it() -> None:
    buyer = company(vat_id=FRENCH)
    placed = at_placing(exempt(), buyer, WEEK)
    assert [one.check for one in placed.vat_checks] == [None]
    assert placed.vat_due_at == NOW + GRACE
    known = vat_check(name="SA FOULEE", address="Paris")
    placed = at_placing(exempt(), buyer.model_copy(update={"vat_check": known}), WEEK)
    assert [one.check for one in placed.vat_checks] == [vat_check()]
    assert placed.vat_due_at is None
    old = vat_check(asked_at=NOW - WEEK - timedelta(seconds=1))
    placed = at_placing(exempt(), buyer.model_copy(update={"vat_check": old}), WEEK)
    assert placed.vat_due_at == NOW + GRACE


@pytest.mark.parametrize("rule", [VatRule.DOMESTIC, VatRule.EXPORT, VatRule.ON_INVOICE])
def test_other_deliveries_never_wait(rule: VatRule) -> None:
    placed = exempt(rule, left("80000001"))
    assert at_placing(placed, company(vat_id=FRENCH), WEEK) == placed
    assert at_goods_issue(placed) == placed


def test_without_an_id_there_is_nothing_to_wait_for() -> None:
    placed = exempt(VatRule.NO_VAT_ID)
    assert at_placing(placed, company(vat_id=""), WEEK) == placed


def test_each_delivery_that_left_is_asked_for_once() -> None:
    gone = at_goods_issue(exempt(VatRule.INTRA_COMMUNITY, left("80000001"), left("80000002", None)))
    assert [one.delivery for one in gone.vat_checks] == ["80000001"]
    assert gone.vat_due_at == NOW
    assert at_goods_issue(gone) == gone
    answered = with_check(gone, vat_check(), LATER)
    assert answered.vat_due_at is None
    assert at_goods_issue(answered) == answered
    both = answered.model_copy(update={"shipments": [left("80000001"), left("80000002", LATER)]})
    asked = at_goods_issue(both)
    assert [one.delivery for one in asked.vat_checks] == ["80000001", "80000002"]
    assert asked.vat_due_at == LATER
    assert asked.vat_checks[0] == answered.vat_checks[0]


def test_a_delivery_that_sap_took_back_is_forgotten_unless_vies_was_asked() -> None:
    gone = at_goods_issue(exempt(VatRule.INTRA_COMMUNITY, left("80000001")))
    back = {"shipments": [left("80000001", cancelled=True)]}
    forgotten = at_goods_issue(gone.model_copy(update=back))
    assert (forgotten.vat_checks, forgotten.vat_due_at) == ([], None)
    answered = with_check(gone, vat_check(), LATER)
    assert at_goods_issue(answered.model_copy(update=back)).vat_checks == answered.vat_checks


def test_no_answer_is_kept_as_such_and_asked_for_again() -> None:
    placed = at_placing(exempt(), company(vat_id=FRENCH), WEEK)
    out = with_check(placed, vat_check(VatAnswer.NOT_CHECKED), LATER)
    assert [one.check and one.check.answer for one in out.vat_checks] == [VatAnswer.NOT_CHECKED]
    assert out.vat_due_at == LATER
    assert at_goods_issue(out) == out


@given(st.permutations(range(5)), st.lists(st.sampled_from(VatAnswer), min_size=5, max_size=5))
def test_the_first_answer_stays_and_silence_never_takes_its_place(
    arrival: list[int], answers: list[VatAnswer]
) -> None:
    placed = at_placing(exempt(), company(vat_id=FRENCH), WEEK)
    asked = [vat_check(answers[n], NOW + timedelta(minutes=n)) for n in range(5)]
    kept = placed
    for n in (*arrival, *arrival):
        kept = with_check(kept, asked[n], LATER)
    settled = [asked[n] for n in arrival if asked[n].is_settled]
    expected = settled[0] if settled else asked[4]
    assert [one.check for one in kept.vat_checks] == [expected]
    assert (kept.vat_due_at is None) == bool(settled)
