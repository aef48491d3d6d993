"""BAPI_SALESORDER_CHANGE: checks a request against the saved order and drafts the change.

What it draws on is saved by BAPI_TRANSACTION_COMMIT in the same session. A row counts only
with its row in the checkbox table, by the same keys, and with update flag U; of the items the
reason for rejection can be changed, of the schedule lines the quantity.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from emulators.sap import messages as m
from emulators.sap.customizing import REASONS
from emulators.sap.messages import bapiret2
from emulators.sap.order import Item, Order, OrderChange
from emulators.sap.request import counting, row_key
from emulators.sap.system import NotSavedError, System

_SCHEDULE_LINE = "0001"
_Rows = Sequence[Mapping[str, Any]]
_Errors = list[dict[str, Any]]


def change(
    system: System, params: Mapping[str, Any], user: str
) -> tuple[OrderChange | None, list[dict[str, Any]]]:
    """The drafted change (None when SAP refuses, or simulates) and the rows of RETURN."""
    number = params["SALESDOCUMENT"]
    try:
        order = system.order(number)
    except NotSavedError:
        return None, [bapiret2(m.NOT_FOUND, number), bapiret2(m.NOT_CHANGED)]
    if system.faults.locks() or system.is_locked(number):
        locked = bapiret2(m.LOCKED, number.lstrip("0"), user)
        return None, [locked, bapiret2(m.NOT_CHANGED)]
    surcharge = 1 + Decimal(system.faults.net_percent()) / 100
    draft = OrderChange(number=number, surcharge=surcharge)
    errors = [
        *_header_errors(params["ORDER_HEADER_INX"]),
        *_reject(system, order, params, draft),
        *_requantify(system, order, params, draft),
    ]
    if errors:
        return None, [*errors, bapiret2(m.NOT_CHANGED)]
    rows = [_processed("VBAKKOM", "", "SALES_HEADER_IN", 0)]
    rows += [
        _processed("VBAPKOM", item, "SALES_ITEM_IN", position)
        for position, item in enumerate(sorted({*draft.rejections, *draft.quantities}), 1)
    ]
    if params.get("SIMULATION"):
        return None, rows
    rows.append(bapiret2(m.SAVED, "Order", number.lstrip("0"), parameter="SALES_HEADER_IN"))
    return draft, rows


def _processed(structure: str, key: str, parameter: str, row: int) -> dict[str, Any]:
    return bapiret2(m.PROCESSED, structure, key, parameter, parameter=parameter, row=row)


def _header_errors(flags: Mapping[str, Any]) -> _Errors:
    flag = flags.get("UPDATEFLAG", "")
    return [] if flag == "U" else [bapiret2(m.BAD_CHANGE_FLAG, flag, parameter="ORDER_HEADER_INX")]


def _reject(
    system: System, order: Order, params: Mapping[str, Any], draft: OrderChange
) -> Iterator[dict[str, Any]]:
    name = "ORDER_ITEM_IN"
    flags: _Rows = params.get("ORDER_ITEM_INX", [])
    for position, row in enumerate(params.get(name, []), 1):
        found = _checked(order, name, position, row, flags, ("ITM_NUMBER",), "REASON_REJ")
        if isinstance(found, dict):
            yield found
            continue
        item, reason = found, str(row.get("REASON_REJ", ""))
        if reason not in REASONS | {system.settings.withdrawn}:
            yield bapiret2(m.NO_REASON, reason, parameter=name, row=position)
        elif item.delivered:
            yield bapiret2(m.DELIVERED, item.number, parameter=name, row=position)
        elif system.faults.rejects(item.material):
            yield bapiret2(m.MATERIAL_BLOCKED, item.material, parameter=name, row=position)
        else:
            draft.rejections[item.number] = reason


def _requantify(
    system: System, order: Order, params: Mapping[str, Any], draft: OrderChange
) -> Iterator[dict[str, Any]]:
    name, keys = "SCHEDULE_LINES", ("ITM_NUMBER", "SCHED_LINE")
    flags: _Rows = params.get("SCHEDULE_LINESX", [])
    for position, row in enumerate(params.get(name, []), 1):
        found = _checked(order, name, position, row, flags, keys, "REQ_QTY")
        if isinstance(found, dict):
            yield found
            continue
        item, quantity = found, Decimal(row.get("REQ_QTY") or 0)
        text = None
        if item.rejection or row.get("SCHED_LINE") != _SCHEDULE_LINE:
            text = m.NO_SUCH_ITEM
        elif quantity <= 0:
            text = m.NO_QUANTITY
        elif quantity != quantity.to_integral_value():
            text = m.PART_OF_PIECE
        elif item.delivered:
            text = m.DELIVERED
        elif system.faults.rejects(item.material):
            text = m.MATERIAL_BLOCKED
        if text is None:
            draft.quantities[item.number] = quantity
        else:
            yield bapiret2(text, item.number, name, parameter=name, row=position)


def _checked(
    order: Order,
    name: str,
    position: int,
    row: Mapping[str, Any],
    flags: _Rows,
    keys: Sequence[str],
    field: str,
) -> Item | dict[str, Any]:
    """The item that the row is about, or an E row: it has to be there and to be flagged."""
    own = [flag for flag in flags if row_key(flag, keys) == row_key(row, keys)]
    if len(own) != 1 or own[0].get("UPDATEFLAG") != "U":
        flag = str(own[0].get("UPDATEFLAG", "")) if own else ""
        return bapiret2(m.BAD_CHANGE_FLAG, flag, parameter=name, row=position)
    changed = set(counting(row, own[0], ())) - {"UPDATEFLAG", *keys}
    if changed != {field}:
        fields = ", ".join(sorted(changed))
        return bapiret2(m.NOT_CHANGEABLE, fields, parameter=name, row=position)
    items = {item.number: item for item in order.items}
    number = str(row.get("ITM_NUMBER", ""))
    if number not in items:
        return bapiret2(m.NO_SUCH_ITEM, number, name, parameter=name, row=position)
    return items[number]
