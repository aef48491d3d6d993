"""Faults that a stand-in is asked for by a test or a person, and how they are used up."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field


class Plan(BaseModel):
    """What shall go wrong, and how often (`times`; without it until it is cleared).

    `delay_seconds` is waited before an answer. `down`: there is none.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    delay_seconds: float = Field(default=0, ge=0, le=600)
    down: bool = False
    times: int | None = Field(default=None, ge=1)


P = TypeVar("P", bound=Plan)


class PlannedFaults(Generic[P]):
    """The plan in force; every fault that strikes uses up one of its `times`. Safe for threads."""

    def __init__(self, nothing: P) -> None:
        self._lock = threading.Lock()
        self._nothing = nothing
        self._plan = nothing

    def plan(self) -> P:
        """The plan in force, with what is left of `times`."""
        return self._plan

    def set(self, plan: P) -> None:
        """Replaces the plan."""
        with self._lock:
            self._plan = plan

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.set(self._nothing)

    def struck(self, applies: Callable[[P], bool]) -> P:
        """The plan where it applies, which is then used once; else one that does nothing."""
        with self._lock:
            plan = self._plan
            if not applies(plan):
                return self._nothing
            if plan.times is not None:
                left = plan.times - 1
                self._plan = plan.model_copy(update={"times": left}) if left else self._nothing
            return plan
