"""What SAP should not answer, or seldom does, to an export makes no second order and loses none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from decimal import Decimal
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client

from emulators.sap.server import StandIn
from functions.export_order.claim import ExportFailedProblem
from functions.export_order.export import export
from shared.order.handover import HandoverState, ParkReason
from shared.order.model import Order
from shared.sap.rfc import Call, Connect
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.order import order, store_order
from tests.integration.functions.export_order.conftest import DRAWING, LEASE, SYSTEM
from tests.integration.functions.export_order.mishaps import at, fault, in_sap, stored_order

Answer = dict[str, Any]

CREATE, LIST = "BAPI_SALESORDER_CREATEFROMDAT2", "BAPI_SALESORDER_GETLIST"
STATUS = "BAPI_SALESORDER_GETSTATUS"
WARNING = {"TYPE": "W", "ID": "Z9", "NUMBER": "123", "MESSAGE": "So be it", "ROW": 0}


def _altered(connect: Connect, module: str, alter: Callable[[Answer], Answer]) -> Connect:
    """Sessions in which a module answers otherwise."""

    @contextmanager
    def session() -> Iterator[Call]:
        with connect() as call:

            def altered(name: str, **parameters: Any) -> Answer:
                answer = call(name, **parameters)
                return alter(answer) if name == module else answer

            yield altered

    return session


@pytest.mark.parametrize("rows", [[], [WARNING]], ids=["nothing said", "an unknown warning"])
def test_an_order_of_which_sap_gives_no_number_waits_for_a_person(
    firestore: Client, connect: Connect, sap: StandIn, rows: list[Answer]
) -> None:
    accepted = order(number="4000000001-001")
    store_order(firestore, accepted)
    nothing = _altered(connect, CREATE, lambda a: a | {"RETURN": rows, "SALESDOCUMENT": ""})

    export(firestore, nothing, accepted.number, at(NOW), SYSTEM)

    stored = stored_order(firestore, accepted.number)
    assert stored.handover.state is HandoverState.PARKED
    assert stored.handover.parked is not None
    assert stored.handover.parked.reason is ParkReason.REFUSED
    assert in_sap(sap, accepted) == []


@pytest.mark.parametrize("rows", [[], [WARNING]], ids=["nothing said", "an unknown warning"])
def test_an_order_with_its_number_is_created_whatever_is_said(
    firestore: Client, connect: Connect, sap: StandIn, rows: list[Answer]
) -> None:
    accepted = order(number=f"4000000002-00{len(rows)}")
    store_order(firestore, accepted)

    session = _altered(connect, CREATE, lambda answer: answer | {"RETURN": rows})
    export(firestore, session, accepted.number, at(NOW), SYSTEM)

    [there] = in_sap(sap, accepted)
    assert stored_order(firestore, accepted.number).sap_number == there["VBELN"].lstrip("0")


def test_a_sap_that_takes_another_number_than_ours_saves_nothing(
    firestore: Client, connect: Connect, sap: StandIn
) -> None:
    """By its number alone a second sales order is refused."""
    accepted = order(number="4000000003-001")
    store_order(firestore, accepted)
    drawn = _altered(connect, CREATE, lambda answer: answer | {"SALESDOCUMENT": "0000016999"})

    export(firestore, drawn, accepted.number, at(NOW), SYSTEM)

    handover = stored_order(firestore, accepted.number).handover
    assert handover.parked is not None
    assert handover.parked.reason is ParkReason.DENIED
    assert "0000016999" in handover.parked.detail
    assert in_sap(sap, accepted) == []


@pytest.mark.parametrize("system", [SYSTEM, DRAWING], ids=["our number", "SAP's number"])
@pytest.mark.parametrize("kind", ["order", "free_delivery"])
def test_what_people_made_of_an_order_is_not_taken_for_it(
    firestore: Client, connect: Connect, sap: StandIn, system: SourceSystem, kind: str
) -> None:
    accepted = order(number=f"4000000{len(kind):03}-00{1 if system is SYSTEM else 2}")
    store_order(firestore, accepted)
    fault(sap, **{"break": "after_commit", "times": 1})
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, accepted.number, at(NOW), system)
    [first] = in_sap(sap, accepted)
    follow = f"{sap.control_url}/orders/{first['VBELN']}/follow"
    httpx.post(follow, json={"kind": kind}).raise_for_status()

    newest_first = _altered(
        connect, LIST, lambda answer: answer | {"SALES_ORDERS": answer["SALES_ORDERS"][::-1]}
    )
    export(firestore, newest_first, accepted.number, at(NOW + LEASE), system)

    stored = stored_order(firestore, accepted.number)
    assert stored.handover.state is HandoverState.ACCEPTED
    assert stored.sap_number == first["VBELN"].lstrip("0")
    assert len(in_sap(sap, accepted)) == 2


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("0.001"), "much"])
def test_a_net_value_that_cant_be_read_keeps_no_order_from_being_accepted(
    firestore: Client, connect: Connect, sap: StandIn, value: object
) -> None:
    accepted = order(number=f"40000001{len(str(value)):02}-001")
    store_order(firestore, accepted)

    def unreadable(answer: Answer) -> Answer:
        return {"STATUSINFO": [row | {"NET_VALUE": value} for row in answer["STATUSINFO"]]} | {
            "RETURN": answer["RETURN"]
        }

    export(firestore, _altered(connect, STATUS, unreadable), accepted.number, at(NOW), SYSTEM)

    assert stored_order(firestore, accepted.number).handover.state is HandoverState.ACCEPTED
    assert len(in_sap(sap, accepted)) == 1


WORDS = {"MESSAGE": "No sales orders", "LOG_NO": "", "LOG_MSG_NO": "000000"}


@pytest.mark.parametrize(
    ("told", "created"),
    [
        ({"TYPE": "", "CODE": "", **WORDS}, 1),
        ({"TYPE": "W", "CODE": "V1555", **WORDS}, 1),
        ([{"TYPE": "I", "ID": "V1", "NUMBER": "929", **WORDS}], 1),
        ({"TYPE": "E", "CODE": "VP199", **WORDS}, 0),
    ],
    ids=["initial", "a warning", "a table", "an error"],
)
def test_whatever_says_that_there_is_no_order_has_it_created_once_and_an_error_not(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    placed: Callable[..., Order],
    told: object,
    created: int,
) -> None:
    accepted = placed()
    fault(sap, **{"break": "before_create", "times": 1})
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, accepted.number, at(NOW), SYSTEM)

    looked_up = _altered(connect, LIST, lambda answer: answer | {"RETURN": told})
    with nullcontext() if created else pytest.raises(ExportFailedProblem):
        export(firestore, looked_up, accepted.number, at(NOW + LEASE), SYSTEM)

    assert len(in_sap(sap, accepted)) == created
    if not created:
        assert stored_order(firestore, accepted.number).handover.attempts[-1].detail == (
            "No sales orders (VP 199)"
        )
