"""Approvals and rules as they are answered."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from functions.orders.approving.schema import (
    ApprovalHead,
    ApprovalView,
    AskedChangeHead,
    DecisionView,
    DifferenceView,
    LevelInput,
    LevelView,
    PolicyView,
    RuleView,
)
from functions.orders.items import item_view
from functions.orders.views import order_view
from functions.orders.wording import Reader
from shared.approval.deciding import may_decide, open_levels
from shared.approval.lapses import why_lapsed
from shared.approval.model import Approval, ApprovalState, ChangedLine, Policy, Rule
from shared.identity.caller import Caller
from shared.money import Money
from shared.order.model import Order, OrderLine


def head(
    approval: Approval, caller: Caller, now: datetime, stands_for: Iterable[str]
) -> ApprovalHead:
    """Without lines and levels; whom the caller stands for today decides what they may, too."""
    over = approval.state is ApprovalState.WAITING and now >= approval.held_until
    waits = approval.state is ApprovalState.WAITING and not over
    return ApprovalHead(
        number=approval.number,
        state=ApprovalState.EXPIRED if over else approval.state,
        cart=approval.cart,
        po_number=approval.po_number,
        placed_at=approval.placed_at,
        placed_by=approval.placed_by,
        placed_by_kind=approval.placed_by_kind,
        orders=approval.orders,
        net=approval.net,
        pieces=approval.pieces,
        fired=approval.fired,
        held_until=approval.held_until,
        change=_asked_change(approval),
        ended_at=approval.ended_at,
        may_decide=may_decide(approval, caller, now, stands_for),
        may_withdraw=waits and caller.uid == approval.placed_by_uid,
    )


def view(
    approval: Approval,
    placed: list[Order],
    caller: Caller,
    reader: Reader,
    now: datetime,
    stands_for: Iterable[str],
) -> ApprovalView:
    """With all that an approver decides by."""
    return ApprovalView(
        **dict(head(approval, caller, now, stands_for)),
        levels=_levels(approval),
        decisions=[
            DecisionView(
                at=one.at,
                state=one.state,
                instead_of=one.instead_of_name,
                reason=one.reason,
                by=one.by,
                by_kind=one.by_kind,
            )
            for one in approval.decisions
        ],
        differences=[
            _difference(one, line, approval, order, reader)
            for order in placed
            for one, line in _changed_lines(approval, order)
        ],
        why_lapsed=why_lapsed(approval.lapse).render(reader.locale) if approval.lapse else None,
        placed=[order_view(order, reader, now) for order in placed],
    )


def _asked_change(approval: Approval) -> AskedChangeHead | None:
    asked = approval.change
    if asked is None:
        return None
    return AskedChangeHead(
        order=asked.order, pieces_before=asked.pieces_before, net_before=asked.net_before
    )


def _changed_lines(approval: Approval, order: Order) -> Iterator[tuple[ChangedLine, OrderLine]]:
    lines = {line.position: line for line in order.lines}
    for one in approval.change.lines if approval.change else ():
        yield one, lines[one.position]


def _difference(
    one: ChangedLine, line: OrderLine, approval: Approval, order: Order, reader: Reader
) -> DifferenceView:
    currency = approval.net.currency
    return DifferenceView(
        item=item_view(order, line.sku, line.size, reader.locale),
        before=one.before,
        after=one.after,
        amount_before=Money(amount=one.amount_before, currency=currency),
        amount_after=Money(amount=one.amount_after, currency=currency),
    )


def _levels(approval: Approval) -> list[LevelView]:
    asked = open_levels(approval)
    first = approval.levels[asked[0]].place if asked else len(approval.levels)
    return [
        LevelView(
            names=level.names,
            need=level.need,
            state="open" if index in asked else "later" if level.place > first else "agreed",
        )
        for index, level in enumerate(approval.levels)
    ]


def policy_view(policy: Policy) -> PolicyView:
    """The rules with who made them so."""
    return PolicyView(
        currency=policy.currency,
        rules=[_rule(rule) for rule in policy.rules],
        hold_days=policy.hold_days,
        names=policy.names,
        revision=policy.revision,
        by=policy.by,
        at=policy.at if policy.revision else None,
        etag=policy_tag(policy),
    )


def policy_tag(policy: Policy) -> str:
    """The strong ETag of a company's rules (RFC 9110, 8.8.3)."""
    return f'"{policy.revision}"'


def _rule(rule: Rule) -> RuleView:
    return RuleView(
        id=rule.id,
        name=rule.name,
        kind=rule.kind,
        who=rule.who,
        doors=rule.doors,
        categories=rule.categories,
        limit=rule.limit,
        period=rule.period,
        window=rule.window or None,
        season=rule.season or None,
        levels=[LevelInput(approvers=one.approvers, need=one.need) for one in rule.levels],
    )
