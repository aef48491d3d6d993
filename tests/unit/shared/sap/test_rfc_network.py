"""What the package that talks to SAP in the cloud, erpl-pyrfc, makes of a network that fails.

No SAP is here, so that this ends at the log-on; what a call makes of a connection that breaks is
tested with the stand-in's client (tests/integration/functions/export_order).
"""

import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulators.sap.server import CLIENT_PATH
from shared.sap.failure import Failure
from shared.sap.rfc import Limits, SapCallError, connector

PATIENCE = 0.5
"""Seconds that a log-on may take here; some ten times what a refusal takes."""

_SYSTEM_NUMBERS = range(100)

Handle = Callable[[socket.socket], None]


@pytest.fixture(autouse=True)
def _real_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pyrfc` as it is deployed, also where a test before took the stand-in's client."""
    path = [each for each in sys.path if each != str(CLIENT_PATH)]
    monkeypatch.setattr(sys, "path", path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
        monkeypatch.delitem(sys.modules, name)


def _bound() -> tuple[socket.socket, str]:
    """A socket at the port of a gateway, 3300 and the system number."""
    for number in _SYSTEM_NUMBERS:
        server = socket.socket()
        with suppress(OSError):
            server.bind(("127.0.0.1", 3300 + number))
            return server, f"{number:02d}"
        server.close()
    raise AssertionError("no port of 3300 to 3399 is free")


@contextmanager
def gateway(handle: Handle) -> Iterator[str]:
    """A gateway that does this with every connection; its system number."""
    server, number = _bound()
    taken: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                taken.append(connection)
                with suppress(OSError):
                    handle(connection)

    server.listen()
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield number
    finally:
        # Ends `accept`, too, which closing alone does not.
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()
        for connection in taken:
            connection.close()


def failed_logon(number: str) -> tuple[SapCallError, float]:
    """The error of a log-on, and the seconds that it took."""
    destination = {
        "ashost": "127.0.0.1",
        "sysnr": number,
        "client": "100",
        "user": "SELLIN",
        "passwd": "secret-of-sellin",
        "lang": "EN",
    }
    connect = connector(destination, Limits(logon=PATIENCE))
    began = time.monotonic()
    with pytest.raises(SapCallError) as error, connect():
        pass
    assert "secret-of-sellin" not in str(error.value)
    return error.value, time.monotonic() - began


def test_it_is_the_package_that_is_deployed() -> None:
    import pyrfc  # noqa: PLC0415

    assert str(CLIENT_PATH) not in str(pyrfc.__file__)
    assert "site-packages" in str(pyrfc.__file__)


def test_nobody_listens() -> None:
    server, number = _bound()
    server.close()
    error, seconds = failed_logon(number)
    assert error.failure is Failure.UNREACHABLE
    assert "refused" in str(error)
    assert seconds < PATIENCE


def test_the_gateway_accepts_and_stays_silent() -> None:
    with gateway(lambda connection: None) as number:
        error, seconds = failed_logon(number)
    assert error.failure is Failure.UNREACHABLE
    assert "no answer within" in str(error)
    assert PATIENCE <= seconds < PATIENCE + 5


def _drop(connection: socket.socket) -> None:
    connection.close()


def _drop_after_the_first_word(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.close()


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("handle", [_drop, _drop_after_the_first_word, _reset])
def test_the_connection_is_dropped(handle: Handle) -> None:
    with gateway(handle) as number:
        error, seconds = failed_logon(number)
    assert error.failure is Failure.UNREACHABLE
    assert seconds < PATIENCE


def _answers(said: bytes, *, stays: bool) -> Handle:
    def handle(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(said)
        if not stays:
            connection.close()

    return handle


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        b"\x7f\xff\xff\xff" + b"A" * 1000,  # a length of 2 GiB
        b"\x00\x00\x01\x00",  # announces what never comes
        b"\x00\x00\x00\x08NI_PONG\x00",
        b"\x00\x00\x00\x10" + b"\xff" * 16,
    ],
)
@pytest.mark.parametrize("stays", [True, False], ids=["stays", "closes"])
def test_the_answer_is_not_saps(said: bytes, stays: bool) -> None:
    with gateway(_answers(said, stays=stays)) as number:
        error, seconds = failed_logon(number)
    assert error.failure is Failure.UNREACHABLE
    assert seconds < PATIENCE + 5


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=400), st.booleans())
def test_no_answer_whatsoever_is_taken_for_a_refused_log_on(said: bytes, framed: bool) -> None:
    """Which would keep a person busy, and the orders waiting till then."""
    whole = len(said).to_bytes(4) + said if framed else said
    with gateway(_answers(whole, stays=False)) as number:
        error, _ = failed_logon(number)
    assert error.failure is Failure.UNREACHABLE


def test_the_next_log_on_is_not_kept_from_trying() -> None:
    """A session that failed leaves nothing that the thread's next one would meet."""
    times: list[int] = []

    def handle(connection: socket.socket) -> None:
        times.append(1)
        connection.close()

    with gateway(handle) as number:
        for _ in range(3):
            failed_logon(number)
    assert len(times) == 3
