"""An order as BAPI_SALESORDER_CREATEFROMDAT2 wants it, and what SAP's messages mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.market.day import business_day, market_of_order
from shared.order.model import Order, OrderLine

Row = dict[str, Any]

# SAP's standard order checks and takes stock; the brand's own type for goods that are yet to
# be made does not, and its quantities are no part of the stock message's open orders (OMENG).
AT_ONCE_ORDER, PRE_BOOK_ORDER = "TA", "ZPRE"
SOLD_TO, SHIP_TO = "AG", "WE"
WHOLESALE_CONDITION = "PR00"

# Message class and number of what goes by itself: another user holds a lock.
_LOCKS = {("V1", "042"), ("MC", "601")}

MOST_MESSAGES = 10
"""What is told of an order's errors: SAP gives one for each bad item (220 characters), and all
of a large order, kept with every attempt, no document can hold."""


@dataclass(frozen=True)
class Refusal:
    """SAP's error messages; `transient` when trying again may help."""

    text: str
    transient: bool


def purchase_order_number(order: Order) -> str:
    """PURCH_NO_C (35 characters), the one field that SAP can be asked by."""
    return f"{order.number}/{order.po_number}"


def create_parameters(order: Order) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_CREATEFROMDAT2 in SAP's internal formats.

    No conversion exit runs over RFC, so numbers are zero-padded and keys are the internal
    German ones. Prices are sent as manual conditions: they were fixed when placing. An order
    with an external number is created under it; without one SAP draws a number.
    """
    header = _header(order)
    lines = [line for line in order.lines if line.quantity]
    items = [_item(line) for line in lines]
    schedules = [_schedule(line, order.requested_on) for line in lines]
    conditions = [_condition(line) for line in lines]
    numbered = {"SALESDOCUMENTIN": order.external_number} if order.external_number else {}
    return {
        **numbered,
        "ORDER_HEADER_IN": header,
        "ORDER_HEADER_INX": _flags(header),
        "ORDER_PARTNERS": [
            {"PARTN_ROLE": SOLD_TO, "PARTN_NUMB": padded(order.company, 10)},
            {"PARTN_ROLE": SHIP_TO, "PARTN_NUMB": padded(order.door.id, 10)},
        ],
        "ORDER_ITEMS_IN": items,
        "ORDER_ITEMS_INX": [_flags(item, "ITM_NUMBER") for item in items],
        "ORDER_SCHEDULES_IN": schedules,
        "ORDER_SCHEDULES_INX": [_flags(row, "ITM_NUMBER", "SCHED_LINE") for row in schedules],
        "ORDER_CONDITIONS_IN": conditions,
        "ORDER_CONDITIONS_INX": [
            _flags(row, "ITM_NUMBER", "COND_ST_NO", "COND_COUNT", "COND_TYPE") for row in conditions
        ],
    }


def lookup_parameters(order: Order) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_GETLIST that find this order, if SAP has it."""
    return {
        "CUSTOMER_NUMBER": padded(order.company, 10),
        "SALES_ORGANIZATION": order.sales_area.organisation,
        "PURCHASE_ORDER_NUMBER": purchase_order_number(order),
    }


def holder_parameters(order: Order) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_GETSTATUS for whatever has the order's external number."""
    return {"SALESDOCUMENT": order.external_number or ""}


def holder(answer: Mapping[str, Any]) -> str | None:
    """PURCH_NO_C of the sales order that BAPI_SALESORDER_GETSTATUS found; None for none."""
    rows: list[Row] = answer["STATUSINFO"]
    return str(rows[0]["PURCH_NO_C"]) if rows else None


def found_number(answer: Mapping[str, Any]) -> str | None:
    """The sales order number in BAPI_SALESORDER_GETLIST's answer, without leading zeros."""
    rows: list[Row] = answer["SALES_ORDERS"]
    return str(rows[0]["SD_DOC"]).lstrip("0") if rows else None


def lookup_refusal(answer: Mapping[str, Any]) -> str | None:
    """SAP's words where BAPI_SALESORDER_GETLIST could not look (BAPIRETURN, type E or A).

    Its empty list then says nothing; None where it does.
    """
    message: Row = answer["RETURN"]
    return f"{message['MESSAGE']} ({message['CODE']})" if message["TYPE"] in ("E", "A") else None


def refusal(messages: Iterable[Row]) -> Refusal | None:
    """SAP's errors (type E or A) among BAPIRET2 rows; None when there is none."""
    errors = [row for row in messages if row["TYPE"] in ("E", "A")]
    if not errors:
        return None
    told = [f"{row['MESSAGE']} ({row['ID']} {row['NUMBER']})" for row in errors[:MOST_MESSAGES]]
    if left := len(errors) - len(told):
        told.append(f"… +{left}")
    return Refusal(
        text="; ".join(told),
        transient=any((row["ID"], row["NUMBER"]) in _LOCKS for row in errors),
    )


def padded(number: str, length: int) -> str:
    """SAP's ALPHA format: a purely numeric key is filled with zeros, another is not."""
    return number.zfill(length) if number.isdigit() else number


def _header(order: Order) -> Row:
    return {
        "DOC_TYPE": AT_ONCE_ORDER if order.at_once else PRE_BOOK_ORDER,
        "SALES_ORG": order.sales_area.organisation,
        "DISTR_CHAN": order.sales_area.channel,
        "DIVISION": order.sales_area.division,
        "REQ_DATE_H": _date(order.requested_on),
        "PURCH_DATE": _date(business_day(market_of_order(order), order.placed_at)),
        "PURCH_NO_C": purchase_order_number(order),
        "NAME": order.placed_by[:35],
        "CURRENCY": order.currency,
        "PMNTTRMS": order.payment_terms,
        "INCOTERMS1": order.incoterms,
        "INCOTERMS2": order.incoterms_place[:28],
    }


def _item(line: OrderLine) -> Row:
    return {"ITM_NUMBER": f"{line.position:06}", "MATERIAL": padded(line.article, 18)}


def _schedule(line: OrderLine, requested_on: date) -> Row:
    return {
        "ITM_NUMBER": f"{line.position:06}",
        "SCHED_LINE": "0001",
        "REQ_DATE": _date(requested_on),
        "REQ_QTY": Decimal(line.quantity),
    }


def _condition(line: OrderLine) -> Row:
    price = line.unit_price
    return {
        "ITM_NUMBER": f"{line.position:06}",
        "COND_ST_NO": "000",
        "COND_COUNT": "00",
        "COND_TYPE": WHOLESALE_CONDITION,
        # DEC 28.9: the real amount, not shifted by the currency's decimals.
        "COND_VALUE": price.decimal,
        "CURRENCY": price.currency,
        "COND_P_UNT": Decimal(price.per),
    }


def _flags(row: Row, *keys: str) -> Row:
    """The INX row: keys as they are, a flag for each field that counts (UPDATEFLAG I)."""
    flags = {name: row[name] if name in keys else "X" for name in row}
    return {"UPDATEFLAG": "I", **flags}


def _date(day: date) -> str:
    return day.strftime("%Y%m%d")
