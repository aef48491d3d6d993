"""One try to have SAP save something, in one logical unit of work (LUW).

What a BAPI prepares exists in SAP only after BAPI_TRANSACTION_COMMIT on the same connection.
So a break before the commit was sent means that nothing was saved, and one during it that
nobody knows.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

import structlog

from functions.export_order.claim import COMMIT_WITHIN, Claim, Next
from functions.export_order.settlement import Outcome
from shared.order.model import Order
from shared.sap.rfc import Call, Connect, SapUnreachableError
from shared.sap.sales_order import refusal

MOST_DETAIL = 500
"""Characters that are kept of an error that nobody foresaw."""

LookUp: TypeAlias = Callable[[Call, Order], Outcome | None]
"""What is in SAP already, or why nobody can tell; None where it surely is not there."""

Prepare: TypeAlias = Callable[[Call, Order], Outcome]
"""Created or changed, yet unsaved; or refused or failed, and rolled back."""


def save(
    connect: Connect,
    claim: Claim,
    look_up: LookUp,
    prepare: Prepare,
    clock: Callable[[], datetime],
) -> Outcome:
    """How the attempt that `claim` began ended."""
    committing = False
    try:
        with connect() as call:
            if claim.what is not Next.CREATE and (found := look_up(call, claim.order)):
                return found
            if claim.what is Next.LOOK_UP_ONLY:
                return Outcome("failed", detail="SAP does not show it; whether it will is unknown")
            prepared = prepare(call, claim.order)
            if prepared.word not in ("created", "changed"):
                return prepared
            if clock() > claim.attempt + COMMIT_WITHIN:
                call("BAPI_TRANSACTION_ROLLBACK")
                return Outcome("failed", detail="SAP was too slow to commit within the lease")
            committing = True
            refused = refusal([call("BAPI_TRANSACTION_COMMIT", WAIT="X")["RETURN"]])
            # The update task may have done part of it, so the next attempt asks first.
            return prepared if refused is None else Outcome("unknown", detail=refused.text)
    except Exception as error:  # noqa: BLE001 (as `_told` says)
        return Outcome("unknown" if committing else "failed", detail=_told(error, claim.order))


def _told(error: Exception, order: Order) -> str:
    """What broke the try.

    That may be our own fault, or an answer that no SAP should give. Were it not an outcome, the
    attempt would stay open, and each of the tries without end would add one more to the order.
    """
    if isinstance(error, SapUnreachableError):
        return str(error)
    structlog.get_logger().warning("not understood", order=order.number, exc_info=error)
    return f"{type(error).__name__}: {error}"[:MOST_DETAIL]
