"""BAPI_SALESORDER_CHANGE: what it takes, what it refuses, what it publishes."""

from decimal import Decimal
from typing import Any

import pytest

from emulators.sap.client import pyrfc
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import SMALL
from tests.integration.emulators.sap.test_changes import messages, save

ITEM = {"ITM_NUMBER": "000010"}
LINE = {**ITEM, "SCHED_LINE": "0001"}


def requantified(number: str, quantity: str, **overrides: Any) -> dict[str, Any]:
    """A call that changes the first item's quantity."""
    call: dict[str, Any] = {
        "SALESDOCUMENT": number,
        "ORDER_HEADER_INX": {"UPDATEFLAG": "U"},
        "SCHEDULE_LINES": [{**LINE, "REQ_QTY": quantity}],
        "SCHEDULE_LINESX": [{**LINE, "UPDATEFLAG": "U", "REQ_QTY": "X"}],
    }
    return call | overrides


def rejected(number: str, reason: str = "ZS") -> dict[str, Any]:
    """A call that rejects the first item."""
    return {
        "SALESDOCUMENT": number,
        "ORDER_HEADER_INX": {"UPDATEFLAG": "U"},
        "ORDER_ITEM_IN": [{**ITEM, "REASON_REJ": reason}],
        "ORDER_ITEM_INX": [{**ITEM, "UPDATEFLAG": "U", "REASON_REJ": "X"}],
    }


def change(connection: pyrfc.Connection, call: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Class and number of what SAP answers."""
    rows = connection.call("BAPI_SALESORDER_CHANGE", **call)["RETURN"]
    return [(row["TYPE"], row["ID"], row["NUMBER"]) for row in rows]


def test_a_quantity_counts_from_the_commit_on(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection, SMALL, "5")
    answer = change(connection, requantified(number, "8"))
    assert answer[-1] == ("S", "V1", "311")
    assert sap.orders()[0]["items"][0]["REQ_QTY"] == "5.000"

    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")

    (item,) = sap.orders()[0]["items"]
    assert (item["REQ_QTY"], item["CONFIR_QTY"]) == ("8.000", "8.000")
    created, changed = (one["IDOCS"][0] for one in messages(sap, "sap-orders", 2))
    [told] = changed["E1EDP01"]
    assert (told["POSEX"], told["MENGE"], told["ABGRU"]) == ("000010", "8.000", "")
    assert changed["Z1CREATED"] == created["Z1CREATED"]
    row = messages(sap, "sap-inventory", 2)[1]["ROWS"][0]
    assert (row["OMENG"], row["CHANGED"]) == ("8.000", changed["EDI_DC40"]["SERIAL"])


def test_sending_it_twice_is_as_sending_it_once(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection, SMALL, "5")
    for _ in range(2):
        change(connection, requantified(number, "2"))
        connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    assert sap.orders()[0]["items"][0]["REQ_QTY"] == "2.000"
    assert messages(sap, "sap-inventory", 2)[-1]["ROWS"][0]["OMENG"] == "2.000"


def test_a_rejected_item_takes_no_stock(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection, SMALL, "5")
    change(connection, rejected(number))
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    (row,) = connection.call("BAPI_SALESORDER_GETSTATUS", SALESDOCUMENT=number)["STATUSINFO"]
    assert (row["REA_FOR_RE"], row["REQ_QTY"]) == ("ZS", Decimal("5.000"))
    assert messages(sap, "sap-inventory", 2)[1]["ROWS"][0]["OMENG"] == "0.000"
    assert change(connection, requantified(number, "8"))[-1] == ("E", "V4", "219")


def test_what_is_not_committed_is_lost(sap: Sap) -> None:
    with sap.connect() as one:
        number = save(one, SMALL, "5")
        change(one, requantified(number, "8"))
        one.call("BAPI_TRANSACTION_ROLLBACK")
        one.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    assert sap.orders()[0]["items"][0]["REQ_QTY"] == "5.000"


@pytest.mark.parametrize(
    "overrides",
    [
        {"ORDER_HEADER_INX": {"UPDATEFLAG": "I"}},
        {"ORDER_HEADER_INX": {}},
        {"SCHEDULE_LINESX": []},
        {"SCHEDULE_LINESX": [{**LINE, "UPDATEFLAG": "I", "REQ_QTY": "X"}]},
        {"SCHEDULE_LINESX": [{**LINE, "UPDATEFLAG": "U"}]},
        {"SCHEDULE_LINES": [{**LINE, "REQ_QTY": "0"}]},
        {"SCHEDULE_LINES": [{**LINE, "REQ_QTY": "1.5"}]},
        {
            "SCHEDULE_LINES": [{**LINE, "ITM_NUMBER": "000020", "REQ_QTY": "1"}],
            "SCHEDULE_LINESX": [
                {**LINE, "ITM_NUMBER": "000020", "UPDATEFLAG": "U", "REQ_QTY": "X"}
            ],
        },
        {"SALESDOCUMENT": "4711"},
    ],
)
def test_it_refuses_what_is_not_right(
    sap: Sap, connection: pyrfc.Connection, overrides: dict[str, Any]
) -> None:
    number = save(connection, SMALL, "5")
    answer = change(connection, requantified(number, "8", **overrides))
    assert {kind for kind, _, _ in answer} == {"E"}
    assert answer[-1] == ("E", "V4", "219")
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    assert sap.orders()[0]["items"][0]["REQ_QTY"] == "5.000"


def test_a_reason_that_is_not_customized(connection: pyrfc.Connection) -> None:
    assert change(connection, rejected(save(connection, SMALL, "5"), "QQ"))[0][0] == "E"


def test_what_was_shipped_stays(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection, SMALL, "5")
    sap.post(f"/orders/{number}/ship").raise_for_status()
    assert change(connection, requantified(number, "4"))[0][0] == "E"
    assert change(connection, rejected(number))[0][0] == "E"


def test_a_locked_order(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection, SMALL, "5")
    sap.fault(lock=True, times=1)
    assert change(connection, requantified(number, "8"))[0] == ("E", "V1", "042")
    assert change(connection, requantified(number, "8"))[-1] == ("S", "V1", "311")


def test_a_field_that_there_is_not(connection: pyrfc.Connection) -> None:
    number = save(connection, SMALL, "5")
    with pytest.raises(pyrfc.RFCError, match="field 'ORDER_ITEMS_IN' not found"):
        connection.call("BAPI_SALESORDER_CHANGE", **requantified(number, "8"), ORDER_ITEMS_IN=[])
