"""What SAP publishes: IDocs with their control records, in packets; stock rows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from emulators.sap.amounts import external, quantity
from emulators.sap.customizing import client
from emulators.sap.document import Billing, Delivery, despatch_advice, invoice_message
from emulators.sap.master import Data, Idoc
from emulators.sap.order import Item, Order
from emulators.sap.stock import StockRow
from shared.sap.source_system import SourceSystem

IDOCS_PER_MESSAGE = 50
ROWS_PER_MESSAGE = 5000
ORDERS_TOPIC = "sap-orders"
INVENTORY_TOPIC = "sap-inventory"
CUSTOMERS_TOPIC = "sap-customers"
KINDS = ("products", "prices", "customers", "inventory")

T = TypeVar("T")


def packets(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cuts rows into pieces of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def resent(idocs: Sequence[Idoc], document_number: Callable[[], str]) -> list[Idoc]:
    """IDocs with a DOCNUM of their own, and the SERIAL that they had."""
    return [_resent(idoc, document_number()) for idoc in idocs]


def inventory_message(rows: Sequence[StockRow], settings: SourceSystem) -> dict[str, Any]:
    """One message of stock rows, some of them of the storage locations that the settings name."""
    plants = settings.stock.plants
    return {"ROWS": [one for row in rows for one in row.by_location(plants.get(row.plant, ()))]}


def stock_messages(
    rows: Sequence[StockRow], settings: SourceSystem
) -> list[tuple[str, dict[str, Any]]]:
    """The topic and payload of each message of these rows."""
    return [
        (INVENTORY_TOPIC, inventory_message(packet, settings))
        for packet in packets(rows, ROWS_PER_MESSAGE)
    ]


def master_messages(
    data: Data,
    stock: Sequence[StockRow],
    kind: str,
    document_number: Callable[[], str],
    settings: SourceSystem,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The topic and payload of each message that publishes one of KINDS in full.

    IDocs get a new DOCNUM, as with each sending of SAP's, and keep their SERIAL.
    """
    if kind == "inventory":
        for rows in packets(stock, ROWS_PER_MESSAGE):
            yield INVENTORY_TOPIC, inventory_message(rows, settings)
        return
    lists = {
        "products": (data.articles, data.listings),
        "prices": (data.conditions,),
        "customers": (data.customers, data.credits),
    }[kind]
    for idocs in lists:
        for packet in packets(idocs, IDOCS_PER_MESSAGE):
            yield f"sap-{kind}", {"IDOCS": resent(packet, document_number)}


def order_response(order: Order, settings: SourceSystem, document_number: str) -> dict[str, Any]:
    """The message with one order's ORDRSP: its full state with confirmed schedule lines."""
    idoc = {
        "EDI_DC40": _control(settings, "ORDERS05", "ORDRSP", order.changed),
        "E1EDK01": [
            {
                "BELNR": order.number,
                "CURCY": order.currency,
                "ACTION": "000",
                "LIFSK": order.delivery_block,
            }
        ],
        "E1EDK14": [
            {"QUALF": "008", "ORGID": order.sales_organization},
            {"QUALF": "007", "ORGID": order.distribution_channel},
            {"QUALF": "006", "ORGID": order.division},
            {"QUALF": "012", "ORGID": order.document_type},
        ],
        "E1EDK03": [
            {
                "IDDAT": "012",
                "DATUM": f"{order.document_date:%Y%m%d}",
                "UZEIT": order.created[8:14],
            }
        ],
        "E1EDK02": [
            {"QUALF": "001", "BELNR": order.purchase_order},
            {"QUALF": "002", "BELNR": order.number},
        ],
        "Z1CREATED": [{"ERDAT_TS": order.created}],
        "Z1STATUS": [
            {
                "CMGST": order.credit,
                "UVALL": "C" if order.is_complete else "B",
                "FAKSK": order.billing_block,
            }
        ],
        "E1EDP01": [_item(order, item) for item in order.items],
    }
    return {"IDOCS": [_resent(idoc, document_number)]}


def _item(order: Order, item: Item) -> dict[str, Any]:
    return {
        "POSEX": item.number,
        "MENGE": quantity(item.quantity),
        "MENEE": item.iso_unit,
        "PMENE": item.iso_unit,
        "VPREI": external(item.net_price, order.currency),
        "PEINH": f"{item.price_unit:.0f}",
        "NETWR": external(item.net_value, order.currency),
        "CURCY": order.currency,
        "WERKS": item.plant,
        "ABGRU": item.rejection,
        "E1EDP20": [
            {"WMENG": quantity(line.quantity), "EDATU": f"{line.date:%Y%m%d}"}
            for line in item.confirmed
        ],
        "E1EDP19": [{"QUALF": "002", "IDTNR": item.material}],
    }


def delivery_message(
    delivery: Delivery, settings: SourceSystem, document_number: str
) -> dict[str, Any]:
    """The message with one delivery's DESADV."""
    control = _control(settings, "DELVRY07", "DESADV", delivery.changed)
    idoc = {"EDI_DC40": control, **despatch_advice(delivery, settings.zone)}
    return {"IDOCS": [_resent(idoc, document_number)]}


def billing_message(
    billing: Billing, settings: SourceSystem, document_number: str
) -> dict[str, Any]:
    """The message with one billing document's INVOIC."""
    control = _control(settings, "INVOIC02", "INVOIC", billing.changed)
    idoc = {"EDI_DC40": control, **invoice_message(billing)}
    return {"IDOCS": [_resent(idoc, document_number)]}


def customer_message(customer: Idoc, document_number: str) -> dict[str, Any]:
    """The message with one customer's DEBMAS."""
    return {"IDOCS": [_resent(customer, document_number)]}


def _control(
    settings: SourceSystem, basic_type: str, message_type: str, stamp: str
) -> dict[str, str]:
    return {
        "TABNAM": "EDI_DC40",
        "MANDT": client(settings),
        "IDOCTYP": basic_type,
        "MESTYP": message_type,
        "SNDPRN": settings.logical_system,
        "RCVPRN": "SELLIN",
        "SERIAL": stamp,
    }


def _resent(idoc: Idoc, document_number: str) -> Idoc:
    now = datetime.now(UTC)
    control = idoc["EDI_DC40"] | {
        "DOCNUM": document_number,
        "CREDAT": f"{now:%Y%m%d}",
        "CRETIM": f"{now:%H%M%S}",
    }
    return idoc | {"EDI_DC40": control}
