"""How an order was changed and what may still be done with it, as answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from babel import Locale

from functions.orders.changing.permission import Way, is_on_its_way, way_to_change, why_not
from functions.orders.schema import ChangeView, LineChange, PermissionView, VersionView
from functions.orders.wording import change_text
from shared.order.model import Order, Version


def permission_view(
    way: Callable[[Order, datetime], Way], order: Order, locale: Locale, now: datetime
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


def version_views(order: Order) -> list[VersionView]:
    """Every version with what it changed of the one before it that counts."""
    views: list[VersionView] = []
    before: Version | None = None
    for version in order.versions:
        views.append(
            VersionView(
                number=version.number,
                at=version.at,
                **version.actor.signature,
                pieces=version.pieces,
                net=version.net,
                state=_state(order, version),
                changes=_changes(order, before, version),
            )
        )
        before = before if version.refused else version
    return views


def _state(order: Order, version: Version) -> Literal["current", "earlier", "refused"]:
    if version.refused:
        return "refused"
    return "current" if version.number == order.version else "earlier"


def _changes(order: Order, before: Version | None, version: Version) -> list[LineChange]:
    if before is None:
        return []
    return [
        LineChange(position=line.position, before=old, after=new)
        for line, old, new in zip(order.lines, before.quantities, version.quantities, strict=True)
        if old != new
    ]
