"""The order's status as a table of allowed edges (docs/domain.md, "Order").

Out of a rejection or cancellation only SAP leads, where people there put an item into the order
again.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where an order is."""

    PENDING_APPROVAL = "pending_approval"
    ON_HOLD = "on_hold"
    ACCEPTED = "accepted"
    SENT = "sent"
    CONFIRMED = "confirmed"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    INVOICED = "invoiced"
    CLOSED = "closed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


S = Status
EDGES: dict[Status, frozenset[Status]] = {
    S.PENDING_APPROVAL: frozenset({S.ACCEPTED, S.ON_HOLD, S.REJECTED, S.CANCELLED}),
    S.ON_HOLD: frozenset({S.ACCEPTED, S.REJECTED, S.CANCELLED}),
    S.ACCEPTED: frozenset({S.SENT, S.CONFIRMED, S.REJECTED, S.CANCELLED, S.ON_HOLD}),
    S.SENT: frozenset({S.CONFIRMED, S.REJECTED, S.CANCELLED}),
    S.CONFIRMED: frozenset({S.PARTLY_SHIPPED, S.SHIPPED, S.REJECTED, S.CANCELLED}),
    S.PARTLY_SHIPPED: frozenset({S.SHIPPED, S.INVOICED, S.CLOSED}),
    S.SHIPPED: frozenset({S.INVOICED, S.CLOSED}),
    S.INVOICED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.REJECTED: frozenset({S.CONFIRMED}),
    S.CANCELLED: frozenset({S.CONFIRMED}),
}


def may_move(old: Status, new: Status) -> bool:
    """Whether an order may go from `old` to `new`."""
    return new in EDGES[old]
