"""Faults that a test or a person asks the stand-in for."""

import threading
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class FaultPlan(BaseModel):
    """What shall go wrong, and how often (`times`; without it until it is cleared).

    `delay_seconds` is waited before SAP works on a call. `down`: no connection is
    accepted and open ones break. `break`: where the connection dies around
    BAPI_SALESORDER_CREATEFROMDAT2 ("create"), BAPI_SALESORDER_CHANGE ("change") or
    BAPI_TRANSACTION_COMMIT ("commit"). `slow_commit_seconds`: how long the update task takes;
    who gives up waiting does not stop it. `hold_commit`: the same without a clock, the
    connection breaks at once and the update ends when POST /commits/finish says so. `lock`:
    creating and changing answer V1 042. `reject_material`: a MATNR that SAP refuses.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    delay_seconds: float = Field(default=0, ge=0, le=600)
    down: bool = False
    break_: (
        Literal[
            "before_create",
            "after_create",
            "before_change",
            "after_change",
            "before_commit",
            "after_commit",
        ]
        | None
    ) = Field(default=None, alias="break")
    slow_commit_seconds: float = Field(default=0, ge=0, le=600)
    hold_commit: bool = False
    times: int | None = Field(default=None, ge=1)
    logon: Literal["refused"] | None = None
    lock: bool = False
    reject_material: str | None = None


class Faults:
    """The plan in force; every fault that strikes uses up one of its `times`."""

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

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.set(FaultPlan())

    def down(self) -> bool:
        """Whether this connection or call meets a system that is down."""
        return self._strike(self._plan.down)

    def refuses_logon(self) -> bool:
        """Whether this logon is refused."""
        return self._strike(self._plan.logon == "refused")

    def breaks(self, point: str) -> bool:
        """Whether the connection dies at this point."""
        return self._strike(self._plan.break_ == point)

    def locks(self) -> bool:
        """Whether this creation or change meets a lock."""
        return self._strike(self._plan.lock)

    def rejects(self, material: str) -> bool:
        """Whether this MATNR (18 characters) is refused; the plan's may lack its zeros."""
        rejected = self._plan.reject_material
        return self._strike(rejected is not None and rejected.zfill(18) == material)

    def delay(self) -> float:
        """Seconds that this call waits."""
        plan = self._plan
        return plan.delay_seconds if self._strike(plan.delay_seconds > 0) else 0

    def commit_delay(self) -> float:
        """Seconds that the update task takes for this COMMIT."""
        plan = self._plan
        return plan.slow_commit_seconds if self._strike(plan.slow_commit_seconds > 0) else 0

    def holds_commit(self) -> bool:
        """Whether the update task keeps what this COMMIT gives it."""
        return self._strike(self._plan.hold_commit)

    def _strike(self, applies: bool) -> bool:
        if not applies:
            return False
        with self._lock:
            times = self._plan.times
            if times is not None:
                left = times - 1
                self._plan = self._plan.model_copy(update={"times": left}) if left else FaultPlan()
        return True
