"""What an order needs of VIES, and what VIES answered, pure.

`vat_due_at` is set exactly as long as an occasion waits for its answer; the order document is
its own outbox record, as with its hand-over to SAP.
"""

from datetime import datetime, timedelta

from shared.company.model import Company
from shared.order.following import departures, shipped_at
from shared.order.model import Order
from shared.vat.check import VatCheck, VatOccasion
from shared.vat.ids import is_recent, last_check, vies_request_of
from shared.vat.rules import VatRule

GRACE = timedelta(seconds=30)
"""The task of an order's placing gets this long before `reconcile` makes another."""

_BY_VAT_ID = frozenset({VatRule.INTRA_COMMUNITY, VatRule.NO_VAT_ID})
"""Deliveries to another member state, whose VAT depends on the buyer's id."""


def at_placing(order: Order, company: Company, age: timedelta) -> Order:
    """A new order with the answer that it was placed on, or due where that is older than `age`.

    Only of deliveries to another member state, and where there is an id to ask for.
    """
    if order.vat.rule not in _BY_VAT_ID or vies_request_of(company.profile) is None:
        return order
    last = last_check(company)
    recent = last is not None and is_recent(last, order.placed_at, age)
    check = last.without_trader() if last is not None and recent else None
    occasion = VatOccasion(occasion="placing", at=order.placed_at, check=check)
    due = None if recent else order.placed_at + GRACE
    return order.model_copy(update={"vat_checks": [occasion], "vat_due_at": due})


def at_goods_issue(order: Order) -> Order:
    """The order with an occasion for each delivery that has left and is exempt by the buyer's id.

    An occasion whose delivery SAP took back is forgotten, unless VIES was asked for it.
    """
    if order.vat.rule is not VatRule.INTRA_COMMUNITY:
        return order
    asked = [one for one in order.vat_checks if one.occasion == "placing" or one.check]
    known = {one.delivery for one in asked}
    left = [
        VatOccasion(occasion="goods_issue", delivery=one.number, at=shipped_at(one))
        for one in departures(order)
        if one.number not in known
    ]
    checks = [*asked, *left]
    if checks == order.vat_checks:
        return order
    unasked = [one.at for one in checks if one.check is None]
    waiting = any(one.is_open for one in checks)
    due = min(unasked, default=order.vat_due_at if waiting else None)
    return order.model_copy(update={"vat_checks": checks, "vat_due_at": due})


def with_check(order: Order, check: VatCheck, again_at: datetime) -> Order:
    """The order with VIES's answer to all that is open; what was settled before stays.

    Due again at `again_at` where it was no answer.
    """
    kept = check.without_trader()
    checks = [
        one.model_copy(update={"check": kept}) if one.is_open and check.replaces(one.check) else one
        for one in order.vat_checks
    ]
    due = again_at if any(one.is_open for one in checks) else None
    return order.model_copy(update={"vat_checks": checks, "vat_due_at": due})
