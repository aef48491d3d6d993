"""Asks for the export of orders and their changes to SAP."""

from typing import Protocol

import structlog

from shared.order.handover import HandoverState
from shared.order.model import Order

HANDED_OVER = 50
"""Orders that get their task before the answer, one call each; the others are due, too, and
get theirs from reconcile within minutes. A person would wait half a minute for 999."""


class EnqueueExport(Protocol):
    """Makes the task that exports an order, once for each `sweep`."""

    def __call__(self, number: str, sweep: str = "", /) -> None: ...


def request_export(enqueue: EnqueueExport, number: str, sweep: str = "") -> None:
    """Make the task, or leave it to `reconcile`: the order is accepted, and due."""
    try:
        enqueue(number, sweep)
    except Exception:  # noqa: BLE001 (whatever it is, the order is accepted)
        structlog.get_logger().exception("hand-over failed", order=number)


def request_change_export(enqueue: EnqueueExport, order: Order) -> None:
    """Make the task of the order's change, if that waits for one; it is named by its number."""
    if order.change is not None and order.change.handover.state is HandoverState.WAITING:
        request_export(enqueue, order.number, f"v{order.change.number}")
