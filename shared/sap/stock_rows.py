"""The rows of a message of stock (`shared.sap.stock`), read one by one and sorted by style and plant."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from shared.sap.fault import AwaitedError, UntranslatableMessageError, reasons_of
from shared.sap.fields import Alpha, Amount, Date, Key
from shared.sap.shapes import normal, read_json_value

MOST_ROWS = 100_000
MOST_INBOUND_RECEIPTS = 1_000
"""Of a message, and of one SKU in it."""


StyleInPlant = tuple[str, str]


class _Receipt(BaseModel):
    DAT00: Date
    MNG01: Amount = Field(ge=0)


class StockRow(BaseModel):
    """The figures of a variant in a plant, or in a storage location of it, in MEINS."""

    MATNR: Alpha
    SATNR: Alpha
    WERKS: Key
    LGORT: str = ""
    MEINS: str = ""
    UMREZ: Amount = Field(default=Decimal(0), ge=0)
    UMREN: Amount = Field(default=Decimal(1), gt=0)
    LABST: Amount  # SAP lets stock go below zero where the plant is set so
    OMENG: Amount = Field(ge=0)
    CHANGED: str = ""
    RECEIPTS: list[_Receipt] = Field(default=[], max_length=MOST_INBOUND_RECEIPTS)


class StockRows(BaseModel):
    """A message of stock, as its JSON Schema tells it."""

    ROWS: list[StockRow] = Field(min_length=1, max_length=MOST_ROWS)


@dataclass
class StyleRows:
    """The rows of a style in a plant, as they came and as they were read, and their faults."""

    raw: list[Any] = field(default_factory=list)
    bad: list[Any] = field(default_factory=list)
    waiting: list[tuple[Any, StockRow, AwaitedError]] = field(default_factory=list)
    read: list[tuple[str, StockRow]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add_faulty(self, raw: Any, faults: list[str]) -> None:
        """Put a row aside that can't be read."""
        self.bad.append(raw)
        self.faults += faults


def read_content(data: bytes) -> Mapping[str, Any]:
    """What a message has, by names in capitals.

    Raises:
        UntranslatableMessageError: it is no JSON object.
    """
    content = read_json_value(data)
    if not isinstance(content, dict):
        raise UntranslatableMessageError(["no ROWS"])
    return {name.upper(): value for name, value in content.items()}


def sorted_rows(content: Mapping[str, Any]) -> dict[StyleInPlant, StyleRows]:
    """The rows by style and plant; under empty names those that do not say so.

    Raises:
        UntranslatableMessageError: there are none, or too many.
    """
    found: dict[StyleInPlant, StyleRows] = defaultdict(StyleRows)
    for index, raw in enumerate(_raw_rows(content)):
        _sort_in(found, f"ROWS/{index}", raw)
    return found


def _raw_rows(content: Mapping[str, Any]) -> list[Any]:
    rows = content.get("ROWS")
    rows = [rows] if isinstance(rows, dict) else rows
    if not isinstance(rows, list) or not rows:
        raise UntranslatableMessageError(["no ROWS"])
    if len(rows) > MOST_ROWS:
        raise UntranslatableMessageError([f"ROWS: {len(rows)}, more than {MOST_ROWS}"])
    return rows


def _sort_in(found: dict[tuple[str, str], StyleRows], place: str, raw: Any) -> None:
    if not isinstance(raw, dict):
        found["", ""].add_faulty(raw, [f"{place}: not a row"])
        return
    fields, faults = normal(raw)
    if faults:
        found[_seeming(fields)].add_faulty(raw, [f"{place}/{fault}" for fault in faults])
        return
    try:
        row = StockRow.model_validate(fields)
    except ValidationError as error:
        reasons = [f"{place}/{reason}" for reason in reasons_of(error)]
        found[_seeming(fields)].add_faulty(raw, reasons)
        return
    rows = found[row.SATNR, row.WERKS]
    rows.raw.append(raw)
    rows.read.append((place, row))


def _seeming(fields: Mapping[str, Any]) -> StyleInPlant:
    """The style and plant that a row that can't be read seems to be of; empty where it says none."""

    class _Key(BaseModel):
        SATNR: Alpha
        WERKS: Key

    try:
        key = _Key.model_validate(fields)
    except ValidationError:
        return "", ""
    return key.SATNR, key.WERKS
