"""What is known of an order's way into SAP, pure."""

from shared.order.model import Handover, Order

_UNKNOWN = frozenset({"started", "unknown"})
"""Outcomes after which SAP may have the order: of a process that died, and of a broken commit."""


def is_in_doubt(handover: Handover) -> bool:
    """Whether SAP may have taken what it was sent, without having said so."""
    return any(one.outcome in _UNKNOWN and not one.ruled_out_by for one in handover.attempts)


def needs_person(order: Order) -> bool:
    """Whether the order must not be sent to SAP once more before a person allows it.

    SAP may have it, or may still be about to save it, and the order has no number by which SAP
    would refuse a second sales order. Until then SAP is only asked for it.
    """
    return order.external_number is None and is_in_doubt(order.handover)
