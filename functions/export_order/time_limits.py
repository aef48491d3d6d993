"""How long SAP may take for an order, by its size: pricing and availability are per item."""

from datetime import timedelta

from shared.order.model import Order
from shared.sap.rfc import CALL_SECONDS, GRACE_SECONDS

SMALL = 100
"""Lines of an order that gets no more than the least."""

SECONDS_PER_LINE = 0.03

OTHER_CALLS = timedelta(seconds=30)
"""Log-on, and a look-up that is answered as usual."""


def call_seconds(order: Order) -> float:
    """The limit of one call."""
    return CALL_SECONDS + max(0, len(order.lines) - SMALL) * SECONDS_PER_LINE


def lease_of(order: Order) -> timedelta:
    """How long an export keeps others away: its two long calls, and the others."""
    return 2 * timedelta(seconds=call_seconds(order)) + OTHER_CALLS


def commit_within(order: Order) -> timedelta:
    """A holder that comes to its commit later leaves it: it must be over when the lease is."""
    return lease_of(order) - timedelta(seconds=call_seconds(order) + GRACE_SECONDS)
