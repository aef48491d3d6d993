"""Whether a source system is to be called at all: `source_systems/{logical system}`.

While SAP is down, thousands of waiting orders would make thousands of calls. So who finds it down
says so here, and then one order at a time goes first, with growing pauses, until it gets an
answer. A log-on that SAP refuses is not tried again before a person says that it will work: each
further try may lock the user.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from google.cloud.firestore import Client, DocumentReference, Query
from pydantic import BaseModel, Field

from shared import audit
from shared.audit import Action, Doer
from shared.optimistic import Attempt, optimistically
from shared.sap.failure import Failure
from shared.store import find_all

PAUSES = (timedelta(seconds=2), timedelta(seconds=60))
"""Between two tries: after the first failure, doubled after each further one, up to the second."""

PROBE = timedelta(seconds=60)
"""How long the others wait for the answer of the one that goes first, should it die."""


class CircuitState(StrEnum):
    """`closed`: calls go through. `open`: SAP is away. `stopped`: a person has to say go."""

    CLOSED = "closed"
    OPEN = "open"
    STOPPED = "stopped"


class Circuit(BaseModel):
    """What is known of the way to one SAP."""

    state: CircuitState = CircuitState.CLOSED
    since: datetime | None = Field(default=None, description="when it was last found away")
    reason: str = Field(default="", description="the library's words, for the brand's people only")
    failures: int = 0
    retry_at: datetime | None = Field(default=None, description="when one may try")
    released_by: str = ""
    released_at: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Whether somebody may call SAP now: anybody, or the one whose turn it is."""
        if self.state is CircuitState.OPEN:
            return self.retry_at is not None and self.retry_at <= now
        return self.state is CircuitState.CLOSED


class CircuitOpenError(Exception):
    """SAP is not to be called now."""


def reference(db: Client, system: str) -> DocumentReference:
    """Where the circuit of a logical system is."""
    return db.collection("source_systems").document(system)


def read_circuit(db: Client, system: str) -> Circuit:
    """The circuit of a logical system as it is now."""
    return parse(reference(db, system).get().to_dict())


def not_called(db: Client) -> Iterator[tuple[str, Circuit]]:
    """The systems that are away, or refuse our log-on, by logical system."""
    for document in find_all(db, Query(db.collection("source_systems"))):
        circuit = parse(document.data())
        if circuit.state is not CircuitState.CLOSED:
            yield document.id, circuit


def admit(attempt: Attempt, db: Client, system: str, now: datetime) -> None:
    """Let a caller through; while SAP is away only one of them, when its time has come.

    What it writes is committed with what the caller writes, so who comes no further than here
    takes nobody's turn.

    Raises:
        CircuitOpenError: not this one, or not now.
    """
    own = reference(db, system)
    circuit = parse(attempt.read([own])[0])
    if circuit.state is CircuitState.CLOSED:
        return
    if not circuit.lets_through(now):
        raise CircuitOpenError(circuit.reason)
    # Its own report comes before that, unless it dies.
    attempt.save_model(own, circuit.model_copy(update={"retry_at": now + PROBE}))


def report(db: Client, system: str, failure: Failure | None, now: datetime, detail: str) -> None:
    """Say what became of a call; `failure` is None where SAP answered."""

    def body(attempt: Attempt) -> Circuit | None:
        own = reference(db, system)
        circuit = parse(attempt.read([own])[0])
        after = after_report(circuit, failure, now, detail)
        if after == circuit:
            return None
        attempt.save_model(own, after)
        return after if after.state is not circuit.state else None

    changed = optimistically(db, body)
    log = structlog.get_logger().bind(system=system)
    if changed is None:
        return
    if changed.state is CircuitState.STOPPED:
        log.error("sap refuses log-on", detail=detail)
    else:
        log.warning("circuit", state=changed.state.value, detail=detail)


def release(db: Client, system: str, by: str, now: datetime, uid: str = "") -> Circuit:
    """Let the next caller try, in the name of the person who says that it will work.

    It is told in `audit`; `uid` is empty for the command line.
    """
    entry = Doer(by, now, uid=uid).entry(Action.CALL_AGAIN, f"source_systems/{system}")

    def body(attempt: Attempt) -> Circuit:
        own = reference(db, system)
        circuit = parse(attempt.read([own])[0])
        if circuit.state is CircuitState.CLOSED:
            return circuit
        signed = {"released_by": by, "released_at": now}
        after = circuit.model_copy(
            update={**signed, "state": CircuitState.OPEN, "retry_at": now, "failures": 0}
        )
        attempt.save_model(own, after)
        audit.tell_with(attempt, db, entry)
        return after

    return optimistically(db, body)


def after_report(circuit: Circuit, failure: Failure | None, now: datetime, detail: str) -> Circuit:
    """The circuit after a call, pure."""
    match failure:
        case Failure.LOGON if circuit.state is not CircuitState.STOPPED:
            stopped = {"state": CircuitState.STOPPED, "since": now, "retry_at": None}
            return circuit.model_copy(update={**stopped, "reason": detail})
        case Failure.UNREACHABLE if circuit.state is CircuitState.CLOSED:
            opened = {"state": CircuitState.OPEN, "since": now, "failures": 1}
            return circuit.model_copy(
                update={**opened, "reason": detail, "retry_at": now + PAUSES[0]}
            )
        case Failure.UNREACHABLE if circuit.state is CircuitState.OPEN:
            if circuit.retry_at is not None and circuit.retry_at - now <= PAUSES[0]:
                # Of one that had begun before, and is no probe.
                return circuit
            pause = min(PAUSES[1], PAUSES[0] * 2**circuit.failures)
            more = {"failures": circuit.failures + 1, "retry_at": now + pause}
            return circuit.model_copy(update={**more, "reason": detail})
        case None | Failure.TRANSIENT | Failure.DENIED if circuit.state is CircuitState.OPEN:
            closed = {"state": CircuitState.CLOSED, "since": None, "retry_at": None}
            return circuit.model_copy(update={**closed, "reason": "", "failures": 0})
        case _:
            return circuit


def parse(document: dict[str, Any] | None) -> Circuit:
    """From its document; a system that has none was never away."""
    return Circuit.model_validate(document or {})
