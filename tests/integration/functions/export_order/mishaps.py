"""What goes wrong between an export and SAP, on request, and what is found here and there after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import httpx
from google.cloud.firestore import Client
from hypothesis import strategies as st

from emulators.sap.server import StandIn
from functions.export_order.claim import ExportFailedProblem
from shared.order import repository as orders
from shared.order.model import Order
from shared.sap.circuit import release
from shared.sap.rfc import Call, Connect
from tests.factories.sap import ECC

KILLS = st.tuples(
    st.just("killed"),
    st.sampled_from(
        ["BAPI_SALESORDER_GETLIST", "BAPI_SALESORDER_CREATEFROMDAT2", "BAPI_TRANSACTION_COMMIT"]
    ),
    st.sampled_from(["before", "after"]),
)
BREAKS = st.tuples(
    st.just("break"),
    st.sampled_from(["before_create", "after_create", "before_commit", "after_commit"]),
    st.just(""),
)
OTHERS = st.sampled_from([("down", "", ""), ("lock", "", ""), ("logon", "", "")])


class Killed(BaseException):
    """The process dies here: nothing after it runs but the closing of its sockets."""


def stored_order(db: Client, number: str) -> Order:
    """The order as it is kept here."""
    return orders.parse(orders.reference(db, number).get().to_dict(), "100001")


def in_sap(sap: StandIn, accepted: Order) -> list[dict[str, Any]]:
    """SAP's sales orders of it."""
    listed = httpx.get(f"{sap.control_url}/orders").json()
    return [one for one in listed if one["PURCH_NO_C"].startswith(accepted.number)]


def fault(sap: StandIn, **plan: Any) -> None:
    """Has something go wrong in SAP from now on."""
    httpx.put(f"{sap.control_url}/faults", json=plan).raise_for_status()


def killed_at(connect: Connect, function: str, when: str) -> Connect:
    """Sessions whose process dies before or after a call."""

    def die() -> None:
        raise Killed

    return watched(connect, function, when, die)


def watched(connect: Connect, function: str, when: str, happens: Callable[[], object]) -> Connect:
    """Sessions in which something happens "before" or "after" a call."""

    @contextmanager
    def session() -> Iterator[Call]:
        with connect() as call:

            def calling(name: str, **parameters: Any) -> dict[str, Any]:
                if (name, when) == (function, "before"):
                    happens()
                answer = call(name, **parameters)
                if (name, when) == (function, "after"):
                    happens()
                return answer

            yield calling

    return session


def at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands."""
    return lambda: moment


def suffer(
    db: Client,
    connect: Connect,
    sap: StandIn,
    number: str,
    mishap: tuple[str, str, str],
    now: datetime,
    export: Callable[..., None],
) -> None:
    """An export that meets a mishap of KILLS, BREAKS or OTHERS, after which all is well again."""
    kind, where, when = mishap
    plans: dict[str, dict[str, Any]] = {
        "break": {"break": where, "times": 1},
        "down": {"down": True},
        "lock": {"lock": True, "times": 1},
        "logon": {"logon": "refused", "times": 1},
    }
    if kind in plans:
        fault(sap, **plans[kind])
    try:
        export(
            db, killed_at(connect, where, when) if kind == "killed" else connect, number, at(now)
        )
    except (Killed, ExportFailedProblem):
        pass
    finally:
        httpx.delete(f"{sap.control_url}/faults").raise_for_status()
        if kind == "logon":
            release(db, ECC.logical_system, "Maria Berg", now)
