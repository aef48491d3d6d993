"""What is asked before an order is there: BAPI_SALESORDER_SIMULATE and BAPI_MATERIAL_AVAILABILITY."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from emulators.sap import messages as m
from emulators.sap.create import try_out
from emulators.sap.messages import Text, bapireturn
from emulators.sap.order import Item, Order
from emulators.sap.request import Request, RfcRow
from emulators.sap.stock import Line, StockRow, confirm, parse_date
from emulators.sap.system import System, today

_THOUSANDTHS = Decimal(1000)


def simulate(system: System, params: Mapping[str, Any]) -> dict[str, Any]:
    """The order as it would be created now, priced and confirmed; nothing is kept."""
    draft, errors = try_out(system, _request(params))
    if draft is None:
        [first, *_] = errors
        told = Text(first["TYPE"], first["ID"], first["NUMBER"], first["MESSAGE"])
        return {"RETURN": bapireturn(told), "MESSAGETABLE": errors}
    order = system.tried(draft)
    return {
        "ORDER_ITEMS_OUT": [_item_row(order, item) for item in order.items],
        "ORDER_SCHEDULE_EX": [row for item in order.items for row in _schedule_rows(item)],
        "SOLD_TO_PARTY": {"SOLD_TO": order.sold_to, "NAME": order.sold_to_name},
    }


def available(system: System, params: Mapping[str, Any]) -> dict[str, Any]:
    """When how many pieces of a material can leave a plant; one row for each requested one."""
    material, plant = params.get("MATERIAL", ""), params["PLANT"]
    known = system.master.materials.get(material)
    if known is None:
        return {"RETURN": bapireturn(m.NO_MATERIAL, material, plant)}
    if plant not in system.master.plants:
        return {"RETURN": bapireturn(m.NO_PLANT, plant, material)}
    location, locations = params.get("STGE_LOC", ""), system.settings.stock.plants.get(plant, ())
    if location and location not in locations:
        return {"RETURN": bapireturn(m.NO_STORAGE_LOCATION, location, plant)}
    if params["UNIT"] != known.unit:
        return {"RETURN": bapireturn(m.BAD_UNIT, params["UNIT"], material)}
    row = system.stock_row(material, plant, known.generic)
    rows = [one for asked in params.get("WMDVSX", []) for one in _commitments(row, asked)]
    whole = all(one["COM_QTY"] == one["REQ_QTY"] for one in rows)
    return {
        "AV_QTY_PLT": f"{row.available(today()):.3f}",
        "DIALOGFLAG": "" if whole else "X",
        "WMDVEX": rows,
    }


def _commitments(row: StockRow, asked: RfcRow) -> Iterator[dict[str, str]]:
    wanted = Line(date=parse_date(asked["REQ_DATE"]), quantity=Decimal(asked.get("REQ_QTY") or 0))
    for index, line in enumerate(confirm(row, wanted)):
        yield {
            "REQ_DATE": asked["REQ_DATE"],
            "REQ_QTY": f"{wanted.quantity if index == 0 else Decimal(0):.3f}",
            "COM_DATE": f"{line.date:%Y%m%d}",
            "COM_QTY": f"{line.quantity:.3f}",
        }


def _request(params: Mapping[str, Any]) -> Request:
    """As of the BAPI that creates; quantities are digits here, of thousandths."""
    items: list[RfcRow] = params["ORDER_ITEMS_IN"]
    return Request(
        header=params["ORDER_HEADER_IN"],
        partners=params["ORDER_PARTNERS"],
        items=items,
        schedules=[
            {
                "ITM_NUMBER": row.get("ITM_NUMBER", ""),
                "REQ_DATE": row.get("REQ_DATE", ""),
                "REQ_QTY": Decimal(row.get("REQ_QTY") or 0) / _THOUSANDTHS,
            }
            for row in items
        ],
        conditions=[
            {
                "ITM_NUMBER": row.get("ITM_NUMBER", ""),
                "COND_TYPE": row["COND_TYPE"],
                "COND_VALUE": row.get("COND_VAL1"),
                "CURRENCY": row.get("CURRENCY"),
                "COND_P_UNT": row.get("COND_P_UNT"),
                "COND_UNIT": row.get("COND_D_UNT"),
            }
            for row in items
            if row.get("COND_TYPE")
        ],
        texts=[],
        bad_update_flags=[],
    )


def _item_row(order: Order, item: Item) -> dict[str, str]:
    in_time = sum(
        (line.quantity for line in item.confirmed if line.date <= item.requested[0].date),
        start=Decimal(0),
    )
    return {
        "ITM_NUMBER": item.number,
        "MATERIAL": item.material,
        "MAT_ENTRD": item.material,
        "MATERIAL_LONG": item.material,
        "SHORT_TEXT": item.text,
        "NET_VALUE": f"{item.net_value * 100:015.0f}",
        "NET_VALUE1": f"{item.net_value:.4f}",
        "CURRENCY": order.currency,
        "CURR_ISO": order.currency,
        "SALES_UNIT": item.unit,
        "S_UNIT_ISO": item.iso_unit,
        "REQ_QTY": f"{item.quantity:.3f}",
        "QTY_REQ_DT": f"{in_time * _THOUSANDTHS:013.0f}",
        "DLV_DATE": f"{item.requested[0].date:%Y%m%d}",
        "PLANT": item.plant,
    }


def _schedule_rows(item: Item) -> Iterator[dict[str, str]]:
    for index, line in enumerate(item.confirmed, 1):
        yield {
            "ITM_NUMBER": item.number,
            "SCHED_LINE": f"{index:04}",
            "REQ_DATE": f"{line.date:%Y%m%d}",
            "REQ_QTY": f"{item.quantity if index == 1 else Decimal(0):.3f}",
            "CONFIR_QTY": f"{line.quantity:.3f}",
            "SALES_UNIT": item.unit,
            "ISOCODUNIT": item.iso_unit,
            "BASE_UOM": item.unit,
        }
