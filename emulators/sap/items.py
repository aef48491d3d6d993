"""The items of BAPI_SALESORDER_CREATEFROMDAT2 with their schedule lines and prices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from emulators.sap import messages as m
from emulators.sap.amounts import currency_decimals, rounded
from emulators.sap.customizing import REASONS
from emulators.sap.discounts import discounted
from emulators.sap.master import AreaData, Material
from emulators.sap.messages import Text, bapiret2
from emulators.sap.order import Item, Order
from emulators.sap.request import Request, RfcRow
from emulators.sap.stock import Line, parse_date
from emulators.sap.system import System


class _RefusedError(Exception):
    def __init__(self, text: Text, *variables: str) -> None:
        super().__init__(text, *variables)
        self.text = text
        self.variables = variables


def check_items(
    system: System, request: Request, order: Order, area: AreaData
) -> tuple[list[Item], list[dict[str, Any]]]:
    """The correct items, and an E row for each fault.

    `area` is the customer's: an item that names no plant gets its.
    """
    if not request.items:
        return [], [bapiret2(m.NO_ITEMS)]
    numbers = Counter(row.get("ITM_NUMBER", "") for row in request.items)
    items, errors = [], _orphans(request, numbers)
    for position, row in enumerate(request.items, 1):
        try:
            number = row.get("ITM_NUMBER", "")
            if not number.strip("0") or numbers[number] > 1:
                raise _RefusedError(m.BAD_ITEM_NUMBER, number)  # noqa: TRY301
            items.append(_item(system, request, order, row, area))
        except _RefusedError as refused:
            errors.append(
                bapiret2(refused.text, *refused.variables, parameter="SALES_ITEM_IN", row=position)
            )
    return items, errors


def _orphans(request: Request, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    tables = {"SCHEDULE_LINES_IN": request.schedules, "SALES_CONDITIONS_IN": request.conditions}
    return [
        bapiret2(m.NO_SUCH_ITEM, row.get("ITM_NUMBER", ""), name, parameter=name, row=position)
        for name, rows in tables.items()
        for position, row in enumerate(rows, 1)
        if row.get("ITM_NUMBER", "") not in numbers
    ]


def _item(system: System, request: Request, order: Order, row: RfcRow, area: AreaData) -> Item:
    number = row["ITM_NUMBER"]
    name = row.get("MATERIAL") or row.get("MATERIAL_LONG", "")
    material = _material(system, order, name)
    plant = row.get("PLANT") or area.plant
    if plant not in system.master.plants:
        raise _RefusedError(m.NO_PLANT, plant, name)
    for unit in (row.get("SALES_UNIT"), row.get("TARGET_QU")):
        if unit and unit != material.unit:
            raise _RefusedError(m.BAD_UNIT, unit, name)
    rejection = row.get("REASON_REJ", "")
    if rejection and rejection not in REASONS | {system.settings.withdrawn}:
        raise _RefusedError(m.NO_REASON, rejection)
    requested = _requested(
        [line for line in request.schedules if line.get("ITM_NUMBER") == number],
        number,
        order,
        material,
    )
    conditions = [line for line in request.conditions if line.get("ITM_NUMBER") == number]
    own = system.settings.orders.condition
    prices = [line for line in conditions if line.get("COND_TYPE") == own]
    by_hand = _by_hand([line for line in conditions if line not in prices], system, number)
    price, price_unit = _price(prices, number, order.currency, material, own)
    price = discounted(
        system.discounts,
        price,
        price_unit,
        item=_asked_with(order, area, name, material),
        by_hand=by_hand if request.by_hand_replaces else set(),
        on=order.document_date,
    )
    pieces = sum((line.quantity for line in requested), start=Decimal(0))
    surcharge = 1 + Decimal(system.faults.net_percent()) / 100
    return Item(
        number=number,
        material=name,
        generic=material.generic,
        text=row.get("SHORT_TEXT") or material.text,
        plant=plant,
        unit=material.unit,
        iso_unit=material.iso_unit,
        purchase_order_item=row.get("PO_ITM_NO", ""),
        requested=requested,
        net_price=price,
        price_unit=price_unit,
        net_value=rounded(pieces * price / price_unit * surcharge, order.currency),
        rejection=rejection,
    )


def _asked_with(order: Order, area: AreaData, name: str, material: Material) -> dict[str, str]:
    """What condition tables are asked with (KOMK, KOMP)."""
    chain = (order.sales_organization, order.distribution_channel)
    return {
        "VKORG": order.sales_organization,
        "VTWEG": order.distribution_channel,
        "SPART": order.division,
        "KUNNR": order.sold_to,
        "WAERK": order.currency,
        "MATNR": name,
        "SATNR": material.generic,
        "KONDM": material.pricing_groups.get(chain, ""),
        **area.groups,
    }


def _material(system: System, order: Order, name: str) -> Material:
    if not name:
        raise _RefusedError(m.FIELD_MISSING, "MATERIAL")
    material = system.master.materials.get(name)
    area = (order.sales_organization, order.distribution_channel)
    if material is None:
        raise _RefusedError(m.NO_MATERIAL, name, *area, "EN")
    if area in material.blocked_in or system.faults.rejects(name):
        raise _RefusedError(m.MATERIAL_BLOCKED, name)
    return material


def _requested(
    lines: Sequence[RfcRow], number: str, order: Order, material: Material
) -> list[Line]:
    requested = []
    for line in lines:
        quantity = Decimal(line.get("REQ_QTY") or 0)
        if quantity <= 0:
            raise _RefusedError(m.NO_QUANTITY, number)
        if quantity != quantity.to_integral_value():
            raise _RefusedError(m.PART_OF_PIECE, material.unit)
        day = line.get("REQ_DATE")
        requested.append(
            Line(date=parse_date(day) if day else order.requested_date, quantity=quantity)
        )
    if not requested:
        raise _RefusedError(m.NO_QUANTITY, number)
    return requested


def _by_hand(conditions: Sequence[RfcRow], system: System, number: str) -> set[str]:
    """The types of discounts of zero, which take the place of SAP's own."""
    known = {one.type for one in system.settings.prices.discounts}
    for condition in conditions:
        if condition.get("COND_TYPE") not in known or Decimal(condition.get("COND_VALUE") or 0):
            raise _RefusedError(m.BAD_CONDITION, condition.get("COND_TYPE", ""), number)
    return {str(condition["COND_TYPE"]) for condition in conditions}


def _price(
    conditions: Sequence[RfcRow], number: str, currency: str, material: Material, own: str
) -> tuple[Decimal, Decimal]:
    """The real amount and for how many pieces; 0 where none is given, of the one type (`own`).

    COND_VALUE is a DEC field and holds the real amount, whatever the currency.
    """
    if len(conditions) > 1:
        raise _RefusedError(m.BAD_CONDITION, own, number)
    if not conditions:
        return Decimal(0), Decimal(1)
    condition = conditions[0]
    price = Decimal(condition.get("COND_VALUE") or 0)
    if (given := condition.get("CURRENCY")) and given != currency:
        raise _RefusedError(m.NO_RATE, given, currency)
    if (unit := condition.get("COND_UNIT")) and unit != material.unit:
        raise _RefusedError(m.BAD_UNIT, unit, number)
    if price != rounded(price, currency):
        places = f"{currency_decimals(currency)} ({currency})"
        raise _RefusedError(m.TOO_MANY_DECIMALS, str(price.normalize()), places)
    return rounded(price, currency), Decimal(condition.get("COND_P_UNT") or 0) or Decimal(1)
