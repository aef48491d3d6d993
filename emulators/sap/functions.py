"""The function modules, and what a session remembers between calls."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from emulators.sap import messages as m
from emulators.sap.change import change
from emulators.sap.create import create
from emulators.sap.customizing import client
from emulators.sap.enquiry import available, simulate
from emulators.sap.messages import bapiret2
from emulators.sap.order import Order, OrderChange
from emulators.sap.read import get_list, get_status
from emulators.sap.system import System

Result: TypeAlias = dict[str, Any]

SYSTEM_ID = "S4H"

_FILE = Path(__file__).with_name("functions.json")


class ConnectionBrokenError(Exception):
    """The connection dies here, because a fault says so."""


class RfcError(Exception):
    """An error that the client raises: `details` are its class and attributes."""

    def __init__(self, **details: Any) -> None:
        super().__init__(details.get("message"))
        self.details = details


@dataclass
class Session:
    """One connection: who logged on, and the orders and changes that nobody has committed yet."""

    user: str
    pending: list[Order | OrderChange] = field(default_factory=list)


@cache
def _interfaces() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return content


def describe(name: str) -> Result:
    """Parameters and structures of a function module; raises RfcError if unknown."""
    parameters = _interfaces()["functions"].get(name)
    if parameters is None or name not in _MODULES:
        raise _not_found(name)
    used = {word for line in parameters for word in line.split()}
    structures = {
        structure: fields
        for structure, fields in _interfaces()["structures"].items()
        if structure in used
    }
    return {"parameters": parameters, "structures": structures}


def _not_found(name: str) -> RfcError:
    return RfcError(
        **{"class": "ABAPApplicationError"},
        message=f"ID:FL Type:E Number:046 {name}",
        code=5,
        key="FU_NOT_FOUND",
        msg_class="FL",
        msg_type="E",
        msg_number="046",
        msg_v1=name,
    )


def _fail(system: System, name: str) -> None:
    """Raises what a fault says of a call of this function module."""
    if system.faults.lacks(name):
        raise _not_found(name)
    short_dumps = {
        "RFC_NO_AUTHORITY": system.faults.forbids(name),
        "TIME_OUT": system.faults.dumps(name),
    }
    texts = {
        "RFC_NO_AUTHORITY": f"No RFC authorization for function module {name}.",
        "TIME_OUT": "Time limit exceeded.",
    }
    for key, strikes in short_dumps.items():
        if strikes:
            raise RfcError(**{"class": "ABAPRuntimeError"}, message=texts[key], code=3, key=key)


def call(system: System, session: Session, name: str, params: Mapping[str, Any]) -> Result:
    """Runs a function module; fields that its result leaves out are initial.

    Raises RfcError as the client shall raise it, ConnectionBrokenError for a fault.
    """
    _fail(system, name)
    for line in describe(name)["parameters"]:
        direction, parameter, *kind = line.split()
        if direction == "IMPORT" and kind[-1] != "OPTIONAL" and parameter not in params:
            raise RfcError(
                **{"class": "ABAPRuntimeError"},
                message=f"Parameter {parameter} of {name} is missing",
                code=3,
                key="CALL_FUNCTION_PARM_MISSING",
            )
    return _MODULES[name](system, session, params)


def _ping(_system: System, _session: Session, _params: Mapping[str, Any]) -> Result:
    return {}


def _echo(system: System, session: Session, params: Mapping[str, Any]) -> Result:
    now = datetime.now(UTC)
    return {
        "ECHOTEXT": params.get("REQUTEXT", ""),
        "RESPTEXT": (
            f"SAP R/3 Rel. 757   Sysid: {SYSTEM_ID}      Date: {now:%Y%m%d}   "
            f"Time: {now:%H%M%S}   Logon_Data: {client(system.settings)}/{session.user}/E"
        ),
    }


def _create(system: System, session: Session, params: Mapping[str, Any]) -> Result:
    _break(system, "before_create")
    draft, rows = create(system, params, session.user)
    if draft is not None:
        session.pending.append(draft)
    _break(system, "after_create")
    return {"RETURN": rows, "SALESDOCUMENT": draft.number if draft else ""}


def _change(system: System, session: Session, params: Mapping[str, Any]) -> Result:
    _break(system, "before_change")
    draft, rows = change(system, params, session.user)
    if draft is not None:
        session.pending.append(draft)
    _break(system, "after_change")
    return {"RETURN": rows}


def _commit(system: System, session: Session, params: Mapping[str, Any]) -> Result:
    _break(system, "before_commit")
    drafts, session.pending = session.pending, []
    if system.faults.holds_commit():
        system.hold(drafts)
        raise ConnectionBrokenError("hold_commit")
    system.stopping.wait(system.faults.commit_delay())
    saved = True
    if params.get("WAIT"):
        saved = system.save(drafts)
    elif drafts:
        system.save_later(drafts)
    _break(system, "after_commit")
    return {} if saved else {"RETURN": bapiret2(m.NOT_UPDATED)}


def _rollback(_system: System, session: Session, _params: Mapping[str, Any]) -> Result:
    session.pending = []
    return {}


def _get_status(system: System, _session: Session, params: Mapping[str, Any]) -> Result:
    return get_status(system, params)


def _get_list(system: System, _session: Session, params: Mapping[str, Any]) -> Result:
    return get_list(system, params)


def _simulate(system: System, _session: Session, params: Mapping[str, Any]) -> Result:
    return simulate(system, params)


def _available(system: System, _session: Session, params: Mapping[str, Any]) -> Result:
    return available(system, params)


def _break(system: System, point: str) -> None:
    if system.faults.breaks(point):
        raise ConnectionBrokenError(point)


_MODULES: dict[str, Callable[[System, Session, Mapping[str, Any]], Result]] = {
    "RFC_PING": _ping,
    "STFC_CONNECTION": _echo,
    "BAPI_SALESORDER_CREATEFROMDAT2": _create,
    "BAPI_SALESORDER_CHANGE": _change,
    "BAPI_SALESORDER_GETSTATUS": _get_status,
    "BAPI_SALESORDER_GETLIST": _get_list,
    "BAPI_SALESORDER_SIMULATE": _simulate,
    "BAPI_MATERIAL_AVAILABILITY": _available,
    "BAPI_TRANSACTION_COMMIT": _commit,
    "BAPI_TRANSACTION_ROLLBACK": _rollback,
}
