"""Faults that a test or a person asks the stand-in for."""

import threading
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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


class FaultPlan(BaseModel):
    """What shall go wrong, and how often (`times`; without it until it is cleared).

    `down`: a gateway before VIES answers 503 with a page of its own. `delay_seconds` is waited
    before an answer. `error`: a code of VIES's, of `member_state` only where one is named.
    """

    model_config = ConfigDict(extra="forbid")

    down: bool = False
    delay_seconds: float = Field(default=0, ge=0, le=600)
    error: Code | None = None
    member_state: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    times: int | None = Field(default=None, ge=1)


class Faults:
    """The plan in force; every question that it strikes uses up one of its `times`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plan = FaultPlan()

    def plan(self) -> FaultPlan:
        """The plan in force, with what is left of `times`."""
        return self._plan

    def set(self, plan: FaultPlan) -> None:
        """Replaces the plan."""
        with self._lock:
            self._plan = plan

    def strike(self, member_state: str) -> FaultPlan:
        """What goes wrong with a question about an id of that state."""
        with self._lock:
            plan = self._plan
            if plan.member_state not in (None, member_state):
                return FaultPlan()
            if plan.times is not None:
                left = plan.times - 1
                self._plan = plan.model_copy(update={"times": left}) if left else FaultPlan()
            return plan
