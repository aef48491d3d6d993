"""Faults of SAP: of connections and calls, and of the messages that it publishes."""

from collections.abc import Callable
from typing import Literal

from pydantic import Field

from emulators.faults import Plan, PlannedFaults


class FaultPlan(Plan):
    """What shall go wrong with connections and calls.

    `delay_seconds` is waited before SAP works on a call. `down`: no connection is
    accepted and open ones break. `break`: where the connection dies around
    BAPI_SALESORDER_CREATEFROMDAT2 ("create"), BAPI_SALESORDER_CHANGE ("change") or
    BAPI_TRANSACTION_COMMIT ("commit"). `slow_commit_seconds`: how long the update task takes;
    who gives up waiting does not stop it. `hold_commit`: the same without a clock, the
    connection breaks at once and the update ends when POST /commits/finish says so. `lock`:
    creating and changing answer V1 042. `reject_material`: a MATNR that SAP refuses.
    `unauthorized`, `missing`, `dumps`: a function module that the user may not call, that is not
    there, or that ends in a short dump. `silent`: the gateway accepts a connection and says
    nothing. `incomplete`, `credit_block`: a new order is saved so, with a warning.
    `net_percent`: what SAP's own conditions add to the net value of new items.
    """

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
    logon: Literal["refused"] | None = None
    lock: bool = False
    reject_material: str | None = None
    unauthorized: str | None = None
    missing: str | None = None
    dumps: str | None = None
    silent: bool = False
    incomplete: bool = False
    credit_block: bool = False
    net_percent: int = Field(default=0, ge=-100, le=100)


class Faults(PlannedFaults[FaultPlan]):
    """Every fault that strikes uses the plan once."""

    def __init__(self) -> None:
        super().__init__(FaultPlan())

    def down(self) -> bool:
        """Whether this connection or call meets a system that is down."""
        return self._strikes(lambda plan: plan.down)

    def refuses_logon(self) -> bool:
        """Whether this logon is refused."""
        return self._strikes(lambda plan: plan.logon == "refused")

    def breaks(self, point: str) -> bool:
        """Whether the connection dies at this point."""
        return self._strikes(lambda plan: plan.break_ == point)

    def locks(self) -> bool:
        """Whether this creation or change meets a lock."""
        return self._strikes(lambda plan: plan.lock)

    def rejects(self, material: str) -> bool:
        """Whether this MATNR (18 characters) is refused; the plan's may lack its zeros."""
        return self._strikes(
            lambda plan: (
                plan.reject_material is not None and plan.reject_material.zfill(18) == material
            )
        )

    def forbids(self, module: str) -> bool:
        """Whether the user has no authorization for this function module."""
        return self._strikes(lambda plan: plan.unauthorized == module)

    def lacks(self, module: str) -> bool:
        """Whether there is no such function module."""
        return self._strikes(lambda plan: plan.missing == module)

    def dumps(self, module: str) -> bool:
        """Whether this call ends in a short dump."""
        return self._strikes(lambda plan: plan.dumps == module)

    def silent(self) -> bool:
        """Whether nothing is said on this connection."""
        return self._strikes(lambda plan: plan.silent)

    def makes_incomplete(self) -> bool:
        """Whether this new order lacks something."""
        return self._strikes(lambda plan: plan.incomplete)

    def blocks_credit(self) -> bool:
        """Whether this new order is over its customer's credit limit."""
        return self._strikes(lambda plan: plan.credit_block)

    def net_percent(self) -> int:
        """What SAP's own conditions add to an item's net value."""
        return self.struck(lambda plan: plan.net_percent != 0).net_percent

    def delay(self) -> float:
        """Seconds that this call waits."""
        return self.struck(lambda plan: plan.delay_seconds > 0).delay_seconds

    def commit_delay(self) -> float:
        """Seconds that the update task takes for this COMMIT."""
        return self.struck(lambda plan: plan.slow_commit_seconds > 0).slow_commit_seconds

    def holds_commit(self) -> bool:
        """Whether the update task keeps what this COMMIT gives it."""
        return self._strikes(lambda plan: plan.hold_commit)

    def _strikes(self, applies: Callable[[FaultPlan], bool]) -> bool:
        return applies(self.struck(applies))


class MessagePlan(Plan):
    """What shall go wrong with the messages that SAP publishes by itself.

    `delay_seconds` is waited before each. `down`: none is published, they wait in the outbox.
    `duplicate`: each is published twice. `reorder`: what comes within REORDERED_SECONDS is
    published newest first. `garbage`: half of it is published, before the whole. `lose`: it
    never is.
    """

    duplicate: bool = False
    reorder: bool = False
    garbage: bool = False
    lose: bool = False


class MessageFaults(PlannedFaults[MessagePlan]):
    """Every message that something happens to uses the plan once."""

    def __init__(self) -> None:
        super().__init__(MessagePlan())

    def next(self) -> MessagePlan:
        """The plan for the next message, used once; while `down` it is not."""
        return self.struck(lambda plan: plan != MessagePlan() and not plan.down)
