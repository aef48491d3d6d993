"""Stock rows: SAP's figures of variants become the stock of styles in plants."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from shared.availability.model import MOST_RECEIPTS, Receipt, Stock
from shared.event.message import SapMessage
from shared.sap.control import read_serial
from shared.sap.fault import UntranslatableMessageError, reasons_of
from shared.sap.fields import Alpha, Date, Key, Pieces, Whole
from shared.sap.idoc import Packet, Refused, Taken
from shared.sap.part import Part
from shared.sap.shapes import normal, read_json_value

KIND = "stock"

MOST_ROWS = 100_000
MOST_INBOUND_RECEIPTS = 1_000
"""Of a message, and of one SKU in it."""


class _Receipt(BaseModel):
    DAT00: Date
    MNG01: Pieces


class _Row(BaseModel):
    MATNR: Alpha
    SATNR: Alpha
    WERKS: Key
    LABST: Whole  # SAP lets stock go below zero where the plant is set so
    OMENG: Pieces
    CHANGED: str
    RECEIPTS: list[_Receipt] = Field(default=[], max_length=MOST_INBOUND_RECEIPTS)


StyleInPlant = tuple[str, str]


@dataclass(frozen=True)
class StyleStock:
    """Stock of a style's articles in a plant."""

    style: str
    plant: str
    rows: dict[str, Stock]


def read_stock(message: SapMessage) -> Packet[StyleStock]:
    """The stock by style and plant, each for itself; of rows of one article the one changed last.

    Raises:
        UntranslatableMessageError: it is no message of rows, or has too many.
    """
    good: dict[StyleInPlant, list[_Row]] = defaultdict(list)
    bad: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    reasons: dict[str, list[str]] = defaultdict(list)
    sources: dict[StyleInPlant, list[Mapping[str, Any]]] = defaultdict(list)
    for index, raw in enumerate(_raw_rows(message.data)):
        row, faults = _row(index, raw, message)
        if row:
            good[row.SATNR, row.WERKS].append(row)
            sources[row.SATNR, row.WERKS].append(raw)
        else:
            name = _object(raw)
            bad[name].append(raw)
            reasons[name] += faults
    taken = [
        Taken(_part(key, rows, sources[key]), _style_stock(key, rows)) for key, rows in good.items()
    ]
    refused = [
        Refused(
            Part(place=f"ROWS/{index}", kind=KIND, object=name, content={"ROWS": rows}),
            reasons[name],
        )
        for index, (name, rows) in enumerate(bad.items())
    ]
    return Packet(taken, refused)


def _raw_rows(data: bytes) -> list[Any]:
    content = read_json_value(data)
    rows = (
        next((value for name, value in content.items() if name.upper() == "ROWS"), None)
        if isinstance(content, dict)
        else None
    )
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list) or not rows:
        raise UntranslatableMessageError(["no ROWS"])
    if len(rows) > MOST_ROWS:
        raise UntranslatableMessageError([f"ROWS: {len(rows)}, more than {MOST_ROWS}"])
    return rows


def _row(index: int, raw: Any, message: SapMessage) -> tuple[_Row | None, list[str]]:
    place = f"ROWS/{index}"
    if not isinstance(raw, dict):
        return None, [f"{place}: not a row"]
    fields, faults = normal(raw)
    if faults:
        return None, [f"{place}/{fault}" for fault in faults]
    try:
        row = _Row.model_validate(fields)
        changed = read_serial(row.CHANGED, UTC, message.published_at, "CHANGED")
    except ValidationError as error:
        return None, [f"{place}/{reason}" for reason in reasons_of(error)]
    except UntranslatableMessageError as error:
        return None, [f"{place}/{reason}" for reason in error.reasons]
    return row.model_copy(update={"CHANGED": changed}), []


def _object(raw: Any) -> str:
    """Of a row that can't be read: the style and plant that it seems to be of, or nothing."""
    if not isinstance(raw, dict):
        return ""
    fields, _ = normal(raw)
    style, plant = fields.get("SATNR"), fields.get("WERKS")
    if not isinstance(style, str) or not isinstance(plant, str):
        return ""
    return f"{KIND} {style.lstrip('0')} {plant}"[:200]


def _part(key: StyleInPlant, rows: list[_Row], raw: list[Mapping[str, Any]]) -> Part:
    name = " ".join((KIND, *key))
    stamp = max(row.CHANGED for row in rows)
    return Part(
        place=name,
        kind=KIND,
        object=name,
        stamp=stamp,
        stamp_source="SERIAL",
        content={"ROWS": raw},
    )


def _style_stock(key: StyleInPlant, rows: list[_Row]) -> StyleStock:
    articles: dict[str, Stock] = {}
    for row in rows:
        if row.MATNR not in articles or articles[row.MATNR].stamp < row.CHANGED:
            articles[row.MATNR] = Stock(
                stamp=row.CHANGED,
                on_hand=row.LABST,
                ordered=row.OMENG,
                receipts=_receipts(row.RECEIPTS),
            )
    return StyleStock(*key, articles)


def _receipts(rows: list[_Receipt]) -> list[Receipt]:
    quantities: dict[str, int] = {}
    for row in rows:
        day = row.DAT00.isoformat()
        quantities[day] = quantities.get(day, 0) + row.MNG01
    days = [(day, quantity) for day, quantity in sorted(quantities.items()) if quantity]
    if late := days[MOST_RECEIPTS - 1 :]:
        # What comes so late counts from the last of these days on: later, and never too early.
        days[MOST_RECEIPTS - 1 :] = [(late[-1][0], sum(quantity for _, quantity in late))]
    return [Receipt.model_validate({"on": day, "quantity": quantity}) for day, quantity in days]
