"""What SAP is asked before an order is placed: BAPI_SALESORDER_SIMULATE, BAPI_MATERIAL_AVAILABILITY.

Neither changes anything in SAP. A simulation has the agreed prices as manual conditions, as the order
will: what differs then is what SAP's own conditions add, for which the order would be parked.

An order also has discounts of zero in place of SAP's own, for which a simulation has no field: SAP
takes its discounts off the net price once more. So nothing is known of what a discounted line costs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.company.model import SalesArea
from shared.money import Money, UnitPrice
from shared.order.model import Confirmation
from shared.sap.bapi_return import errors_of
from shared.sap.fields import minor_units
from shared.sap.sales_order import RfcRow, material_field, pad
from shared.sap.source_system import SourceSystem
from shared.style.model import Unit

SD_CHECK = "A"
"""Checking rule of sales orders (T441V-PRREG)."""

_THOUSANDTHS = 1_000


@dataclass(frozen=True)
class AskedLine:
    """A line of an order that would be placed."""

    position: int
    sku: str
    article: str
    quantity: int
    unit: Unit
    unit_price: UnitPrice
    discounted: bool = False


@dataclass(frozen=True)
class AskedOrder:
    """An order that would be placed, as far as SAP needs it."""

    at_once: bool
    company: str
    door: str
    sales_area: SalesArea
    plant: str
    currency: str
    requested_on: date
    lines: list[AskedLine]


@dataclass(frozen=True)
class AnsweredLine:
    """What SAP says of a line; `net` is its net value, None where that is not known: only stock was
    asked for, or the line is discounted."""

    position: int
    confirmed: list[Confirmation]
    net: Money | None = None


class RefusedError(Exception):
    """SAP's words why it can't say."""


def simulate_parameters(order: AskedOrder, system: SourceSystem) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_SIMULATE."""
    types = system.order_types
    return {
        "ORDER_HEADER_IN": {
            "DOC_TYPE": types.at_once if order.at_once else types.pre_book,
            "SALES_ORG": order.sales_area.organisation,
            "DISTR_CHAN": order.sales_area.channel,
            "DIVISION": order.sales_area.division,
            "REQ_DATE_H": _date(order.requested_on),
            "CURRENCY": order.currency,
        },
        "ORDER_ITEMS_IN": [_item(order, line, system) for line in order.lines],
        "ORDER_PARTNERS": [
            {"PARTN_ROLE": system.partners.sold_to, "PARTN_NUMB": pad(order.company, 10)},
            {"PARTN_ROLE": system.partners.ship_to, "PARTN_NUMB": pad(order.door, 10)},
        ],
    }


def read_simulation(order: AskedOrder, answer: Mapping[str, Any]) -> list[AnsweredLine]:
    """What SAP would confirm and charge.

    Raises:
        RefusedError: it would not take the order, or answers for other items than asked.
        ValueError: an amount is finer than the currency's minor unit.
    """
    _raise_refusal(answer)
    items: dict[int, RfcRow] = {int(row["ITM_NUMBER"]): row for row in answer["ORDER_ITEMS_OUT"]}
    if items.keys() != {line.position for line in order.lines}:
        raise RefusedError(f"answers for items {sorted(items)}")
    confirmed: dict[int, list[Confirmation]] = {position: [] for position in items}
    for row in answer["ORDER_SCHEDULE_EX"]:
        if row["CONFIR_QTY"] > 0:
            at = _confirmation(row["REQ_DATE"], row["CONFIR_QTY"])
            confirmed[int(row["ITM_NUMBER"])].append(at)
    return [
        AnsweredLine(
            position=line.position,
            confirmed=confirmed[line.position],
            net=None if line.discounted else _net(items[line.position]),
        )
        for line in order.lines
    ]


def availability_parameters(
    order: AskedOrder, line: AskedLine, system: SourceSystem
) -> dict[str, Any]:
    """Parameters of BAPI_MATERIAL_AVAILABILITY."""
    wanted = {"REQ_DATE": _date(order.requested_on), "REQ_QTY": Decimal(line.quantity)}
    return {
        "PLANT": order.plant,
        **material_field(line.article),
        "UNIT": system.orders.units[line.unit],
        "CHECK_RULE": SD_CHECK,
        "WMDVSX": [wanted],
        "WMDVEX": [],
    }


def available(line: AskedLine, answer: Mapping[str, Any]) -> AnsweredLine:
    """What SAP would confirm of a line.

    Raises:
        RefusedError: it has no such material in the plant.
    """
    _raise_refusal(answer)
    confirmed = [
        _confirmation(row["COM_DATE"], row["COM_QTY"])
        for row in answer["WMDVEX"]
        if row["COM_QTY"] > 0
    ]
    return AnsweredLine(position=line.position, confirmed=confirmed)


def _item(order: AskedOrder, line: AskedLine, system: SourceSystem) -> RfcRow:
    unit, price = system.orders.units[line.unit], line.unit_price
    return {
        "ITM_NUMBER": f"{line.position:06}",
        **material_field(line.article),
        "PLANT": order.plant,
        # Digits, of thousandths of a unit.
        "REQ_QTY": f"{line.quantity * _THOUSANDTHS:013}",
        "SALES_UNIT": unit,
        "REQ_DATE": _date(order.requested_on),
        "COND_TYPE": system.orders.condition,
        # DEC 23.4: the real amount, not shifted by the currency's decimals.
        "COND_VAL1": price.decimal,
        "CURRENCY": price.currency,
        "COND_P_UNT": f"{price.per:05}",
        "COND_D_UNT": unit,
    }


def _net(row: RfcRow) -> Money:
    currency = str(row["CURRENCY"])
    return Money(amount=minor_units(row["NET_VALUE1"], currency, "plain"), currency=currency)


def _raise_refusal(answer: Mapping[str, Any]) -> None:
    if errors := errors_of(answer):
        raise RefusedError("; ".join(map(str, errors)))


def _confirmation(day: str, quantity: Decimal) -> Confirmation:
    return Confirmation(on=date.fromisoformat(day), quantity=int(quantity))


def _date(day: date) -> str:
    return f"{day:%Y%m%d}"
