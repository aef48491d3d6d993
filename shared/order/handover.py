"""An order's, or a change's, way to SAP: how far it has got, and what a person has to decide."""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, Field

from shared.actor import Signed
from shared.money import Money

HANDOVER_GRACE = timedelta(seconds=30)
"""The own task of an order, or change, gets this long before `reconcile` sends another."""

PARKED_DUE = timedelta(days=1)
"""When reconcile tells again of an order that waits for a person."""


class HandoverState(StrEnum):
    """The order's way to SAP, as the buyer sees it."""

    WAITING = "waiting"
    SENDING = "sending"
    PARKED = "parked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ExportAttempt(BaseModel):
    """One try to create the order in SAP, or to change it there."""

    at: datetime
    outcome: str = Field(
        description="started | created | changed | found | refused | denied | clash | failed | unknown"
    )
    detail: str = Field(default="", description="SAP's own words")
    answered: bool = Field(
        default=True, description="whether SAP answered any call of it; else it was SAP that failed"
    )
    ended_at: datetime | None = Field(
        default=None,
        description="when its outcome was recorded; none of one that is running or died",
    )
    ruled_out_by: str = Field(
        default="", description="who looked, and found that it made no sales order"
    )
    ruled_out_at: datetime | None = None


class ParkReason(StrEnum):
    """Why a person of the brand has to look at an order."""

    REFUSED = "refused"
    DENIED = "denied"
    PRICE_DIFFERS = "price_differs"
    CHANGED_IN_SAP = "changed_in_sap"
    BY_PERSON = "by_person"


class Parked(BaseModel):
    """What waits for a person, who sends it again, accepts it as it is, or rejects it.

    `refused`: SAP does not take the order, or some of its lines, as they are. `denied`: the call
    can't succeed, whatever order it is for (an authorization, a function module), or a value does
    not fit. `price_differs`: SAP has the order at another net value than was agreed.
    `changed_in_sap`: people there gave items other pieces than the buyer saw who changes them;
    `detail` has what the buyer saw and wants, and SAP's. Sent again it takes SAP's place. `by_person`:
    one of the brand's people has it wait, and SAP was not sent it.
    """

    reason: ParkReason
    at: datetime
    positions: list[int] = Field(default=[], description="of the lines that SAP names")
    detail: str = Field(
        default="",
        description="SAP's own words, or why a person has it wait; for the brand's people only",
    )
    agreed: Money | None = None
    in_sap: Money | None = None


class Decision(Signed):
    """What a person of the brand decided about an order that was parked."""

    at: datetime
    decision: str = Field(description="resend | accept | reject | park")
    about: ParkReason
    reason: str = ""


class Handover(BaseModel):
    """The order document is its own outbox record.

    `due_at` is set exactly as long as something is left to do: hand it over, hear from SAP what
    became of it (till then what it takes counts beside SAP's own figures), or compare its prices
    with SAP. `reconcile` sweeps what is overdue.
    """

    state: HandoverState = HandoverState.WAITING
    due_at: datetime | None
    lease_until: datetime | None = Field(
        default=None, description="an export is running until then at the latest"
    )
    attempts: list[ExportAttempt] = []
    forgotten: int = Field(
        default=0, description="earlier attempts that failed and are kept no longer"
    )
    parked: Parked | None = None
    decisions: list[Decision] = []
    uncompared: bool = Field(
        default=False, description="SAP has the order, and did not tell what its prices make there"
    )


_UNKNOWN = frozenset({"started", "unknown"})
"""Outcomes after which SAP may have the order: of a process that died, and of a broken commit."""


def is_in_doubt(handover: Handover) -> bool:
    """Whether SAP may have taken what it was sent, without having said so."""
    return any(one.outcome in _UNKNOWN and not one.ruled_out_by for one in handover.attempts)
