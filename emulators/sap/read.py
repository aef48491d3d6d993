"""The reading function modules: BAPI_SALESORDER_GETSTATUS and BAPI_SALESORDER_GETLIST."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from emulators.sap import messages as m
from emulators.sap.amounts import shifted
from emulators.sap.document import Delivery, DeliveryItem
from emulators.sap.messages import bapireturn
from emulators.sap.order import Item, Order
from emulators.sap.system import NotSavedError, System
from shared.sap.fields import read_stamp

_OPEN, _PARTLY, _COMPLETE = "A", "B", "C"


def get_status(system: System, params: Mapping[str, Any]) -> dict[str, Any]:
    """One row per item and delivery of it that stands; amounts are CURR fields, so shifted."""
    number = params["SALESDOCUMENT"]
    try:
        order = system.order(number)
    except NotSavedError:
        return {"RETURN": bapireturn(m.NOT_FOUND, number)}
    zone = system.settings.zone
    rows = []
    for item in order.items:
        row = _status_row(order, item, zone)
        there = _deliveries(system, order, item) if item.delivered else []
        rows += [row | _delivery_fields(*one, zone) for one in there] or [row]
    return {"STATUSINFO": rows}


def get_list(system: System, params: Mapping[str, Any]) -> dict[str, Any]:
    """The saved orders of a customer, one row per item; that there are none RETURN says.

    As an error where the settings say that this SAP does, else as information.
    """
    first = params.get("DOCUMENT_DATE", "")
    last = params.get("DOCUMENT_DATE_TO", "") or first
    material = params.get("MATERIAL") or params.get("MATERIAL_LONG")
    wanted = [
        order
        for order in system.orders()
        if order.sold_to == params["CUSTOMER_NUMBER"]
        and order.sales_organization == params["SALES_ORGANIZATION"]
        and (not first or first <= _day(order.document_date) <= last)
        and _has_purchase_order(order, params)
    ]
    rows = [
        _list_row(order, item, system.settings.zone)
        for order in wanted
        for item in order.items
        if not material or item.material == material
    ]
    if rows:
        return {"SALES_ORDERS": rows}
    none = m.NO_ORDERS_ERROR if system.settings.orders.nothing_found else m.NO_ORDERS
    return {"SALES_ORDERS": [], "RETURN": bapireturn(none, params["CUSTOMER_NUMBER"])}


def _has_purchase_order(order: Order, params: Mapping[str, Any]) -> bool:
    short, full = params.get("PURCHASE_ORDER"), params.get("PURCHASE_ORDER_NUMBER")
    return (not short or short == order.purchase_order[:20]) and (
        not full or full == order.purchase_order
    )


def _status_row(order: Order, item: Item, zone: tzinfo) -> dict[str, Any]:
    row = _common_row(order, item, zone)
    return row | {
        "DOC_NUMBER": order.number,
        "PRC_STAT_H": _COMPLETE if all(item.rejection for item in order.items) else _OPEN,
        "DLV_STAT_H": _overall({_delivery_status(item) for item in order.items} - {""}),
        "REQ_DATE_H": _day(order.requested_date),
        "CUM_CF_QTY": f"{item.confirmed_quantity:.3f}",
        "DLV_STAT_I": _delivery_status(item),
        "REA_FOR_RE": item.rejection,
        "PO_ITM_NO": item.purchase_order_item,
        "S_UNIT_DLV": item.unit,
    }


def _deliveries(
    system: System, order: Order, item: Item
) -> Iterator[tuple[Delivery, DeliveryItem]]:
    for delivery in system.deliveries():
        for part in delivery.items:
            ours = (part.order, part.order_item) == (order.number, item.number)
            if ours and not delivery.deleted:
                yield delivery, part


def _delivery_fields(delivery: Delivery, part: DeliveryItem, zone: tzinfo) -> dict[str, Any]:
    day = read_stamp(delivery.changed).astimezone(zone)
    return {
        "DELIV_NUMB": delivery.number,
        "DELIV_ITEM": part.number,
        "DELIV_DATE": _day(day),
        "DLV_QTY": f"{part.quantity:.3f}",
    }


def _delivery_status(item: Item) -> str:
    """None of what is rejected before any of it is in a delivery."""
    if not item.delivered:
        return "" if item.rejection else _OPEN
    return _COMPLETE if item.rejection or item.delivered >= item.quantity else _PARTLY


def _overall(statuses: set[str]) -> str:
    if len(statuses) > 1:
        return _PARTLY
    return next(iter(statuses), "")


def _list_row(order: Order, item: Item, zone: tzinfo) -> dict[str, Any]:
    row = _common_row(order, item, zone)
    return row | {
        "SD_DOC": order.number,
        "DOC_TYPE": order.document_type,
        "SOLD_TO": order.sold_to,
        "NAME": order.sold_to_name,
        "BASE_UOM": item.unit,
        "NET_VAL_HD": _stored(order.net_value, order.currency),
        "SALES_ORG": order.sales_organization,
        "DISTR_CHAN": order.distribution_channel,
        "DIVISION": order.division,
        "DLV_BLOCK": order.delivery_block,
        "BILL_BLOCK": order.billing_block,
        "PLANT": item.plant,
        "REASON_REJ": item.rejection,
    }


def _common_row(order: Order, item: Item, zone: tzinfo) -> dict[str, Any]:
    created = read_stamp(order.created).astimezone(zone)
    return {
        "DOC_DATE": _day(order.document_date),
        "PURCH_NO": order.purchase_order[:20],
        "PURCH_NO_C": order.purchase_order,
        "ITM_NUMBER": item.number,
        "MATERIAL": item.material,
        "MATERIAL_LONG": item.material,
        "SHORT_TEXT": item.text,
        "REQ_DATE": _day(item.requested[0].date),
        "REQ_QTY": f"{item.quantity:.3f}",
        "SALES_UNIT": item.unit,
        "NET_VALUE": _stored(item.net_value, order.currency),
        "CURRENCY": order.currency,
        "CURR_ISO": order.currency,
        "NET_PRICE": _stored(item.net_price, order.currency),
        "COND_P_UNT": f"{item.price_unit:.0f}",
        "COND_UNIT": item.unit,
        "CREATION_DATE": f"{created:%Y%m%d}",
        "CREATION_TIME": f"{created:%H%M%S}",
    }


def _day(day: object) -> str:
    return f"{day:%Y%m%d}"


def _stored(amount: Decimal, currency: str) -> str:
    return f"{shifted(amount, currency):.2f}"
