"""The gateway: TCP on port 3300 + system number, one session per connection.

What a session has not committed ends with its connection.
"""

import socket
import socketserver
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from emulators.sap.client.pyrfc import _wire
from emulators.sap.customizing import client
from emulators.sap.functions import (
    SYSTEM_ID,
    ConnectionBrokenError,
    RfcError,
    Session,
    call,
    describe,
)
from emulators.sap.system import System

HOST = "127.0.0.1"
FIRST_PORT = 3300
SYSTEM_NUMBERS = 100


class Gateway(socketserver.ThreadingTCPServer):
    """Listens for sessions of one system."""

    allow_reuse_address = True

    def __init__(self, system: System, system_number: int) -> None:
        super().__init__((HOST, FIRST_PORT + system_number), _Handler)
        self.system = system
        self.system_number = system_number
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection, so that stopping can break it."""
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forgets the connection and closes it."""
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def break_all(self) -> None:
        """Breaks every open connection."""
        with self._open_lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def listen(system: System, system_number: int | None) -> Gateway:
    """Listens on the port of a system number, or of the first whose port is free.

    Raises OSError when it is taken (or all are).
    """
    if system_number is not None:
        return Gateway(system, system_number)
    for number in range(SYSTEM_NUMBERS):
        with suppress(OSError):
            return Gateway(system, number)
    raise OSError(f"all ports from {FIRST_PORT} to {FIRST_PORT + SYSTEM_NUMBERS - 1} are taken")


class _Handler(socketserver.BaseRequestHandler):
    server: Gateway

    def handle(self) -> None:
        with suppress(OSError, ConnectionBrokenError):
            self._converse()

    def _converse(self) -> None:
        system: System = self.server.system
        if system.faults.down():
            return
        if system.faults.silent():
            system.stopping.wait()
            return
        session: Session | None = None
        while (message := _wire.receive(self.request)) is not None:
            if session is not None and system.faults.down():
                return
            try:
                if session is None:
                    session = _logon(system, message)
                    answer = {"attributes": self._attributes(session, message["params"])}
                else:
                    answer = _serve(system, session, message)
            except RfcError as error:
                answer = {"error": error.details}
            _wire.send(self.request, answer)

    def _attributes(self, session: Session, params: Mapping[str, str]) -> dict[str, str]:
        language = params.get("lang", "EN")
        return {
            "dest": "",
            "host": self.client_address[0],
            "partnerHost": HOST,
            "sysNumber": f"{self.server.system_number:02d}",
            "sysId": SYSTEM_ID,
            "client": params["client"],
            "user": session.user,
            "language": language[:1],
            "isoLanguage": language,
            "type": "E",
            "partnerType": "3",
            "rel": "757",
            "partnerRel": "757",
        }


def _logon(system: System, message: _wire.Message) -> Session:
    params = message.get("params", {})
    known = params.get("client") == client(system.settings)
    known = known and params.get("user") and params.get("passwd")
    if not known or system.faults.refuses_logon():
        raise RfcError(
            **{"class": "LogonError"},
            message="Name or password is incorrect (repeat logon)",
            code=2,
            key="RFC_LOGON_FAILURE",
        )
    return Session(params["user"].upper())


def _serve(system: System, session: Session, message: _wire.Message) -> _wire.Message:
    match message["op"]:
        case "describe":
            return describe(message["function"])
        case "reset":
            session.pending = []
            return {}
    # A kernel answers a ping by itself, however busy SAP's programs are.
    if message["function"] != "RFC_PING":
        system.stopping.wait(system.faults.delay())
    return {"result": call(system, session, message["function"], message["params"])}
