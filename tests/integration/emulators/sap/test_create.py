"""How strict BAPI_SALESORDER_CREATEFROMDAT2 is, and what its RETURN tells."""

from pathlib import Path
from typing import Any

import pytest

from emulators.sap.client import pyrfc
from emulators.sap.server import serve
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import (
    BLOCKED,
    HUNGARIAN_DOOR,
    LARGE,
    SHIP_TO,
    SMALL,
    SOLD_TO,
    header,
    order_call,
    partners,
    price,
    schedule,
    small_data,
)

CREATE = "BAPI_SALESORDER_CREATEFROMDAT2"
COMMIT = "BAPI_TRANSACTION_COMMIT"


def create(connection: pyrfc.Connection, **changes: Any) -> tuple[str, list[tuple[str, str]]]:
    """The order's number and the type and message of each row of RETURN."""
    answer = connection.call(CREATE, **order_call(**changes))
    rows = [(row["TYPE"], row["ID"] + " " + row["NUMBER"]) for row in answer["RETURN"]]
    return answer["SALESDOCUMENT"], rows


def without(row: dict[str, Any], name: str) -> dict[str, Any]:
    """The row less a field."""
    return {key: value for key, value in row.items() if key != name}


def test_success_tells_of_header_items_and_the_number(connection: pyrfc.Connection) -> None:
    answer = connection.call(CREATE, **order_call())
    head, item, saved = answer["RETURN"]

    assert (head["TYPE"], head["ID"], head["NUMBER"]) == ("S", "V4", "233")
    assert head["PARAMETER"] == "SALES_HEADER_IN"
    assert (item["MESSAGE_V1"], item["MESSAGE_V2"], item["ROW"]) == ("VBAPKOM", "000010", 1)
    assert (saved["ID"], saved["NUMBER"]) == ("V1", "311")
    assert saved["MESSAGE_V2"] == answer["SALESDOCUMENT"].lstrip("0")
    assert len(answer["SALESDOCUMENT"]) == 10


item = {"ITM_NUMBER": "000010", "MATERIAL": SMALL}


@pytest.mark.parametrize(
    "changes",
    [
        *({"ORDER_HEADER_IN": without(header(), name)} for name in ("DOC_TYPE", "SALES_ORG")),
        *({"ORDER_HEADER_IN": without(header(), name)} for name in ("DISTR_CHAN", "DIVISION")),
        {"ORDER_HEADER_IN": header(DOC_TYPE="ZZ")},
        {"ORDER_HEADER_IN": header(SALES_ORG="9999")},
        {"SALESDOCUMENTIN": "0000000001"},
        {"ORDER_PARTNERS": None},
        {"ORDER_PARTNERS": partners(SOLD_TO, SHIP_TO)[:1]},
        {"ORDER_PARTNERS": partners(SOLD_TO, SHIP_TO)[1:]},
        {"ORDER_PARTNERS": partners(SOLD_TO.lstrip("0"), SHIP_TO)},
        {"ORDER_PARTNERS": partners(SOLD_TO, SHIP_TO.lstrip("0"))},
        {"ORDER_PARTNERS": partners(SOLD_TO, HUNGARIAN_DOOR)},
        {"ORDER_PARTNERS": partners(BLOCKED, "0000200003")},
        {"ORDER_ITEMS_IN": None},
        {"ORDER_ITEMS_IN": [without(item, "MATERIAL")]},
        {"ORDER_ITEMS_IN": [without(item, "ITM_NUMBER")]},
        {"ORDER_ITEMS_IN": [item, item]},
        {"ORDER_ITEMS_IN": [item | {"MATERIAL": SMALL.lstrip("0")}]},
        {"ORDER_ITEMS_IN": [item | {"PLANT": "XX01"}]},
        {"ORDER_ITEMS_IN": [item | {"SALES_UNIT": "PC"}]},
        {"ORDER_SCHEDULES_IN": None},
        {"ORDER_SCHEDULES_IN": [schedule("000010", "0")]},
        {"ORDER_SCHEDULES_IN": [schedule("000010", "1.5")]},
        {"ORDER_SCHEDULES_IN": [schedule("000010", "5"), schedule("000020", "5")]},
        {"ORDER_CONDITIONS_IN": [price("000020", "1", "EUR")]},
        {"ORDER_CONDITIONS_IN": [price("000010", "1", "USD")]},
        {"ORDER_CONDITIONS_IN": [price("000010", "1.005", "EUR")]},
        {"ORDER_CONDITIONS_IN": [price("000010", "1", "EUR") | {"COND_TYPE": "ZZZZ"}]},
        {"INT_NUMBER_ASSIGNMENT": "X"},
    ],
)
def test_faulty_content_makes_no_document(
    sap: Sap, connection: pyrfc.Connection, changes: dict
) -> None:
    number, rows = create(connection, **changes)
    connection.call(COMMIT, WAIT="X")

    assert number == ""
    assert rows[-1] == ("E", "V4 219")
    assert len(rows) > 1
    assert {kind for kind, _ in rows} == {"E"}
    assert sap.orders() == []


def test_only_flagged_fields_count(sap: Sap, connection: pyrfc.Connection) -> None:
    flags = {"UPDATEFLAG": "I", **dict.fromkeys(without(header(), "PURCH_NO_C"), "X")}
    create(connection, ORDER_HEADER_INX=flags)
    connection.call(COMMIT, WAIT="X")

    (order,) = sap.orders()
    assert order["PURCH_NO_C"] == ""


def test_an_unflagged_quantity_is_none(connection: pyrfc.Connection) -> None:
    flags = [{"ITM_NUMBER": "000010", "SCHED_LINE": "0001", "UPDATEFLAG": "I", "REQ_DATE": "X"}]
    number, rows = create(connection, ORDER_SCHEDULES_INX=flags)

    assert (number, rows[-1]) == ("", ("E", "V4 219"))


def test_full_flags_make_the_order(connection: pyrfc.Connection) -> None:
    key = {"ITM_NUMBER": "000010", "UPDATEFLAG": "I"}
    values = ("COND_VALUE", "CURRENCY", "COND_UNIT", "COND_P_UNT")
    number, rows = create(
        connection,
        ORDER_HEADER_INX={"UPDATEFLAG": "I", **dict.fromkeys(header(), "X")},
        ORDER_ITEMS_INX=[key | {"MATERIAL": "X"}],
        ORDER_SCHEDULES_INX=[key | {"SCHED_LINE": "0001", "REQ_QTY": "X"}],
        ORDER_CONDITIONS_INX=[key | {"COND_TYPE": "PR00"} | dict.fromkeys(values, "X")],
    )

    assert number
    assert ("W", "V1 555") not in rows


@pytest.mark.parametrize("flag", ["", "U"])
def test_another_update_flag_than_insert_is_refused(
    connection: pyrfc.Connection, flag: str
) -> None:
    flags = {"UPDATEFLAG": flag, **dict.fromkeys(header(), "X")}

    assert create(connection, ORDER_HEADER_INX=flags)[0] == ""


def test_an_item_without_price_is_incomplete_but_saved(connection: pyrfc.Connection) -> None:
    number, rows = create(connection, ORDER_CONDITIONS_IN=None)

    assert number
    assert ("W", "V1 555") in rows


def test_over_the_credit_limit_the_order_is_saved_and_blocked(tmp_path: Path) -> None:
    with serve(small_data(credit_limit="100.00"), tmp_path) as stand_in:
        with pyrfc.Connection(**stand_in.destination) as connection:
            answers = []
            for _ in range(2):
                answers.append(create(connection))
                connection.call(COMMIT, WAIT="X")
        orders = stand_in.system.orders()

    assert [order.credit for order in orders] == ["A", "B"]
    assert [kind for kind, _ in answers[0][1]] == ["S", "S", "S"]
    assert [kind for kind, _ in answers[1][1]] == ["S", "S", "W", "S"]


@pytest.mark.parametrize("switch", [{"TESTRUN": "X"}, {"BEHAVE_WHEN_ERROR": "R"}])
def test_a_test_run_draws_no_number(
    sap: Sap, connection: pyrfc.Connection, switch: dict[str, str]
) -> None:
    before = create(connection)[0]
    number, rows = create(connection, **switch)
    after = create(connection)[0]

    assert number == ""
    assert {kind for kind, _ in rows} == {"S"}
    assert int(after) == int(before) + 1


def test_saving_in_spite_of_errors_keeps_the_correct_items(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    number, rows = create(
        connection,
        BEHAVE_WHEN_ERROR="P",
        ORDER_ITEMS_IN=[item, {"ITM_NUMBER": "000020", "MATERIAL": "UNKNOWN"}],
        ORDER_SCHEDULES_IN=[schedule("000010", "5"), schedule("000020", "5")],
    )
    connection.call(COMMIT, WAIT="X")

    assert number
    assert ("E", "V1 382") in rows
    (order,) = sap.orders()
    assert [row["MATERIAL"] for row in order["items"]] == [SMALL]


def test_a_lock_is_told_as_in_sap(sap: Sap, connection: pyrfc.Connection) -> None:
    sap.fault(lock=True, times=1)

    assert create(connection)[1][0] == ("E", "V1 042")
    assert create(connection)[0]


def test_a_material_can_be_refused(sap: Sap, connection: pyrfc.Connection) -> None:
    sap.fault(reject_material=LARGE.lstrip("0"))
    large = [{"ITM_NUMBER": "000010", "MATERIAL": LARGE}]

    assert create(connection)[0]
    assert create(connection, ORDER_ITEMS_IN=large)[0] == ""


@pytest.mark.parametrize("name", ["ORDER_ITEM_IN", "SALESDOCUMENT"])
def test_an_unknown_parameter_is_refused(connection: pyrfc.Connection, name: str) -> None:
    with pytest.raises(pyrfc.ExternalRuntimeError, match=f"field '{name}' not found") as caught:
        create(connection, **{name: []})

    assert (caught.value.code, caught.value.key) == (20, "RFC_INVALID_PARAMETER")


def test_an_unknown_field_is_refused(connection: pyrfc.Connection) -> None:
    with pytest.raises(pyrfc.ExternalRuntimeError, match="field 'PURCH_NO' not found"):
        create(connection, ORDER_HEADER_IN=header(PURCH_NO="1"))


def test_too_long_a_purchase_order_is_refused(connection: pyrfc.Connection) -> None:
    with pytest.raises(pyrfc.ExternalRuntimeError, match=r"field 'PURCH_NO_C' CHAR\(35\)"):
        create(connection, ORDER_HEADER_IN=header("x" * 36))
    assert create(connection, ORDER_HEADER_IN=header("x" * 35))[0]


@pytest.mark.parametrize("day", ["20270230", "2027-02-01", 20270201])
def test_a_date_that_is_none_is_refused(connection: pyrfc.Connection, day: object) -> None:
    with pytest.raises(TypeError) as caught:
        create(connection, ORDER_SCHEDULES_IN=[schedule("000010", "5", REQ_DATE=day)])

    assert caught.value.args[-2:] == ("REQ_DATE", "ORDER_SCHEDULES_IN")


def test_a_whole_number_is_no_quantity(connection: pyrfc.Connection) -> None:
    with pytest.raises(TypeError, match="a decimal value required, received"):
        create(connection, ORDER_SCHEDULES_IN=[{"ITM_NUMBER": "000010", "REQ_QTY": 5}])


def test_many_items_go_in_one_call(sap: Sap, connection: pyrfc.Connection) -> None:
    numbers = [f"{10 * n:06d}" for n in range(1, 501)]
    number, _ = create(
        connection,
        ORDER_ITEMS_IN=[{"ITM_NUMBER": n, "MATERIAL": SMALL} for n in numbers],
        ORDER_SCHEDULES_IN=[schedule(n, "1") for n in numbers],
        ORDER_CONDITIONS_IN=[price(n, "0.01", "EUR") for n in numbers],
    )
    connection.call(COMMIT, WAIT="X")

    (order,) = sap.orders()
    assert (order["VBELN"], order["NET_VALUE"], len(order["items"])) == (number, "5.00", 500)
