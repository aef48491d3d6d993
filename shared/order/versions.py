"""Versions of an order's quantities: how one is made, found, and taken back. Pure."""

from collections.abc import Sequence
from datetime import datetime

from shared.actor import Actor
from shared.money import total
from shared.order.model import HandoverState, Order, Step, Version
from shared.order.status import Status, may_move
from shared.vat.rules import vat_amount


def quantities_of(order: Order) -> list[int]:
    """Pieces of each line."""
    return [line.quantity for line in order.lines]


def with_quantities(order: Order, quantities: Sequence[int]) -> Order:
    """The order of other pieces at the prices and the VAT rate that it was placed at."""
    lines = [
        line.model_copy(
            update={"quantity": quantity, "amount": line.unit_price.line_amount(quantity)}
        )
        for line, quantity in zip(order.lines, quantities, strict=True)
    ]
    net = total([line.amount for line in lines], order.currency)
    tax = vat_amount(net, order.vat.rate)
    return order.model_copy(
        update={
            "lines": lines,
            "pieces": sum(quantities),
            "net": net,
            "vat": order.vat.model_copy(update={"amount": tax}),
            "gross": net + tax,
        }
    )


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
    version = version_of(new, number, at, by).model_copy(update={"via_sap": via_sap})
    versions = [*(order.versions or [first]), version]
    return new.model_copy(update={"version": number, "versions": versions, "updated_at": at})


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


def effective_versions(order: Order) -> list[Version]:
    """Versions that SAP was created with, took, or is to take, oldest first; never empty."""
    if not order.versions:
        return [version_of(order, 1, order.placed_at, order.placer)]
    created = [version for version in order.versions if not version.via_sap][-1]
    later = [v for v in order.versions if v.via_sap and not v.refused]
    return [created, *later]


def revert_version(order: Order, number: int) -> Order:
    """The order as before version `number`, which SAP did not take and which is kept."""
    versions = [
        version.model_copy(update={"refused": True}) if version.number == number else version
        for version in order.versions
    ]
    order = order.model_copy(update={"versions": versions})
    before = effective_versions(order)[-1]
    back = with_quantities(order, before.quantities)
    return back.model_copy(update={"version": before.number})


def complete_cancellation(order: Order) -> Order:
    """The order after SAP took its cancellation, at whatever time that is told."""
    change = order.change
    if change is None:
        return order
    if may_move(order.status, Status.CANCELLED):
        step = Step(
            status=Status.CANCELLED,
            at=change.at,
            reason=change.reason,
            **change.actor.signature,
        )
        history = [*order.history, step]
        order = order.model_copy(update={"status": step.status, "history": history})
    return finish_change(order, HandoverState.ACCEPTED)


def finish_change(order: Order, state: HandoverState) -> Order:
    """The order with nothing left to do about its change."""
    if order.change is None:
        return order
    done = {"state": state, "due_at": None, "lease_until": None}
    handover = order.change.handover.model_copy(update=done)
    change = order.change.model_copy(update={"handover": handover})
    return order.model_copy(update={"change": change})
