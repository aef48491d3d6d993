"""Approvals that nobody gave in time end, and what their orders held is free again."""

from datetime import datetime

import structlog
from google.cloud.firestore import Client, FieldFilter

from shared.approval.model import ApprovalState
from shared.approval.settling import expire

MOST = 200
"""That one sweep ends; the next one goes on."""


def expire_approvals(db: Client, now: datetime) -> int:
    """End what is over; how many. One that can't be ended keeps no other waiting."""
    over = (
        db.collection("approvals")
        .where(filter=FieldFilter("state", "==", ApprovalState.WAITING.value))
        .where(filter=FieldFilter("held_until", "<=", now))
        .order_by("held_until")
        .select([])
        .limit(MOST)
    )
    ended = 0
    for found in over.stream():
        try:
            ended += expire(db, found.id, now)
        except Exception:  # noqa: BLE001 (whatever is wrong with one, the others must not wait)
            structlog.get_logger().exception("approval not ended", approval=found.id)
    return ended
