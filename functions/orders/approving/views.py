"""Approvals and rules as they are answered."""

from datetime import datetime

from functions.orders.approving.schema import (
    ApprovalHead,
    ApprovalView,
    DecisionView,
    LevelInput,
    LevelView,
    PolicyView,
    RuleView,
)
from functions.orders.views import order_view
from functions.orders.wording import Reader
from shared.approval.deciding import may_decide, open_levels
from shared.approval.model import Approval, ApprovalState, Policy, Rule
from shared.identity.caller import Caller
from shared.order.model import Order


def head(approval: Approval, caller: Caller, now: datetime) -> ApprovalHead:
    """Without lines and levels."""
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
        ended_at=approval.ended_at,
        may_decide=may_decide(approval, caller, now),
        may_withdraw=waits and caller.uid == approval.placed_by_uid,
    )


def view(
    approval: Approval, placed: list[Order], caller: Caller, reader: Reader, now: datetime
) -> ApprovalView:
    """With all that an approver decides by."""
    return ApprovalView(
        **dict(head(approval, caller, now)),
        levels=_levels(approval),
        decisions=[
            DecisionView(
                at=one.at, state=one.state, reason=one.reason, by=one.by, by_kind=one.by_kind
            )
            for one in approval.decisions
        ],
        placed=[order_view(order, reader, now) for order in placed],
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
