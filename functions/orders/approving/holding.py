"""Orders that wait for an approval as they are placed."""

from datetime import datetime, timedelta

from google.cloud.firestore import Client

from functions.orders.plan import OrderPlan
from shared.approval import repository as approvals
from shared.approval.deciding import merged_levels, waiting_for
from shared.approval.model import Approval, Fired, Policy
from shared.approval.rules import sums_for
from shared.approval.spending import fired_rules_now
from shared.company.model import Company
from shared.identity.caller import Caller
from shared.market.day import first_instant, market_of
from shared.money import Money
from shared.optimistic import Attempt
from shared.order.model import Order, Step
from shared.order.status import Status


def hold(
    db: Client, attempt: Attempt, company: Company, plan: OrderPlan, caller: Caller, now: datetime
) -> list[Order] | None:
    """The orders as they wait, with their approval written; None where no rule of the company's
    fires."""
    own = approvals.policy_reference(db, company.id)
    [document] = attempt.read([own])
    policy = approvals.parse_policy(document)
    if policy is None:
        return None
    if sums_for(policy, plan.asked):
        # Of two placings at once, each within the limit, the second is measured anew.
        attempt.update(own, {"serial": policy.serial + 1})
    fired = fired_rules_now(db, policy, market_of(company), plan.asked)
    if not fired:
        return None
    approval = _approval(policy, fired, company, plan.orders, now)
    attempt.save_model(approvals.reference(db, approval.number), approval)
    step = Step(status=Status.PENDING_APPROVAL, at=now, **caller.actor.signature)
    return [_waiting(order, step) for order in plan.orders]


def _waiting(order: Order, step: Step) -> Order:
    """With all that it takes of stock and credit, and nothing to hand over."""
    nothing_due = order.handover.model_copy(update={"due_at": None})
    return order.model_copy(
        update={"status": step.status, "history": [step], "handover": nothing_due}
    )


def _approval(
    policy: Policy, fired: list[Fired], company: Company, orders: list[Order], now: datetime
) -> Approval:
    first = orders[0]
    until = end_of_wait(policy, company, orders, now)
    return waiting_for(
        Approval(
            number=first.group,
            company=company.id,
            cart=first.cart,
            orders=[order.number for order in orders],
            po_number=first.buyers_po_number,
            placed_at=now,
            placed_by=first.placed_by,
            placed_by_uid=first.placed_by_uid,
            placed_by_kind=first.placed_by_kind,
            net=Money(amount=sum(one.net.amount for one in orders), currency=first.currency),
            pieces=sum(order.pieces for order in orders),
            fired=fired,
            levels=merged_levels(policy, fired),
            held_until=until,
            steps_in_at=now + (until - now) / 2,
        )
    )


def end_of_wait(policy: Policy, company: Company, orders: list[Order], now: datetime) -> datetime:
    """How long they wait: never beyond the last day on which one of them is taken."""
    market = market_of(company)
    ends = [
        first_instant(market, order.cut_off + timedelta(days=1))
        for order in orders
        if order.cut_off
    ]
    return min([now + timedelta(days=policy.hold_days), *ends])
