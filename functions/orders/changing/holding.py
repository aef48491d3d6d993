"""Changes of placed orders that wait for an approval (`shared.approval.growing`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client, FieldFilter

from functions.orders.approving.holding import end_of_wait
from shared.approval import repository as approvals
from shared.approval.deciding import merged_levels, waiting_for
from shared.approval.growing import (
    Growth,
    agreed_at_placing,
    measured_growth,
    sums_for_growth,
)
from shared.approval.model import Approval, AskedChange, ChangedLine, Fired, Policy
from shared.approval.rules import Asked, Portion
from shared.approval.spending import read_spent
from shared.company.model import Company
from shared.identity.caller import Caller
from shared.market.day import business_day, market_of
from shared.optimistic import Attempt
from shared.order.commitment import is_alive
from shared.order.model import Order
from shared.order.proposal import propose
from shared.store import find_all, read_all
from shared.style import repository as styles
from shared.style.model import Style, style_of


@dataclass(frozen=True)
class AskedFor:
    """A change of `order` to `after`, that somebody asks for; should it have to wait, the approval
    has the number `approval`, drawn once however often it is tried."""

    order: Order
    after: Order
    caller: Caller
    approval: str
    now: datetime


def hold_change(db: Client, attempt: Attempt, company: Company, asked: AskedFor) -> Order | None:
    """The order with its change waiting, and the approval written; None where nobody is asked.

    Reads nothing where no line grows.
    """
    pairs = zip(asked.order.lines, asked.after.lines, strict=True)
    if not company.approval_rules or not any(new.quantity > old.quantity for old, new in pairs):
        return None
    own = approvals.policy_reference(db, company.id)
    placing = approvals.reference(db, asked.order.group)
    document, placing_document = attempt.read([own, placing])
    policy = approvals.parse_policy(document)
    if policy is None:
        return None
    # Of two at once, each within the limit, the second is measured anew.
    attempt.update(own, {"serial": policy.serial + 1})
    earlier = approvals.parse(placing_document, company.id) if placing_document else None
    growth = _growth(db, policy, company, asked, agreed_at_placing(earlier))
    sums = sums_for_growth(policy, growth)
    spent = read_spent(db, company.id, market_of(company), growth.asked, sums)
    measured = measured_growth(policy, growth, spent)
    if not measured:
        return None
    approval = approval_of_change(policy, measured, company, asked)
    attempt.save_model(approvals.reference(db, approval.number), approval)
    order, caller = asked.order, asked.caller
    return propose(order, asked.after, approval.number, caller.actor, asked.now)


def _growth(
    db: Client, policy: Policy, company: Company, asked: AskedFor, agreed: Mapping[str, int]
) -> Growth:
    order, after = asked.order, asked.after
    others = _placed_with(db, order)
    found = _styles(db, [*others, order]) if any(one.categories for one in policy.rules) else {}
    beside = [portion for one in others for portion in _portions(one, found)]
    day = business_day(market_of(company), order.placed_at)
    whole = (*beside, *_portions(after, found))
    return Growth(
        Asked(order.placed_by_uid, order.currency, day, whole),
        was=(*beside, *_portions(order, found)),
        by=asked.caller.uid,
        orders=len(others) + 1,
        agreed=_highest(agreed, order.agreed),
    )


def _placed_with(db: Client, order: Order) -> list[Order]:
    """The other orders of its placing that are alive."""
    found = (
        db.collection("orders")
        .where(filter=FieldFilter("company", "==", order.company))
        .where(filter=FieldFilter("group", "==", order.group))
    )
    placed = [Order.model_validate(one.data()) for one in find_all(db, found)]
    return [one for one in placed if one.number != order.number and is_alive(one)]


def _styles(db: Client, placed: Iterable[Order]) -> dict[str, Style]:
    numbers = sorted({style_of(line.sku) for one in placed for line in one.lines})
    read = read_all(db, [styles.reference(db, number) for number in numbers])
    return {one.number: one for document in read if (one := styles.parse(document))}


def _portions(order: Order, found: Mapping[str, Style]) -> Iterable[Portion]:
    for line in order.lines:
        style = found.get(style_of(line.sku))
        yield Portion(
            door=order.door.id,
            window=order.window,
            season=order.season,
            category=style.category if style else "",
            net=0 if line.rejected else line.amount.amount,
        )


def _highest(*agreed: Mapping[str, int]) -> dict[str, int]:
    rules = {rule for one in agreed for rule in one}
    return {rule: max(one.get(rule, 0) for one in agreed) for rule in rules}


def approval_of_change(
    policy: Policy, measured: list[tuple[Fired, int]], company: Company, asked: AskedFor
) -> Approval:
    """The change as it waits for the levels of all rules that fired."""
    order, after, caller, now = asked.order, asked.after, asked.caller, asked.now
    fired = [one for one, _ in measured]
    until = end_of_wait(policy, company, [order], now)
    return waiting_for(
        Approval(
            number=asked.approval,
            company=company.id,
            cart=order.cart,
            orders=[order.number],
            po_number=order.buyers_po_number,
            placed_at=now,
            placed_by=caller.name,
            placed_by_uid=caller.uid,
            placed_by_kind=caller.actor.kind,
            net=after.net,
            pieces=after.pieces,
            fired=fired,
            levels=merged_levels(policy, fired),
            held_until=until,
            steps_in_at=now + (until - now) / 2,
            change=AskedChange(
                order=order.number,
                ordered_by=order.placed_by_uid,
                pieces_before=order.pieces,
                net_before=order.net,
                lines=list(_changed_lines(order, after)),
                figures={one.rule: figure for one, figure in measured},
            ),
        )
    )


def _changed_lines(order: Order, after: Order) -> Iterable[ChangedLine]:
    for old, new in zip(order.lines, after.lines, strict=True):
        if old.quantity != new.quantity:
            yield ChangedLine(
                position=old.position,
                before=old.quantity,
                after=new.quantity,
                amount_before=old.amount.amount,
                amount_after=new.amount.amount,
            )
