"""PyRFC's Connection, speaking to the stand-in on 127.0.0.1 or wherever it listens."""

import itertools
import socket
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Literal, NoReturn, Self

from . import _exception, _wire
from ._convert import Style, invalid_parameter, to_python, to_wire
from ._exception import (
    ABAPRuntimeError,
    CommunicationError,
    ExternalRuntimeError,
    LogonError,
    RFCError,
    RFCLibError,
)
from ._interface import Parameter, parse_parameters

# As erpl-pyrfc has them.
PARAMETERS = frozenset(
    {"ashost", "sysnr", "client", "user", "passwd", "lang", "saprouter"}
    | {"mshost", "msserv", "group", "sysid"}
    | {"wshost", "wsport", "ws_path", "tls_client_cert", "tls_client_key"}
    | {"snc_mode", "snc_qop", "snc_myname", "snc_partnername", "snc_lib"}
)
CONFIG_DEFAULTS: dict[str, Any] = {
    "rstrip": True,
    "dtime": False,
    "return_import_params": False,
    "timeout": None,
}
CALL_OPTIONS = frozenset({"not_requested", "timeout", "return_import_params"})

# PyRFC opens a new session after these, before it raises.
_REOPENING_CODES = frozenset({1, 3, 4, 15})
_REOPENING = (ABAPRuntimeError, LogonError, CommunicationError, ExternalRuntimeError)

_handles = itertools.count(1)


def _checked_parameters(params: Mapping[str, Any]) -> dict[str, str]:
    if not params:
        raise RFCError("Connection parameters missing")
    for name, value in params.items():
        if not isinstance(value, str):
            raise RFCError(f"Connection parameter '{name}' value is not string")
    if unknown := sorted(set(params) - PARAMETERS):
        raise invalid_parameter(f"unknown connection parameter(s): {', '.join(unknown)}")
    if not any(params.get(name) for name in ("ashost", "mshost", "wshost")):
        raise invalid_parameter("Parameter ASHOST, GWHOST, MSHOST or PORT is missing.")
    if params.get("ashost") and not params.get("sysnr", "").isdigit():
        raise invalid_parameter("Parameter SYSNR is missing or not numeric.")
    return dict(params)


def _address(params: Mapping[str, str]) -> tuple[str, int]:
    """Where the stand-in's gateway is: it speaks one protocol, and stands for all that lead there."""
    if host := params.get("ashost"):
        return host, 3300 + int(params["sysnr"])
    if host := params.get("wshost"):
        return host, int(params["wsport"])
    return params["mshost"], int(params.get("msserv", "3600"))


def _checked_config(config: Mapping[str, Any] | None) -> dict[str, Any]:
    for option in config or ():
        if option not in CONFIG_DEFAULTS:
            raise invalid_parameter(f"Connection configuration option '{option}' is not supported")
    return CONFIG_DEFAULTS | dict(config or {})


class Connection:
    """A session in SAP; it opens at once. Not to be shared between threads.

    Work that the calls leave uncommitted ends with the session: by close, by a broken
    connection, by a call's timeout. After such a failure the object holds a NEW session.
    """

    def __init__(self, config: Mapping[str, Any] | None = None, **params: str) -> None:
        self._config = _checked_config(config)
        self._params = _checked_parameters(params)
        self._style = Style(self._config["rstrip"], self._config["dtime"])
        self._socket: socket.socket | None = None
        self._attributes: dict[str, str] = {}
        self._interfaces: dict[str, dict[str, Parameter]] = {}
        self._in_use = threading.Lock()
        self.handle = 0
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        self.close()
        return False

    @property
    def alive(self) -> bool:
        """Whether there is a session; it says nothing about work done in an earlier one."""
        return self._socket is not None

    @property
    def options(self) -> dict[str, Any]:
        """The configuration with its defaults."""
        return dict(self._config)

    def is_valid(self) -> bool:
        """Whether the handle is usable, by local knowledge only."""
        return self.alive

    def open(self) -> None:
        """Opens a session if there is none; raises CommunicationError or LogonError."""
        if self._socket is not None:
            return
        host, port = _address(self._params)
        try:
            connection = socket.create_connection((host, port))
        except OSError as error:
            raise CommunicationError(
                f"partner '{host}:{port}' not reached: {error}", 1, "RFC_COMMUNICATION_FAILURE"
            ) from error
        try:
            answer = self._ask(connection, {"op": "logon", "params": self._params})
        except BaseException:
            connection.close()
            raise
        self._socket = connection
        self._attributes = answer["attributes"]
        self.handle = next(_handles)

    def close(self) -> None:
        """Ends the session; what is uncommitted is lost. Closing twice is allowed."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
            self.handle = 0

    def reopen(self) -> None:
        """Ends the session and opens another."""
        self.close()
        self.open()

    def free(self) -> None:
        """Same as close."""
        self.close()

    def reset_server_context(self) -> None:
        """Clears the session in SAP: uncommitted work is gone, the connection stays."""
        self._request("reset_server_context", {"op": "reset"}, self._config["timeout"])

    def get_connection_attributes(self) -> dict[str, str]:
        """Who is connected to whom; empty when closed. `host` is the client's machine."""
        return dict(self._attributes) if self.alive else {}

    def ping(self) -> None:
        """Calls RFC_PING; raises if that fails."""
        if not self.alive:
            raise ExternalRuntimeError(
                "An invalid handle was passed to the API call", 13, "RFC_INVALID_HANDLE"
            )
        self.call("RFC_PING")

    def call(
        self, func_name: str, options: Mapping[str, Any] | None = None, **params: Any
    ) -> dict[str, Any]:
        """Calls a function module and returns its EXPORT, CHANGING and TABLES parameters.

        `options`: `not_requested` (a name or list of names), `timeout` in seconds,
        `return_import_params`. A business error is in RETURN, never an exception.
        """
        if not isinstance(func_name, str):
            raise RFCError(
                "Remote function module name must be unicode string, received:", func_name
            )
        for option in options or ():
            if option not in CALL_OPTIONS:
                raise invalid_parameter(f"Call option '{option}' is not supported")
        chosen = {
            "timeout": self._config["timeout"],
            "return_import_params": self._config["return_import_params"],
            "not_requested": [],
        } | dict(options or {})
        parameters = self._interface(func_name)
        sent = {name: to_wire(self._input(parameters, name), params[name]) for name in params}
        answer = self._request(
            func_name, {"op": "call", "function": func_name, "params": sent}, chosen["timeout"]
        )
        skipped = chosen["not_requested"]
        skipped = {skipped} if isinstance(skipped, str) else set(skipped)
        if not chosen["return_import_params"]:
            skipped |= {name for name, each in parameters.items() if each.direction == "IMPORT"}
        values = sent | answer["result"]
        return {
            name: to_python(parameter, values.get(name), self._style)
            for name, parameter in parameters.items()
            if name not in skipped
        }

    def _interface(self, func_name: str) -> dict[str, Parameter]:
        if func_name not in self._interfaces:
            answer = self._request(
                func_name, {"op": "describe", "function": func_name}, self._config["timeout"]
            )
            self._interfaces[func_name] = parse_parameters(
                answer["parameters"], answer["structures"]
            )
        return self._interfaces[func_name]

    @staticmethod
    def _input(parameters: Mapping[str, Parameter], name: str) -> Parameter:
        parameter = parameters.get(name)
        if parameter is None or parameter.direction == "EXPORT":
            raise invalid_parameter(f"field '{name}' not found")
        return parameter

    def _request(
        self, func_name: str, message: _wire.Message, timeout: float | None
    ) -> _wire.Message:
        if self._socket is None:
            raise RFCError(
                f"Remote function module '{func_name}' invocation rejected "
                "because the connection is closed"
            )
        if not self._in_use.acquire(blocking=False):
            raise ExternalRuntimeError(
                "The connection is in use by another thread", 13, "RFC_INVALID_HANDLE"
            )
        try:
            self._socket.settimeout(timeout)
            return self._ask(self._socket, message)
        except TimeoutError:
            self._cancel()
        except RFCLibError as error:
            if error.code in _REOPENING_CODES or isinstance(error, _REOPENING):
                self.reopen()
            raise
        finally:
            self._in_use.release()

    def _cancel(self) -> NoReturn:
        canceled = self.handle
        self.reopen()
        raise CommunicationError(
            f"Connection was canceled: {canceled}. New handle: {self.handle}", 7, "RFC_CANCELED"
        )

    @staticmethod
    def _ask(connection: socket.socket, message: _wire.Message) -> _wire.Message:
        broken: OSError | None = None
        try:
            _wire.send(connection, message)
            answer = _wire.receive(connection)
        except TimeoutError:
            raise
        except OSError as error:
            answer, broken = None, error
        if answer is None:
            raise CommunicationError(
                "connection to partner broken", 1, "RFC_COMMUNICATION_FAILURE"
            ) from broken
        if "error" in answer:
            details = dict(answer["error"])
            raise getattr(_exception, details.pop("class"))(**details)
        return answer
