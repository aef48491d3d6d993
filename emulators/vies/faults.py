"""Faults of VIES."""

from typing import Literal

from pydantic import Field

from emulators.faults import Plan, PlannedFaults

Code = Literal[
    "INVALID_INPUT",
    "INVALID_REQUESTER_INFO",
    "SERVICE_UNAVAILABLE",
    "MS_UNAVAILABLE",
    "TIMEOUT",
    "VAT_BLOCKED",
    "IP_BLOCKED",
    "GLOBAL_MAX_CONCURRENT_REQ",
    "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "MS_MAX_CONCURRENT_REQ",
    "MS_MAX_CONCURRENT_REQ_TIME",
]


class FaultPlan(Plan):
    """What shall go wrong with questions.

    `down`: a gateway before VIES answers 503 with a page of its own. `error`: a code of VIES's,
    of `member_state` only where one is named.
    """

    error: Code | None = None
    member_state: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")


class Faults(PlannedFaults[FaultPlan]):
    """Every question that the plan strikes uses it once."""

    def __init__(self) -> None:
        super().__init__(FaultPlan())

    def strike(self, member_state: str) -> FaultPlan:
        """What goes wrong with a question about an id of that state."""
        return self.struck(lambda plan: plan.member_state in (None, member_state))
