"""One try to have SAP save something, in one logical unit of work (LUW).

What a BAPI prepares exists in SAP only after BAPI_TRANSACTION_COMMIT on the same connection.
So a break before the commit was sent means that nothing was saved, and one during it that
nobody knows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

import structlog

from functions.export_order.claim import Claim, Next
from functions.export_order.settlement import AttemptOutcome
from functions.export_order.time_limits import call_seconds, commit_within
from shared.order.model import Order
from shared.sap.failure import Failure
from shared.sap.rfc import Call, Connect, SapCallError
from shared.sap.sales_order import refusal

MOST_DETAIL = 500
"""Characters that are kept of an error that nobody foresaw."""

LookUp: TypeAlias = Callable[[Call, Order], AttemptOutcome | None]
"""What is in SAP already, or why nobody can tell; None where it surely is not there."""

Prepare: TypeAlias = Callable[[Call, Order], AttemptOutcome]
"""Created or changed, yet unsaved; or refused or failed, and rolled back."""

Check: TypeAlias = Callable[[Call, Order, AttemptOutcome], AttemptOutcome]
"""The outcome with what SAP tells of what it has saved."""


def save(
    connect: Connect,
    claim: Claim,
    look_up: LookUp,
    prepare: Prepare,
    check: Check,
    clock: Callable[[], datetime],
) -> AttemptOutcome:
    """How the attempt that `claim` began ended."""
    answers = 0
    try:
        with connect() as unlimited:

            def call(name: str, **given: Any) -> dict[str, Any]:
                nonlocal answers
                answer = unlimited(name, **given, options={"timeout": call_seconds(claim.order)})
                answers += 1
                return answer

            outcome = _find_in_sap(call, claim, look_up) or prepare(call, claim.order)
            if outcome.word in ("created", "changed"):
                outcome = _commit(call, claim, outcome, clock)
            taken = outcome.word in ("created", "changed", "found")
            return check(call, claim.order, outcome) if taken else outcome
    except Exception as error:  # noqa: BLE001 (as `_broken` says)
        return replace(_broken(error, claim.order, committing=False), answered=answers > 0)


def _find_in_sap(call: Call, claim: Claim, look_up: LookUp) -> AttemptOutcome | None:
    found = None if claim.what is Next.CREATE else look_up(call, claim.order)
    if found is None and claim.what is Next.LOOK_UP_ONLY:
        return AttemptOutcome("failed", detail="SAP does not show it; whether it will is unknown")
    return found


def _commit(
    call: Call, claim: Claim, prepared: AttemptOutcome, clock: Callable[[], datetime]
) -> AttemptOutcome:
    if clock() > claim.attempt + commit_within(claim.order):
        call("BAPI_TRANSACTION_ROLLBACK")
        return AttemptOutcome("failed", detail="SAP was too slow to commit within the lease")
    try:
        refused = refusal([call("BAPI_TRANSACTION_COMMIT", WAIT="X")["RETURN"]])
    except Exception as error:  # noqa: BLE001 (as `_broken` says)
        return _broken(error, claim.order, committing=True)
    # The update task may have done part of it, so the next attempt asks first.
    return prepared if refused is None else AttemptOutcome("unknown", detail=refused.text)


def _broken(error: Exception, order: Order, *, committing: bool) -> AttemptOutcome:
    """What broke the try.

    That may be our own fault, or an answer that no SAP should give. Were it not an outcome, the
    attempt would stay open, and each of the tries without end would add one more to the order.
    """
    outcome = AttemptOutcome("unknown" if committing else "failed", failure=Failure.TRANSIENT)
    if isinstance(error, SapCallError):
        if error.failure is Failure.DENIED:
            # Refused before anything ran, a commit too.
            outcome = AttemptOutcome("denied")
        return replace(outcome, detail=str(error), failure=error.failure)
    structlog.get_logger().warning("not understood", order=order.number, exc_info=error)
    return replace(outcome, detail=f"{type(error).__name__}: {error}"[:MOST_DETAIL])
