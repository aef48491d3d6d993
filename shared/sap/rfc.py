"""Remote function calls to SAP: the one place that knows pyrfc.

A session is one connection and so one LUW: what BAPI_TRANSACTION_COMMIT commits is what was
called on it before. pyrfc re-opens a connection after an error by itself and then raises, which
loses the uncommitted work; a session is therefore never used on after one. One without an error
is kept for the thread's next order: a log-on costs SAP more than most calls.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from shared.sap.failure import Failure

Call = Callable[..., dict[str, Any]]
"""`call(function_module, **parameters)` answers exporting and table parameters; `options` may hold
`timeout` in seconds, else it is `CALL_SECONDS`."""

Connect = Callable[[], AbstractContextManager[Call]]

CALL_SECONDS = 30
LOGON_SECONDS = 10
"""A gateway may accept and stay silent, for which pyrfc has no time limit."""

GRACE_SECONDS = 5
"""What a call may take beyond the limit that pyrfc itself is to keep."""

IDLE_SECONDS = 30
"""A session that was idle for longer is tried first: firewalls forget connections silently."""


@dataclass(frozen=True)
class Limits:
    """Seconds: of a log-on, and what a call may take beyond its own limit."""

    logon: float = LOGON_SECONDS
    grace: float = GRACE_SECONDS


class SapCallError(Exception):
    """SAP did not answer, broke off, or refused the call; the text is the library's."""

    def __init__(self, text: str, failure: Failure) -> None:
        super().__init__(text)
        self.failure = failure


# RFC_RC of SAP's NW RFC library (sapnwrfc.h), as PyRFC and erpl-pyrfc pass it on.
_COMMUNICATION, _LOGON, _DUMP, _ABAP_MESSAGE, _ABAP_EXCEPTION = 1, 2, 3, 4, 5
_CANCELED, _TIMEOUT, _AUTHORIZATION = 7, 8, 29
_BY_CODE = {
    _COMMUNICATION: Failure.UNREACHABLE,
    _LOGON: Failure.LOGON,
    _CANCELED: Failure.UNREACHABLE,
    _TIMEOUT: Failure.UNREACHABLE,
    _AUTHORIZATION: Failure.DENIED,
    **dict.fromkeys((17, 18, 20, 21, 22, 23), Failure.DENIED),
}
# Exceptions of the function modules that the library itself calls, and short dumps, after which
# trying again can't help.
_DENIED_KEYS = frozenset(
    {
        "FU_NOT_FOUND",
        "RFC_NO_AUTHORITY",
        "CALL_FUNCTION_NOT_FOUND",
        "CALL_FUNCTION_NOT_REMOTE",
        "CALL_FUNCTION_PARM_MISSING",
        "CALL_FUNCTION_PARM_UNKNOWN",
        "CALL_FUNCTION_CONFLICT_TYPE",
        "CALL_FUNCTION_CONFLICT_LENG",
        "NO_AUTHORITY",
    }
)


def failure_of(error: Exception) -> Failure:
    """What an error of pyrfc is, by class, return code and key (docs/operations.md)."""
    if isinstance(error, TypeError):
        # pyrfc's word for a value that the field can't have.
        return Failure.DENIED
    code, key = getattr(error, "code", None), getattr(error, "key", None)
    names = {each.__name__ for each in type(error).__mro__}
    if key in _DENIED_KEYS or "ExternalAuthorizationError" in names:
        return Failure.DENIED
    if "LogonError" in names:
        return Failure.LOGON
    if code in _BY_CODE:
        return _BY_CODE[code]
    if "CommunicationError" in names:
        return Failure.UNREACHABLE
    return Failure.TRANSIENT


class _Session:
    """A connection in a thread of its own, which alone uses it, as pyrfc demands.

    Whoever asks waits no longer than the time that it allows: nothing else ends a log-on, or a
    call, that is never answered. What is answered after all is closed then.
    """

    def __init__(self, parameters: Mapping[str, str], limits: Limits) -> None:
        self._limits = limits
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._connection: Any = None
        self.closed = False
        self.used = time.monotonic()
        threading.Thread(target=self._work, name="sap-session", daemon=True).start()

        def log_on() -> None:
            # Imported when first needed, so that a test of anything else does without it.
            import pyrfc  # noqa: PLC0415

            self._connection = pyrfc.Connection(config={"timeout": CALL_SECONDS}, **parameters)

        self._ask("log-on", log_on, limits.logon)

    def call(self, name: str, /, **given: Any) -> dict[str, Any]:
        """As `Call`."""
        seconds = given.get("options", {}).get("timeout", CALL_SECONDS)
        answer: dict[str, Any] = self._ask(
            name, lambda: self._connection.call(name, **given), seconds + self._limits.grace
        )
        self.used = time.monotonic()
        return answer

    def works(self) -> bool:
        """Whether SAP still knows it."""
        try:
            self._ask("ping", self._connection.ping, self._limits.grace)
        except SapCallError:
            return False
        return True

    def close(self) -> None:
        """End it as soon as what runs on it has ended; what is uncommitted is lost."""
        self.closed = True
        self._jobs.put(None)

    def _ask(self, name: str, job: Callable[[], Any], seconds: float) -> Any:
        if self.closed:
            raise SapCallError(f"{name}: the session broke before", Failure.UNREACHABLE)
        answer: Future[Any] = Future()

        def run() -> None:
            try:
                answer.set_result(job())
            except BaseException as error:  # noqa: BLE001 (raised again where it was asked)
                answer.set_exception(error)

        self._jobs.put(run)
        try:
            return answer.result(seconds)
        except Exception as error:
            self.close()
            if isinstance(error, TimeoutError):
                text = f"{name}: no answer within {seconds:.0f} seconds"
                raise SapCallError(text, Failure.UNREACHABLE) from error
            if not _is_pyrfcs(error):
                raise
            failure = failure_of(error)
            if self._connection is not None and getattr(error, "code", None) == _COMMUNICATION:
                # One session broke; whether SAP is away tells the next one's log-on.
                failure = Failure.TRANSIENT
            raise SapCallError(f"{name}: {_text(error)}", failure) from error

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        with suppress(Exception):
            self._connection.close()


class _Kept(threading.local):
    """The thread's session."""

    session: _Session | None = None


def connector(parameters: Mapping[str, str], limits: Limits = Limits()) -> Connect:
    """Opens sessions with pyrfc's connection parameters, one for each thread."""
    kept = _Kept()

    @contextmanager
    def connect() -> Iterator[Call]:
        session = kept.session
        kept.session = None
        if session is not None and time.monotonic() - session.used > IDLE_SECONDS:
            session = session if session.works() else None
        session = session or _Session(parameters, limits)
        try:
            yield session.call
        except BaseException:
            session.close()
            raise
        if not session.closed:
            kept.session = session

    return connect


def _is_pyrfcs(error: Exception) -> bool:
    # By name, for what could not be imported has no classes.
    return isinstance(error, TypeError) or any(
        each.__name__ == "RFCError" for each in type(error).__mro__
    )


def _text(error: Exception) -> str:
    # pyrfc puts value, field and parameter into the arguments of a TypeError.
    return " ".join(map(str, error.args)) if isinstance(error, TypeError) else str(error)
