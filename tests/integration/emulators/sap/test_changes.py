"""What SAP publishes by itself, and what persons do to orders and stock."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulators.sap.client import pyrfc
from emulators.sap.server import serve
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import (
    LARGE,
    SMALL,
    header,
    order_call,
    schedule,
    small_data,
    stock_row,
)
from tests.support.wait import wait_until


def save(connection: pyrfc.Connection, material: str, quantity: str, **line: str) -> str:
    """Orders some pieces of one material; the order's number."""
    number: str = connection.call(
        "BAPI_SALESORDER_CREATEFROMDAT2",
        **order_call(
            ORDER_ITEMS_IN=[{"ITM_NUMBER": "000010", "MATERIAL": material}],
            ORDER_SCHEDULES_IN=[schedule("000010", quantity, **line)],
        ),
    )["SALESDOCUMENT"]
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    return number


def messages(sap: Sap, topic: str, count: int) -> list[Mapping[str, Any]]:
    """The payloads of a topic, once there are `count`."""

    def arrived() -> list[Mapping[str, Any]]:
        return [payload for name, payload in sap.published if name == topic]

    wait_until(lambda: len(arrived()) >= count, what=f"{count} messages on {topic}")
    return arrived()


def day(days: int) -> str:
    """Today and some days, as SAP writes it."""
    return f"{datetime.now(UTC) + timedelta(days=days):%Y%m%d}"


def test_a_commit_publishes_the_response_and_the_stock(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    number = save(connection, SMALL, "5")
    (response,) = messages(sap, "sap-orders", 1)
    (inventory,) = messages(sap, "sap-inventory", 1)

    (idoc,) = response["IDOCS"]
    assert idoc["EDI_DC40"]["MESTYP"] == "ORDRSP"
    assert len(idoc["EDI_DC40"]["SERIAL"]) == 20
    [head] = idoc["E1EDK01"]
    assert (head["BELNR"], head["CURCY"], head["LIFSK"]) == (number, "EUR", "")
    assert {"QUALF": "001", "BELNR": "7K3Q9XZ4M2-001/PO 1"} in idoc["E1EDK02"]
    [item] = idoc["E1EDP01"]
    assert (item["POSEX"], item["MENGE"], item["ABGRU"]) == ("000010", "5.000", "")
    assert item["E1EDP20"] == [{"WMENG": "5.000", "EDATU": day(0)}]
    assert item["E1EDP19"] == [{"QUALF": "002", "IDTNR": SMALL}]
    (row,) = inventory["ROWS"]
    assert (row["MATNR"], row["LABST"], row["OMENG"]) == (SMALL, "100.000", "5.000")
    assert row["CHANGED"] >= idoc["Z1CREATED"][0]["ERDAT_TS"]


def test_short_stock_is_confirmed_in_part(sap: Sap, connection: pyrfc.Connection) -> None:
    save(connection, LARGE, "8")
    save(connection, LARGE, "1")
    responses = messages(sap, "sap-orders", 2)

    lines = [response["IDOCS"][0]["E1EDP01"][0]["E1EDP20"] for response in responses]
    assert [[line["WMENG"] for line in each] for each in lines] == [["5.000"], ["0.000"]]


def test_a_pre_order_is_confirmed_in_full_and_takes_no_stock(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    call = order_call(
        ORDER_HEADER_IN=header(DOC_TYPE="ZPRE"), ORDER_SCHEDULES_IN=[schedule("000010", "5000")]
    )
    connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **call)
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    (response,) = messages(sap, "sap-orders", 1)

    assert [line["WMENG"] for line in response["IDOCS"][0]["E1EDP01"][0]["E1EDP20"]] == ["5000.000"]
    save(connection, SMALL, "100")
    (inventory,) = messages(sap, "sap-inventory", 1)
    assert inventory["ROWS"][0]["OMENG"] == "100.000"


def test_a_rejection_frees_the_stock(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection, SMALL, "5")
    sap.post(f"/orders/{number}/reject", ABGRU="02").raise_for_status()
    _, rejected = messages(sap, "sap-orders", 2)
    before, after = messages(sap, "sap-inventory", 2)

    (idoc,) = rejected["IDOCS"]
    assert idoc["E1EDP01"][0]["ABGRU"] == "02"
    assert idoc["E1EDP01"][0]["E1EDP20"] == []
    assert (before["ROWS"][0]["OMENG"], after["ROWS"][0]["OMENG"]) == ("5.000", "0.000")
    assert after["ROWS"][0]["CHANGED"] > before["ROWS"][0]["CHANGED"]
    (row,) = connection.call("BAPI_SALESORDER_GETSTATUS", SALESDOCUMENT=number)["STATUSINFO"]
    assert (row["REA_FOR_RE"], row["CUM_CF_QTY"]) == ("02", Decimal("0.000"))


def test_new_stock_lets_an_order_be_confirmed(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection, LARGE, "8")
    receipts = [{"DAT00": day(7), "MNG01": "2.000"}]
    sap.post("/stock", MATNR=LARGE, WERKS="EU01", LABST="6.000", RECEIPTS=receipts)
    sap.post(f"/orders/{number.lstrip('0')}/confirm").raise_for_status()
    first, second = (message["IDOCS"][0] for message in messages(sap, "sap-orders", 2))

    assert [line["WMENG"] for line in first["E1EDP01"][0]["E1EDP20"]] == ["5.000"]
    assert [(line["WMENG"], line["EDATU"]) for line in second["E1EDP01"][0]["E1EDP20"]] == [
        ("6.000", day(0)),
        ("2.000", day(7)),
    ]
    assert second["EDI_DC40"]["SERIAL"] > first["EDI_DC40"]["SERIAL"]
    row = messages(sap, "sap-inventory", 2)[1]["ROWS"][0]
    assert (row["LABST"], row["OMENG"], row["RECEIPTS"]) == ("6.000", "8.000", receipts)


def test_publishing_sends_all_master_data_in_packets(sap: Sap) -> None:
    kinds = ["products", "prices", "customers", "inventory"]
    answer = sap.post("/publish", kinds=kinds).json()

    assert answer == {"messages": {"products": 1, "prices": 0, "customers": 2, "inventory": 1}}
    topics = [topic for topic, _ in sap.published]
    assert topics == ["sap-products", "sap-customers", "sap-customers", "sap-inventory"]
    assert len(sap.published[1][1]["IDOCS"]) == 3
    assert [row["MATNR"] for row in sap.published[3][1]["ROWS"]] == [SMALL, LARGE]


def test_a_resent_idoc_has_a_new_number_and_its_old_stamp(sap: Sap) -> None:
    for _ in range(2):
        sap.post("/publish", kinds=["products"])
    first, second = (payload["IDOCS"][0]["EDI_DC40"] for _, payload in sap.published)

    assert first["DOCNUM"] < second["DOCNUM"]
    assert first["SERIAL"] == second["SERIAL"]


def test_packets_hold_at_most_fifty_idocs_or_five_thousand_rows(tmp_path: Path) -> None:
    published: list[tuple[str, Any]] = []
    data = small_data(
        articles=small_data().articles * 120,
        stock=[stock_row(f"{n:017d}1", "1.000", []) for n in range(5001)],
    )

    def publish(topic: str, payload: Any, attributes: Any = None) -> None:
        published.append((topic, payload))

    with serve(data, tmp_path, publish=publish) as stand_in:
        Sap(stand_in, published).post("/publish", kinds=["products", "inventory"])

    sizes = [len(rows) for _, payload in published for rows in payload.values()]
    assert sizes == [50, 50, 20, 5000, 1]


def test_bad_requests_are_told(sap: Sap) -> None:
    assert sap.post("/publish", kinds=["weather"]).status_code == 422
    assert sap.post("/stock", MATNR=SMALL, WERKS="XX01").status_code == 404
    assert sap.post("/orders/1/confirm").status_code == 404
    assert sap.post("/orders/1/reject", reason="x").status_code == 422


def test_a_restart_keeps_orders_stock_and_number_range(tmp_path: Path) -> None:
    numbers = []
    for _ in range(2):
        with (
            serve(small_data(), tmp_path) as stand_in,
            pyrfc.Connection(**stand_in.destination) as connection,
        ):
            numbers.append(save(connection, LARGE, "4"))
            orders = stand_in.system.orders()
            rows = {row.material: row for row in stand_in.system.stock()}

    assert [order.number for order in orders] == numbers
    assert [order.items[0].confirmed_quantity for order in orders] == [4, 1]
    assert orders[0].created < orders[1].created == rows[LARGE].changed
    assert rows[LARGE].on_order == 8


def test_what_could_not_be_published_is_published_after_a_restart(tmp_path: Path) -> None:
    def unreachable(topic: str, payload: object, attributes: object = None) -> None:
        raise TimeoutError

    with (
        serve(small_data(), tmp_path, publish=unreachable) as stand_in,
        pyrfc.Connection(**stand_in.destination) as connection,
    ):
        save(connection, SMALL, "1")
    topics: list[str] = []

    def publish(topic: str, payload: object, attributes: object = None) -> None:
        topics.append(topic)

    with serve(small_data(), tmp_path, publish=publish):
        wait_until(lambda: len(topics) == 2, what="the messages left over")

    assert topics == ["sap-orders", "sap-inventory"]


def test_orders_of_many_connections_are_all_counted(sap: Sap) -> None:
    def order_three_times(_: int) -> list[str]:
        with sap.connect() as connection:
            return [save(connection, SMALL, "2") for _ in range(3)]

    with ThreadPoolExecutor(max_workers=4) as pool:
        numbers = [number for each in pool.map(order_three_times, range(4)) for number in each]

    assert len(set(numbers)) == 12
    assert {order["VBELN"] for order in sap.orders()} == set(numbers)
    (row,) = (row for row in sap.stand_in.system.stock() if row.material == SMALL)
    assert row.on_order == 24


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    orders=st.lists(
        st.tuples(st.sampled_from([SMALL, LARGE]), st.integers(1, 60), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_on_order_counts_exactly_the_orders_not_younger_than_the_row(
    sap: Sap, connection: pyrfc.Connection, orders: list[tuple[str, int, bool]]
) -> None:
    """The rule by which a receiver of both messages avoids counting an order twice."""
    for material, quantity, rejected in orders:
        number = save(connection, material, str(quantity))
        if rejected:
            sap.post(f"/orders/{number}/reject")
    system = sap.stand_in.system
    wait_until(lambda: not system.waiting_messages(), what="an empty outbox")

    saved = sap.orders()
    for row in system.stock():
        included = [
            Decimal(item["REQ_QTY"])
            for order in saved
            for item in order["items"]
            if item["MATERIAL"] == row.material
            and not item["ABGRU"]
            and row.changed >= order["ERDAT_TS"]
        ]
        assert row.on_order == sum(included)
    stamps = [order["ERDAT_TS"] for order in saved]
    assert stamps == sorted(set(stamps))
