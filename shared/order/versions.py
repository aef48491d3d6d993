"""Versions of an order's quantities: how one is made, found, and taken back. Pure."""

from collections.abc import Sequence
from datetime import datetime

from shared.actor import Actor
from shared.money import total
from shared.order.contents import Content, contents, placed_lines
from shared.order.handover import HandoverState
from shared.order.model import Order, OrderChange, OrderLine, SapState, Step, Version
from shared.order.status import Status, may_move
from shared.vat.rules import vat_amount


def quantities_of(order: Order) -> list[int]:
    """Pieces of each line."""
    return [line.quantity for line in order.lines]


def asked_quantities(order: Order) -> list[int]:
    """Pieces of each line, were the change carried out that waits for an approval."""
    asked = order.proposal.asked if order.proposal else {}
    return [asked.get(line.position, line.quantity) for line in order.lines]


def with_quantities(order: Order, quantities: Sequence[int]) -> Order:
    """The order of other pieces at the prices and the VAT rate that it was placed at."""
    lines = [
        line
        if quantity == line.quantity
        else line.model_copy(
            update={"quantity": quantity, "amount": line.unit_price.line_amount(quantity)}
        )
        for line, quantity in zip(order.lines, quantities, strict=True)
    ]
    return with_lines(order, lines)


def with_lines(order: Order, lines: list[OrderLine]) -> Order:
    """The order with these lines, and the sums that follow from them."""
    net = total([line.amount for line in lines], order.currency)
    tax = vat_amount(net, order.vat.rate)
    return order.model_copy(
        update={
            "lines": lines,
            "pieces": sum(line.quantity for line in lines),
            "net": net,
            "vat": order.vat.model_copy(update={"amount": tax}),
            "gross": net + tax,
        }
    )


def with_contents(order: Order, there: Sequence[Content]) -> Order:
    """The order with the lines of a version of it."""
    placed = {line.article: line for line in [*order.lines, *order.placed_lines]}
    lines = []
    for line, first, one in zip(order.lines, placed_lines(order), there, strict=True):
        if not one.article:
            lines.append(line.model_copy(update={"quantity": 0, "amount": one.amount}))
            continue
        known = order.sap_articles.get(one.article) or placed[one.article]
        agreed = one.unit_price == first.unit_price
        lines.append(
            line.model_copy(
                update={
                    "sku": known.sku,
                    "article": one.article,
                    "gtin": known.gtin,
                    "size": known.size,
                    "quantity": one.quantity,
                    "unit_price": one.unit_price,
                    "list_price": first.list_price if agreed else None,
                    "discounts": first.discounts if agreed else [],
                    "amount": one.amount,
                }
            )
        )
    return with_lines(order, lines)


def next_number(order: Order) -> int:
    """The number of the next version, or change; none comes twice, so tasks are named by it."""
    last = order.versions[-1].number if order.versions else 1
    return max(last, order.change.number if order.change else 0) + 1


def add_version(
    order: Order, quantities: Sequence[int], at: datetime, by: Actor, *, via_sap: bool
) -> Order:
    """The order in its next version; all earlier ones are kept."""
    first = version_of(order, 1, order.placed_at, order.placer)
    number = next_number(order)
    new = with_quantities(order, quantities)
    asked = {
        line.position: pieces
        for line, pieces in zip(order.lines, quantities, strict=True)
        if line.quantity != pieces
    }
    version = version_of(new, number, at, by).model_copy(
        update={"via_sap": True, "asked": asked, "asked_after": order.status_stamp}
        if via_sap
        else {}
    )
    versions = [*(order.versions or [first]), version]
    return new.model_copy(
        update={
            "version": number,
            "versions": versions,
            "updated_at": at,
            "brand_changed_at": None,
        }
    )


def version_of(order: Order, number: int, at: datetime, by: Actor) -> Version:
    """What the order is now, as a version."""
    return Version(
        number=number,
        at=at,
        **by.signature,
        quantities=quantities_of(order),
        pieces=order.pieces,
        net=order.net,
        gross=order.gross,
    )


def created_version(order: Order) -> Version:
    """The version that SAP was created with, or is to be."""
    before = [version for version in order.versions if not version.via_sap]
    return before[-1] if before else version_of(order, 1, order.placed_at, order.placer)


def effective_versions(order: Order) -> list[Version]:
    """Versions that SAP was created with, has, or is to take, oldest first; never empty.

    As SAP told them: what a person changed there may have come before a change of the buyer's
    that was asked for earlier, and is still on its way.
    """
    later = [one for one in order.versions if one.via_sap and not is_refused(order, one)]
    return [created_version(order), *sorted(later, key=_as_told)]


def version_seen(order: Order, change: OrderChange) -> Version:
    """The version that the buyer had before them when they asked for a change."""
    own = next((one for one in order.versions if one.number == change.number), None)
    last_word = own.asked_after if own else change.asked_after
    known = [
        one
        for one in order.versions
        if one.number < change.number
        and not is_refused(order, one)
        and (one.sap_stamp or "") <= last_word
    ]
    return known[-1] if known else created_version(order)


def is_refused(order: Order, version: Version) -> bool:
    """Whether SAP does not take the version: it said so, or rejected the whole order before."""
    if version.refused or version.sap_stamp is not None or not version.via_sap:
        return version.refused
    return ends_after(order, version.asked_after)


def ends_after(order: Order, stamp: str) -> bool:
    """Whether SAP told after `stamp` that nothing of the order is to be delivered."""
    return any(
        state.stamps[-1] > stamp and not has_items(order, state) for state in order.sap_states
    )


def has_items(order: Order, state: SapState) -> bool:
    """Whether SAP has an item that is not rejected; one of its own stands in the state's lines."""
    ended = {*state.rejected, *state.gone, *order.sap_added}
    return any(line.position in state.lines or line.position not in ended for line in order.lines)


def _as_told(version: Version) -> tuple[bool, str, bool, int]:
    stamp = version.sap_stamp
    return stamp is None, stamp or "", version.is_saps, version.number


def revert_version(order: Order, number: int) -> Order:
    """The order as before version `number`, which SAP did not take and which is kept."""
    versions = [
        version.model_copy(update={"refused": True}) if version.number == number else version
        for version in order.versions
    ]
    return as_latest_version(order.model_copy(update={"versions": versions}))


def as_latest_version(order: Order) -> Order:
    """The order with the lines of the latest of its versions that counts."""
    *_, (latest, there) = contents(order, effective_versions(order))
    changed_at = latest.at if latest.is_saps else None
    return with_contents(order, there).model_copy(
        update={"version": latest.number, "brand_changed_at": changed_at}
    )


def complete_cancellation(order: Order) -> Order:
    """The order after SAP took its cancellation, at whatever time that is told."""
    change = order.change
    if change is None:
        return order
    if not is_cancelled_by(order, change) and may_move(order.status, Status.CANCELLED):
        step = Step(
            status=Status.CANCELLED,
            at=change.at,
            reason=change.reason,
            **change.actor.signature,
        )
        history = [*order.history, step]
        order = order.model_copy(update={"status": step.status, "history": history})
    return finish_change(order, HandoverState.ACCEPTED)


def is_cancelled_by(order: Order, change: OrderChange) -> bool:
    """Whether SAP took this cancellation, whatever people there made of the order since."""
    return any(step.status is Status.CANCELLED and step.at == change.at for step in order.history)


def finish_change(order: Order, state: HandoverState) -> Order:
    """The order with nothing left to do about its change."""
    if order.change is None:
        return order
    done = {"state": state, "due_at": None, "lease_until": None, "parked": None}
    handover = order.change.handover.model_copy(update=done)
    change = order.change.model_copy(update={"handover": handover})
    return order.model_copy(update={"change": change})


def take_back_change(order: Order) -> Order:
    """The order as before its latest change, which SAP does not take."""
    change = order.change
    order = finish_change(order, HandoverState.REFUSED)
    return order if change is None or change.cancels else revert_version(order, change.number)
