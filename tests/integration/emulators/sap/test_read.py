"""What GETSTATUS and GETLIST tell about saved orders."""

from decimal import Decimal
from typing import Any

import pytest

from emulators.sap.client import pyrfc
from shared.sap.sales_order import lookup_refusal
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import (
    HUNGARIAN,
    HUNGARIAN_DOOR,
    LARGE,
    SMALL,
    SOLD_TO,
    order_call,
    partners,
    price,
    schedule,
)


def save(connection: pyrfc.Connection, **changes: Any) -> str:
    """Creates and commits an order; its number."""
    number: str = connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **order_call(**changes))[
        "SALESDOCUMENT"
    ]
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    return number


def status(connection: pyrfc.Connection, number: str) -> list[dict[str, Any]]:
    """STATUSINFO of an order."""
    rows: list[dict[str, Any]] = connection.call("BAPI_SALESORDER_GETSTATUS", SALESDOCUMENT=number)[
        "STATUSINFO"
    ]
    return rows


def listed(connection: pyrfc.Connection, **changes: Any) -> list[dict[str, Any]]:
    """SALES_ORDERS of the German customer."""
    query = {"CUSTOMER_NUMBER": SOLD_TO, "SALES_ORGANIZATION": "1000"} | changes
    rows: list[dict[str, Any]] = connection.call("BAPI_SALESORDER_GETLIST", **query)["SALES_ORDERS"]
    return rows


def test_status_has_a_row_for_each_item(connection: pyrfc.Connection) -> None:
    number = save(
        connection,
        ORDER_ITEMS_IN=[
            {"ITM_NUMBER": "000010", "MATERIAL": SMALL},
            {"ITM_NUMBER": "000020", "MATERIAL": LARGE, "PO_ITM_NO": "20"},
        ],
        ORDER_SCHEDULES_IN=[schedule("000010", "5"), schedule("000020", "8")],
    )
    small, large = status(connection, number)

    assert (small["ITM_NUMBER"], small["MATERIAL"]) == ("000010", SMALL)
    assert (small["REQ_QTY"], small["CUM_CF_QTY"]) == (Decimal("5.000"), Decimal("5.000"))
    assert (large["REQ_QTY"], large["CUM_CF_QTY"]) == (Decimal("8.000"), Decimal("5.000"))
    assert (large["PO_ITM_NO"], large["DELIV_NUMB"]) == ("20", "")


def test_status_has_a_row_for_each_delivery_of_an_item(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    number = save(connection)
    kept, deleted, rest = (
        sap.post(f"/orders/{number}/ship", items={"000010": pieces}).json()["number"]
        for pieces in ("1", "1", "2")
    )
    sap.post(f"/deliveries/{deleted}/cancel").raise_for_status()
    sap.post(f"/orders/{number}/reject").raise_for_status()
    first, second = status(connection, number)

    assert [first["DELIV_NUMB"], second["DELIV_NUMB"]] == [kept, rest]
    assert [first["DLV_QTY"], second["DLV_QTY"]] == [Decimal("1.000"), Decimal("2.000")]
    assert first["REQ_QTY"] == second["REQ_QTY"] == Decimal("5.000")
    assert {first["REA_FOR_RE"], second["REA_FOR_RE"]} == {"01"}


def test_amounts_in_currency_fields_are_shifted(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(
        connection,
        ORDER_PARTNERS=partners(HUNGARIAN, HUNGARIAN_DOOR),
        ORDER_CONDITIONS_IN=[price("000010", "12990", "HUF")],
    )
    (row,) = status(connection, number)

    assert (row["NET_PRICE"], row["NET_VALUE"]) == (Decimal("129.90"), Decimal("649.50"))
    assert [order["NET_VALUE"] for order in sap.orders()] == ["64950"]


def test_an_unknown_order_is_told_in_return(connection: pyrfc.Connection) -> None:
    answer = connection.call("BAPI_SALESORDER_GETSTATUS", SALESDOCUMENT="0000000001")

    assert answer["STATUSINFO"] == []
    assert (answer["RETURN"]["TYPE"], answer["RETURN"]["CODE"]) == ("E", "V1302")


def test_numbers_without_their_zeros_are_unknown(connection: pyrfc.Connection) -> None:
    number = save(connection)

    assert status(connection, number)
    assert status(connection, number.lstrip("0")) == []


def test_an_order_is_found_by_customer_and_purchase_order(connection: pyrfc.Connection) -> None:
    number = save(connection)
    (row,) = listed(connection, PURCHASE_ORDER_NUMBER="7K3Q9XZ4M2-001/PO 1")

    assert (row["SD_DOC"], row["SOLD_TO"]) == (number, SOLD_TO)
    assert row["PURCH_NO_C"] == "7K3Q9XZ4M2-001/PO 1"
    assert row["NET_VAL_HD"] == Decimal("62.50")


@pytest.mark.parametrize(
    "query",
    [
        {"PURCHASE_ORDER_NUMBER": "7K3Q9XZ4M2-001/PO 2"},
        {"PURCHASE_ORDER_NUMBER": "7K3Q9XZ4M2-001"},
        {"CUSTOMER_NUMBER": SOLD_TO.lstrip("0")},
        {"CUSTOMER_NUMBER": HUNGARIAN},
        {"SALES_ORGANIZATION": "3000"},
        {"MATERIAL": LARGE},
        {"DOCUMENT_DATE": "20200101", "DOCUMENT_DATE_TO": "20200131"},
    ],
)
def test_another_query_finds_nothing(connection: pyrfc.Connection, query: dict) -> None:
    save(connection)

    assert listed(connection)
    assert listed(connection, **query) == []


def test_that_a_customer_has_no_orders_is_told_and_no_error(connection: pyrfc.Connection) -> None:
    query: dict[str, Any] = {"CUSTOMER_NUMBER": SOLD_TO, "SALES_ORGANIZATION": "1000"}
    answer = connection.call("BAPI_SALESORDER_GETLIST", **query)

    assert answer["SALES_ORDERS"] == []
    assert answer["RETURN"]["TYPE"] == "I"
    assert lookup_refusal(answer) is None
    save(connection)
    assert connection.call("BAPI_SALESORDER_GETLIST", **query)["RETURN"]["TYPE"] == ""


def test_the_list_lacks_what_is_not_committed(sap: Sap, connection: pyrfc.Connection) -> None:
    connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **order_call())
    with sap.connect() as other:
        assert listed(other) == []
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    with sap.connect() as other:
        assert len(listed(other)) == 1


def test_long_purchase_orders_are_cut_in_the_short_field(connection: pyrfc.Connection) -> None:
    purchase_order = "7K3Q9XZ4M2-001/1234567890-1234567890"[:35]
    header = order_call(purchase_order)["ORDER_HEADER_IN"]
    save(connection, ORDER_HEADER_IN=header)
    (row,) = listed(connection, PURCHASE_ORDER_NUMBER=purchase_order)

    assert (row["PURCH_NO"], row["PURCH_NO_C"]) == (purchase_order[:20], purchase_order)


def test_results_can_be_reduced(connection: pyrfc.Connection) -> None:
    query = {"CUSTOMER_NUMBER": SOLD_TO, "SALES_ORGANIZATION": "1000"}
    options = {"not_requested": "EXTENSIONIN", "return_import_params": True}
    answer = connection.call("BAPI_SALESORDER_GETLIST", options, **query)

    assert "EXTENSIONIN" not in answer
    assert answer["CUSTOMER_NUMBER"] == SOLD_TO
