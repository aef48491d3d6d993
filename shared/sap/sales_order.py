"""An order as BAPI_SALESORDER_CREATEFROMDAT2 wants it, and what SAP's messages mean."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.market.day import business_day
from shared.money import Money, total
from shared.order.hold import HoldKind
from shared.order.market import market_of_order
from shared.order.model import Order, OrderLine
from shared.sap.bapi_return import errors_of
from shared.sap.fields import minor_units
from shared.sap.source_system import SourceSystem
from shared.style.model import style_of

RfcRow = dict[str, Any]

ENGLISH = "E"
"""Of texts, SAP's internal key: they are for the brand's people, not for the buyer."""

_TEXT_LINE = 132

_SHORT = 18
"""Characters of MATERIAL."""

# What BAPIs call the items' table in RETURN; ROW counts its rows from 1, 0 is none of them.
_ITEMS = frozenset({"SALES_ITEM_IN", "ORDER_ITEMS_IN"})

MOST_MESSAGES = 10
"""What is told of an order's errors: SAP gives one for each bad item (220 characters), and all
of a large order, kept with every attempt, no document can hold."""


@dataclass(frozen=True)
class Refusal:
    """SAP's error messages; `transient` when trying again may help; `rows` of the items' table."""

    text: str
    transient: bool
    rows: tuple[int, ...] = ()


def purchase_order_number(order: Order) -> str:
    """PURCH_NO_C (35 characters), the one field that SAP can be asked by."""
    return f"{order.number}/{order.po_number}"


def create_parameters(order: Order, system: SourceSystem) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_CREATEFROMDAT2 in SAP's internal formats.

    No conversion exit runs over RFC, so numbers are zero-padded and keys are the internal
    German ones. Net prices are sent as manual conditions: they were fixed when placing, and
    COND_HANDL lets them take the place of SAP's own of that type. So do discounts of zero, of every
    type that a net price may have, for SAP not to take off once more what is agreed. An order with an external
    number is created under it; without one SAP draws a number.
    """
    header = _header(order, system)
    lines = ordered_lines(order)
    items = [_item(order, line, system) for line in lines]
    schedules = [_schedule(line, order.requested_on) for line in lines]
    conditions = [row for line in lines for row in _conditions(order, line, system)]
    numbered = {"SALESDOCUMENTIN": order.external_number} if order.external_number else {}
    return {
        **numbered,
        "ORDER_HEADER_IN": header,
        "ORDER_HEADER_INX": _flags(header),
        "LOGIC_SWITCH": {"PRICING": system.orders.pricing, "COND_HANDL": "X"},
        "ORDER_PARTNERS": [
            {"PARTN_ROLE": system.partners.sold_to, "PARTN_NUMB": pad(order.company, 10)},
            {"PARTN_ROLE": system.partners.ship_to, "PARTN_NUMB": pad(order.door.id, 10)},
        ],
        "ORDER_ITEMS_IN": items,
        "ORDER_ITEMS_INX": [_flags(item, "ITM_NUMBER") for item in items],
        "ORDER_SCHEDULES_IN": schedules,
        "ORDER_SCHEDULES_INX": [_flags(row, "ITM_NUMBER", "SCHED_LINE") for row in schedules],
        "ORDER_CONDITIONS_IN": conditions,
        "ORDER_CONDITIONS_INX": [
            _flags(row, "ITM_NUMBER", "COND_ST_NO", "COND_COUNT", "COND_TYPE") for row in conditions
        ],
        "ORDER_TEXT": list(_texts(order, lines, system)),
    }


def ordered_lines(order: Order) -> list[OrderLine]:
    """The lines that SAP gets as items, in the order of the items' table."""
    return [line for line in order.lines if line.quantity]


def lookup_parameters(order: Order) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_GETLIST that find this order, if SAP has it."""
    return {
        "CUSTOMER_NUMBER": pad(order.company, 10),
        "SALES_ORGANIZATION": order.sales_area.organisation,
        "PURCHASE_ORDER_NUMBER": purchase_order_number(order),
    }


def holder_parameters(order: Order) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_GETSTATUS for whatever has the order's external number."""
    return {"SALESDOCUMENT": order.external_number or ""}


def holder(answer: Mapping[str, Any]) -> str | None:
    """PURCH_NO_C of the sales order that BAPI_SALESORDER_GETSTATUS found; None for none."""
    rows: list[RfcRow] = answer["STATUSINFO"]
    return str(rows[0]["PURCH_NO_C"]) if rows else None


@dataclass(frozen=True)
class NetInSap:
    """What SAP makes of an order's prices, and the positions at which that is not what we agreed."""

    total: Money
    differing: tuple[int, ...]


def net_in_sap(order: Order, answer: Mapping[str, Any]) -> NetInSap | None:
    """SAP's net value by BAPI_SALESORDER_GETSTATUS; None where it has other pieces than ordered.

    Then somebody has changed the order there, which its response tells. NET_VALUE is a CURR
    field, and an item stands there once for each of its deliveries. Items that are rejected cost
    nothing.

    Raises:
        ValueError: an amount is finer than the currency's minor unit.
    """
    rows: dict[int, RfcRow] = {
        int(row["ITM_NUMBER"]): row for row in answer["STATUSINFO"] if not row["REA_FOR_RE"]
    }
    lines = ordered_lines(order)
    if rows.keys() != {line.position for line in lines}:
        return None
    net: dict[int, Money] = {}
    for line in lines:
        row = rows[line.position]
        if Decimal(row["REQ_QTY"]) != line.quantity:
            return None
        currency = str(row["CURRENCY"])
        amount = minor_units(Decimal(row["NET_VALUE"]), currency)
        net[line.position] = Money(amount=amount, currency=currency)
    if {one.currency for one in net.values()} != {order.currency}:
        return None
    differing = tuple(line.position for line in lines if net[line.position] != line.amount)
    return NetInSap(total(list(net.values()), order.currency), differing)


def found_number(order: Order, answer: Mapping[str, Any], system: SourceSystem) -> str | None:
    """The sales order's number in BAPI_SALESORDER_GETLIST's answer, without leading zeros.

    What people in SAP make of an order (a return, a second order) has its purchase order number,
    too: the order is the one with the number that it was to have, else the first that is an order.
    """
    rows: list[RfcRow] = [
        row for row in answer["SALES_ORDERS"] if row["DOC_TYPE"] not in system.documents.order_types
    ]
    numbers = [str(row["SD_DOC"]) for row in sorted(rows, key=_age)]
    if order.external_number in numbers:
        numbers = [order.external_number]
    return numbers[0].lstrip("0") if numbers else None


def _age(row: RfcRow) -> tuple[str, str, str]:
    return str(row["CREATION_DATE"]), str(row["CREATION_TIME"]), str(row["SD_DOC"])


def lookup_refusal(answer: Mapping[str, Any], nothing_found: Collection[str] = ()) -> str | None:
    """SAP's words where BAPI_SALESORDER_GETLIST could not look (an error in RETURN).

    Its empty list then says nothing; None where it does. One of `nothing_found` says, as an error,
    that there is no such order.
    """
    refused = [str(one) for one in errors_of(answer) if one.id not in nothing_found]
    return "; ".join(refused) or None


def refusal(messages: Iterable[RfcRow], locks: Collection[str] = ()) -> Refusal | None:
    """SAP's errors (type E or A) among BAPIRET2 rows; None when there is none.

    One of `locks`, which tell that another user is in the document, goes by itself.
    """
    errors = [row for row in messages if row["TYPE"] in ("E", "A")]
    if not errors:
        return None
    return Refusal(
        text=join_messages(errors),
        transient=any(f"{row['ID']} {row['NUMBER']}" in locks for row in errors),
        rows=tuple(sorted({row["ROW"] for row in errors if row.get("PARAMETER") in _ITEMS})),
    )


def join_messages(messages: Iterable[RfcRow]) -> str:
    """What BAPIRET2 rows say, in SAP's words with each message's class and number."""
    rows = list(messages)
    told = [f"{row['MESSAGE']} ({row['ID']} {row['NUMBER']})" for row in rows[:MOST_MESSAGES]]
    if left := len(rows) - len(told):
        told.append(f"… +{left}")
    return "; ".join(told)


def warned_holds(messages: Iterable[RfcRow], system: SourceSystem) -> dict[HoldKind, str]:
    """What holds an order that SAP has saved, by its warnings, with SAP's words."""
    found: dict[HoldKind, str] = {}
    for row in messages:
        kind = system.orders.holds.get(f"{row['ID']} {row['NUMBER']}")
        if row["TYPE"] == "W" and kind is not None:
            found.setdefault(kind, f"{row['MESSAGE']} ({row['ID']} {row['NUMBER']})")
    return found


def pad(number: str, length: int) -> str:
    """SAP's ALPHA format: a purely numeric key is filled with zeros, another is not."""
    return number.zfill(length) if number.isdigit() else number


def material_field(article: str) -> dict[str, str]:
    """An article's number in the field that has room for it: one of more than 18 characters, which only
    S/4 has, is in the long one."""
    if len(article) <= _SHORT:
        return {"MATERIAL": pad(article, _SHORT)}
    return {"MATERIAL_LONG": pad(article, 40)}


def _header(order: Order, system: SourceSystem) -> RfcRow:
    types = system.order_types
    return {
        "DOC_TYPE": types.at_once if order.at_once else types.pre_book,
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


def _item(order: Order, line: OrderLine, system: SourceSystem) -> RfcRow:
    """Without a unit where the order keeps none: SAP then takes the material's own."""
    unit = _unit(order, line, system)
    return {
        "ITM_NUMBER": f"{line.position:06}",
        **material_field(line.article),
        "PLANT": order.plant,
        **({"SALES_UNIT": unit} if unit else {}),
    }


def _unit(order: Order, line: OrderLine, system: SourceSystem) -> str | None:
    names = order.names.get(style_of(line.sku))
    return system.orders.units.get(names.unit) if names and names.unit else None


def _schedule(line: OrderLine, requested_on: date) -> RfcRow:
    return {
        "ITM_NUMBER": f"{line.position:06}",
        "SCHED_LINE": "0001",
        "REQ_DATE": _date(requested_on),
        "REQ_QTY": Decimal(line.quantity),
    }


def _conditions(order: Order, line: OrderLine, system: SourceSystem) -> Iterator[RfcRow]:
    price, unit = line.unit_price, _unit(order, line, system)
    keys = {"ITM_NUMBER": f"{line.position:06}", "COND_ST_NO": "000", "COND_COUNT": "00"}
    yield {
        **keys,
        "COND_TYPE": system.orders.condition,
        # DEC 28.9: the real amount, not shifted by the currency's decimals.
        "COND_VALUE": price.decimal,
        "CURRENCY": price.currency,
        "COND_P_UNT": Decimal(price.per),
        **({"COND_UNIT": unit} if unit else {}),
    }
    for discount in system.prices.discounts:
        yield {**keys, "COND_TYPE": discount.type, "COND_VALUE": Decimal(0)}


def _texts(order: Order, lines: Iterable[OrderLine], system: SourceSystem) -> Iterator[RfcRow]:
    ids = system.orders.texts
    cancel_by = order.cancel_by.isoformat() if order.cancel_by else ""
    yield from _text(0, ids.cancel_by, cancel_by)
    yield from _text(0, ids.season, f"{order.season} {order.window}")
    yield from _text(0, ids.po_written, order.po_written)
    for line in lines:
        yield from _text(line.position, ids.item, line.sku)


def _text(position: int, text_id: str, text: str) -> Iterator[RfcRow]:
    for start in range(0, len(text), _TEXT_LINE):
        yield {
            "ITM_NUMBER": f"{position:06}",
            "TEXT_ID": text_id,
            "LANGU": ENGLISH,
            # A new line of the text; what follows a cut goes on in it.
            "FORMAT_COL": "=" if start else "*",
            "TEXT_LINE": text[start : start + _TEXT_LINE],
        }


def _flags(row: RfcRow, *keys: str) -> RfcRow:
    """The INX row: keys as they are, a flag for each field that counts (UPDATEFLAG I)."""
    flags = {name: row[name] if name in keys else "X" for name in row}
    return {"UPDATEFLAG": "I", **flags}


def _date(day: date) -> str:
    return day.strftime("%Y%m%d")
