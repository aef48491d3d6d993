"""SAP is asked what it would confirm and charge, for as long as a buyer waits and no longer.

Nobody needs the answer in order to place an order. So whatever goes wrong is a reason why SAP did
not say it, and never an error: the circuit, which is for those to close whom nobody waits for, is
looked at first, and what keeps an answer away keeps this instance from asking for a while.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Lock
from typing import Any

import structlog
from google.cloud.firestore import Client

from shared.sap.circuit import CircuitState, read_circuit
from shared.sap.enquiry import (
    AnsweredLine,
    AskedOrder,
    RefusedError,
    availability_parameters,
    available,
    read_simulation,
    simulate_parameters,
)
from shared.sap.failure import Failure
from shared.sap.rfc import Call, Connect, SapCallError
from shared.sap.source_system import SourceSystem

PAUSE_SECONDS = 15.0
"""How long an instance does not ask after SAP was silent, slow or away: others would wait, too."""

MOST_LINES = 1_000
"""Of a cart that SAP is asked about: it takes some seconds for so many, and a buyer waits."""


UNREADABLE = (RefusedError, ValueError, ArithmeticError, LookupError)
"""A refusal, and an answer that has what no answer should have or lacks what each has."""


class Why(StrEnum):
    """Why SAP did not say all of it. `off`: not asked, by its settings.

    `away`: it does not answer just now. `late`: not within its time. `refused`: it can't say.
    """

    OFF = "off"
    AWAY = "away"
    LATE = "late"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answered:
    """The lines that SAP answered for, and why it did not for all of them; None if it did."""

    lines: list[AnsweredLine] = field(default_factory=list)
    why: Why | None = None


class Pause:
    """Whether this instance asks at all, safe for threads; `clock` tells seconds.

    After a pause one asks first, and the others when that one was answered: a SAP that takes
    log-ons and stays silent would else get as many with each pause as an instance has requests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._until: float | None = None
        self._refused_at: datetime | None = None

    def refuse(self, now: datetime) -> None:
        """SAP refused the log-on: this instance's, which may have begun with an older secret."""
        with self._lock:
            self._refused_at = now

    def is_refused(self, released_at: datetime | None) -> bool:
        """Whether no log-on is tried, until a person said that it works: each may lock the user."""
        with self._lock:
            if self._refused_at is None:
                return False
            return released_at is None or released_at <= self._refused_at

    def begin(self) -> None:
        """SAP is not asked for PAUSE_SECONDS from now on."""
        with self._lock:
            self._until = self._clock() + PAUSE_SECONDS

    def end(self) -> None:
        """SAP answers again, and may be asked."""
        with self._lock:
            self._until = None

    def lets_through(self) -> bool:
        """Whether the caller may ask now."""
        with self._lock:
            if self._until is None:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + PAUSE_SECONDS
            return True


@dataclass(frozen=True)
class Sap:
    """The way to SAP."""

    connect: Connect
    system: SourceSystem
    pause: Pause


def ask(db: Client, sap: Sap, orders: list[AskedOrder], now: datetime) -> list[Answered]:
    """An answer for each order, in their order."""
    settings = sap.system.before_placing
    if not settings.asks or not orders:
        return [Answered(why=Why.OFF) for _ in orders]
    if sum(len(order.lines) for order in orders) > MOST_LINES:
        return [Answered(why=Why.REFUSED) for _ in orders]
    circuit = read_circuit(db, sap.system.logical_system)
    is_stopped = circuit.state is not CircuitState.CLOSED
    if is_stopped or sap.pause.is_refused(circuit.released_at) or not sap.pause.lets_through():
        return [Answered(why=Why.AWAY) for _ in orders]
    answers = [Answered(why=Why.OFF) for _ in orders]
    if settings.simulation_ms is not None:
        answers = _each(sap, settings.simulation_ms, orders, answers, _simulate, now)
    unheard = any(answer.why in (Why.OFF, Why.REFUSED) for answer in answers)
    if settings.availability_ms is not None and unheard:
        answers = _each(sap, settings.availability_ms, orders, answers, _stock, now)
    return answers


@dataclass
class _Limited:
    """Calls that all together take no longer than `until`, by the monotonic clock."""

    call: Call
    until: float
    answered: int = 0

    def __call__(self, module: str, **parameters: Any) -> dict[str, Any]:
        """Raises SapCallError, also where there is no time left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise SapCallError(f"{module}: no time left", Failure.UNREACHABLE)
        answer = self.call(module, **parameters, options={"timeout": left})
        self.answered += 1
        return answer


Ask = Callable[[_Limited, AskedOrder, SourceSystem, Answered], Answered]


def _each(
    sap: Sap,
    budget_ms: int,
    orders: list[AskedOrder],
    before: list[Answered],
    one: Ask,
    now: datetime,
) -> list[Answered]:
    """The answers with those that SAP gives within the time; the others say why it gave none."""
    answers = list(before)
    until = time.monotonic() + budget_ms / 1000
    call: _Limited | None = None
    try:
        with sap.connect() as unlimited:
            call = _Limited(unlimited, until)
            for index, order in enumerate(orders):
                answers[index] = one(call, order, sap.system, answers[index])
    except SapCallError as error:
        if time.monotonic() >= until and call is not None and call.answered:
            # There was too much to ask for, which is no reason why others should not.
            sap.pause.end()
            why = Why.LATE
        else:
            why = _why_failed(sap, error, is_late=time.monotonic() >= until, now=now)
        return [a if a.lines else Answered(why=why) for a in answers]
    sap.pause.end()
    return answers


def _why_failed(sap: Sap, error: SapCallError, *, is_late: bool, now: datetime) -> Why:
    log = structlog.get_logger().bind(detail=str(error))
    if error.failure is Failure.DENIED:
        # Nothing helps but a person; orders go on without the answer.
        sap.pause.end()
        log.error("sap enquiry denied")
        return Why.REFUSED
    if error.failure is Failure.LOGON:
        # Whether orders can be handed over, export_order finds out with its own secret.
        sap.pause.refuse(now)
        log.error("sap enquiry denied")
    sap.pause.begin()
    log.warning("sap not asked", late=is_late)
    return Why.LATE if is_late else Why.AWAY


def _simulate(call: _Limited, order: AskedOrder, system: SourceSystem, _: Answered) -> Answered:
    answer = call("BAPI_SALESORDER_SIMULATE", **simulate_parameters(order, system))
    try:
        return Answered(read_simulation(order, answer))
    except UNREADABLE as error:
        structlog.get_logger().warning("simulation refused", detail=str(error))
        return Answered(why=Why.REFUSED)


def _stock(call: _Limited, order: AskedOrder, system: SourceSystem, before: Answered) -> Answered:
    """Of goods that are yet to be made there is no stock to be asked for."""
    if before.lines or not order.at_once:
        return before
    lines = []
    for line in order.lines:
        parameters = availability_parameters(order, line, system)
        try:
            answer = call("BAPI_MATERIAL_AVAILABILITY", **parameters)
            lines.append(available(line, answer))
        except UNREADABLE as error:
            structlog.get_logger().warning("availability refused", detail=str(error))
            return Answered(lines, Why.REFUSED)
    return Answered(lines, before.why if before.why is Why.REFUSED else None)
