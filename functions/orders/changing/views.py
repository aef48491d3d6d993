"""How an order was changed and what may still be done with it, as answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from babel import Locale

from functions.orders.changing.schema import (
    ChangeView,
    LineChange,
    PermissionView,
    ProposalView,
    SubstitutionView,
    VersionView,
)
from functions.orders.items import ItemView, item_of
from functions.orders.wording import change_text
from shared.order.contents import Content, contents
from shared.order.model import Order, OrderLine, Version
from shared.order.permission import (
    ChangeMode,
    is_on_its_way,
    way_to_change,
    way_to_refuse,
    why_not,
)
from shared.order.substitution import answer_to
from shared.order.versions import effective_versions, is_refused


def permission_view(
    way: Callable[[Order, datetime], ChangeMode], order: Order, locale: Locale, now: datetime
) -> PermissionView:
    """Whether the order may go this way now."""
    reason = why_not(way, order, now)
    return PermissionView(
        allowed=reason is None,
        until=order.cut_off if way is way_to_change and reason is None else None,
        why_not=None if reason is None else reason.render(locale),
    )


def change_view(order: Order, locale: Locale) -> ChangeView | None:
    """The latest change that SAP has to know; None where there was none."""
    change = order.change
    if change is None:
        return None
    return ChangeView(
        number=change.number,
        cancels=change.cancels,
        at=change.at,
        **change.actor.signature,
        reason=change.reason,
        state=change.handover.state,
        underway=is_on_its_way(order),
        detail=change_text(change).render(locale),
    )


def proposal_view(order: Order) -> ProposalView | None:
    """The latest change that had to wait for an approval; None where none had to."""
    one = order.proposal
    if one is None:
        return None
    return ProposalView(
        approval=one.approval,
        version=one.version,
        at=one.at,
        waits=one.waits,
        **one.actor.signature,
    )


def substitution_view(
    order: Order, line: OrderLine, ordered: ItemView, locale: Locale, now: datetime
) -> SubstitutionView:
    """Another article than was ordered, and what the buyer said to it."""
    answer = answer_to(order, line)
    reason = why_not(way_to_refuse, order, now)
    open_ = answer is None and line.quantity > 0 and not line.rejected
    return SubstitutionView(
        ordered=ordered,
        accepted=answer and answer.accepted,
        at=answer and answer.at,
        **(answer.actor.signature if answer else {}),
        may_refuse=open_ and reason is None,
        why_not=reason.render(locale) if open_ and reason else None,
    )


def version_views(order: Order, locale: Locale) -> list[VersionView]:
    """Every version with what it changed of the one before it that counts."""
    if not order.versions:
        return []
    counting = list(contents(order, effective_versions(order)))
    numbers = [version.number for version, _ in counting]
    views: list[VersionView] = []
    for version in order.versions:
        changes: list[LineChange] = []
        if version.number in numbers[1:]:
            place = numbers.index(version.number)
            before, after = counting[place - 1][1], counting[place][1]
            changes = [
                _change(order, line.position, old, new, locale)
                for line, old, new in zip(order.lines, before, after, strict=True)
                if old != new
            ]
        elif version.number > 1:
            changes = _quantities(order, version)
        views.append(
            VersionView(
                number=version.number,
                at=version.at,
                **version.actor.signature,
                pieces=version.pieces,
                net=version.net,
                state=_state(order, version),
                changes=changes,
            )
        )
    return views


def _state(order: Order, version: Version) -> Literal["current", "earlier", "refused"]:
    if is_refused(order, version):
        return "refused"
    return "current" if version.number == order.version else "earlier"


def _quantities(order: Order, version: Version) -> list[LineChange]:
    """What a version asked for that SAP refused, or that was changed before SAP had the order."""
    before = [one for one in order.versions if one.number < version.number]
    earlier = [one for one in before if not is_refused(order, one)]
    pairs = zip(order.lines, earlier[-1].quantities, version.quantities, strict=True)
    return [
        LineChange(position=line.position, before=old, after=new)
        for line, old, new in pairs
        if old != new
    ]


def _change(order: Order, position: int, old: Content, new: Content, locale: Locale) -> LineChange:
    change = LineChange(position=position, before=old.quantity, after=new.quantity)
    if not old.article:
        return change.model_copy(update={"price_after": new.unit_price})
    if old.unit_price != new.unit_price:
        prices = {"price_before": old.unit_price, "price_after": new.unit_price}
        change = change.model_copy(update=prices)
    if old.article != new.article:
        items = (item_of(order, one.article, locale) for one in (old, new))
        change = change.model_copy(
            update=dict(zip(("item_before", "item_after"), items, strict=True))
        )
    return change
