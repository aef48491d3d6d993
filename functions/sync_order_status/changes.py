"""What SAP's word on an order says of its versions, pure.

Versions of the buyer's are told by what SAP has of them; whatever else SAP has is a change that
people made there, and becomes a version of SAP's. Both are told anew from all states that SAP
ever told (`Order.sap_states`), so that messages may come in any order, late and more than once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.actor import SAP
from shared.money import total
from shared.order.contents import Content, overlaid, placed_contents
from shared.order.handover import HandoverState
from shared.order.model import Order, SapState, Version
from shared.order.versions import (
    as_latest_version,
    created_version,
    finish_change,
    has_items,
    is_refused,
    version_of,
)
from shared.sap.fields import read_stamp
from shared.sap.order_responses import SapOrderStatus
from shared.vat.rules import vat_amount


@dataclass(frozen=True)
class _ToldVersions:
    """Versions as SAP's states tell them.

    `taken`: from which stamp SAP has a version of the buyer's, by number, and its lines;
    `waiting`: those that it has not, and `lapsed`: those before which it rejected the whole order,
    with theirs; `made`: what people in SAP made, by stamp.
    """

    taken: dict[int, tuple[str, list[Content]]]
    waiting: dict[int, list[Content]]
    lapsed: dict[int, list[Content]]
    made: list[tuple[str, list[Content]]]


@dataclass(frozen=True)
class _Asked:
    """A version of the buyer's, and the pieces by position that it asks for."""

    version: Version
    pieces: Mapping[int, int]


def tell_versions(order: Order) -> Order:
    """The order with the versions that SAP's states tell, and the lines of the last of them."""
    created = created_version(order)
    told = _walk(order, created)
    versions = _buyers(order, told) + _saps(order, told)
    if not versions and not order.versions:
        return order
    before = [one for one in order.versions if not one.via_sap] or [created]
    versions = sorted([*before, *versions], key=lambda one: one.number)
    return as_latest_version(order.model_copy(update={"versions": versions}))


def finish_told_change(order: Order) -> Order:
    """The order with nothing left to do about its change where SAP has it, or can't take it."""
    change = order.change
    if change is None:
        return order
    version = next((one for one in order.versions if one.number == change.number), None)
    if version is None:
        return order
    if version.sap_stamp:
        return finish_change(order, HandoverState.ACCEPTED)
    # Nobody is to send what SAP ended before it.
    return finish_change(order, HandoverState.REFUSED) if is_refused(order, version) else order


def has_cancellation(order: Order, sap: SapOrderStatus) -> bool:
    """Whether SAP has the order's cancellation, as of this message."""
    change = order.change
    if change is None or not change.cancels or sap.stamp <= change.asked_after:
        return False
    there = [found for line in order.lines if (found := sap.lines.get(line.position))]
    return all(line.rejection for line in there) and any(line.withdrawn for line in there)


def _walk(order: Order, created: Version) -> _ToldVersions:
    told = _ToldVersions({}, {}, {}, [])
    now = placed_contents(order, created)
    asked = _asked_versions(order)
    for stamp, state in _timeline(order):
        while asked and _has(order, asked[0], stamp, state):
            one = asked.pop(0)
            now = _with(order, now, one.pieces)
            told.taken[one.version.number] = (stamp, now)
        while asked and _ends(order, asked[0], stamp, state):
            one = asked.pop(0)
            told.lapsed[one.version.number] = _with(order, now, one.pieces)
        there = now if state is None else overlaid(order, created, now, state)
        if there != now:
            told.made.append((stamp, there))
            now = there
    for one in asked:
        now = _with(order, now, one.pieces)
        told.waiting[one.version.number] = now
    return told


def _asked_versions(order: Order) -> list[_Asked]:
    """The versions of the buyer's that SAP was told of, oldest first."""
    found: list[_Asked] = []
    before = created_version(order)
    for version in order.versions:
        if not version.via_sap or version.refused:
            continue
        if not version.is_saps:
            pieces = zip(order.lines, before.quantities, version.quantities, strict=True)
            differing = {line.position: new for line, old, new in pieces if old != new}
            found.append(_Asked(version, version.asked or differing))
        before = version
    return found


def _timeline(order: Order) -> Iterator[tuple[str, SapState | None]]:
    """SAP's states by stamp; None of one that was told before states were kept."""
    states: dict[str, SapState | None] = {
        one.sap_stamp: None for one in order.versions if one.sap_stamp and not one.is_saps
    }
    states |= {stamp: one for one in order.sap_states for stamp in one.stamps}
    yield from sorted(states.items())


def _has(order: Order, asked: _Asked, stamp: str, state: SapState | None) -> bool:
    """Whether SAP has what a version asks for; nobody can tell of items that were deleted."""
    if state is None:
        return asked.version.sap_stamp == stamp
    if stamp <= asked.version.asked_after:
        return False
    quantities = created_version(order).quantities
    created = {
        line.position: quantity
        for line, quantity in zip(order.lines, quantities, strict=True)
        if line.position not in order.sap_added
    }
    for position, pieces in asked.pieces.items():
        told = state.lines.get(position)
        there = told.quantity if told else created.get(position)
        if position in state.gone or there is None:
            continue
        rejected = position in state.rejected
        if rejected if pieces else not rejected:
            return False
        if pieces not in (0, there):
            return False
    return True


def _ends(order: Order, asked: _Asked, stamp: str, state: SapState | None) -> bool:
    """Whether SAP rejected the whole order before it took the version."""
    return state is not None and stamp > asked.version.asked_after and not has_items(order, state)


def _with(order: Order, now: Sequence[Content], pieces: Mapping[int, int]) -> list[Content]:
    return [
        one.of(pieces.get(line.position, one.quantity))
        for line, one in zip(order.lines, now, strict=True)
    ]


def _buyers(order: Order, told: _ToldVersions) -> list[Version]:
    """The buyer's versions that SAP was told of, as they are now known; those refused stay."""
    found = []
    for version in order.versions:
        if not version.via_sap or version.is_saps:
            continue
        stamp, lines = told.taken.get(version.number, (None, None))
        lines = lines or told.waiting.get(version.number) or told.lapsed.get(version.number)
        if lines is not None:
            found.append(_version(order, version, lines, stamp))
        else:
            found.append(version)
    return found


def _saps(order: Order, told: _ToldVersions) -> list[Version]:
    """Versions that people made in SAP.

    They keep the numbers that they have; one that is told late takes that of the next, and so on.
    """
    numbers = sorted(one.number for one in order.versions if one.is_saps)
    taken = [1, *(one.number for one in order.versions)]
    if order.change is not None:
        taken.append(order.change.number)
    more = max(0, len(told.made) - len(numbers))
    numbers += range(max(taken) + 1, max(taken) + 1 + more)
    found = []
    for number, (stamp, lines) in zip(numbers, told.made, strict=False):
        blank = version_of(order, number, read_stamp(stamp), SAP)
        blank = blank.model_copy(update={"via_sap": True})
        found.append(_version(order, blank, lines, stamp))
    return found


def _version(
    order: Order, version: Version, lines: Sequence[Content], stamp: str | None
) -> Version:
    net = total([one.amount for one in lines], order.currency)
    return version.model_copy(
        update={
            "quantities": [one.quantity for one in lines],
            "pieces": sum(one.quantity for one in lines),
            "net": net,
            "gross": net + vat_amount(net, order.vat.rate),
            "sap_stamp": stamp,
        }
    )
