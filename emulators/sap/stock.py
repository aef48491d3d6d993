"""Stock rows, and the availability check that confirms schedule lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel

from emulators.sap.amounts import number, quantity

_PART_ELSEWHERE = 4
"""Of what lies in a plant, one piece in so many is in the second storage location."""


class Line(BaseModel):
    """A schedule line: a quantity and its date."""

    date: date
    quantity: Decimal


class StockRow(BaseModel):
    """One material in one plant.

    `on_order` (OMENG) are the open order quantities that draw on stock. `changed` is a
    20-digit stamp.
    """

    material: str
    generic: str
    plant: str
    unrestricted: Decimal = Decimal(0)
    on_order: Decimal = Decimal(0)
    changed: str = ""
    receipts: list[Line] = []

    @classmethod
    def from_sap(cls, row: dict[str, Any]) -> Self:
        """Reads a row in the published shape."""
        return cls(
            material=row["MATNR"],
            generic=row["SATNR"],
            plant=row["WERKS"],
            unrestricted=number(row["LABST"]),
            on_order=number(row["OMENG"]),
            changed=row["CHANGED"],
            receipts=receipts_from_sap(row.get("RECEIPTS", [])),
        )

    def to_sap(self) -> dict[str, Any]:
        """The row in the published shape."""
        return {
            "MATNR": self.material,
            "SATNR": self.generic,
            "WERKS": self.plant,
            "LABST": quantity(self.unrestricted),
            "OMENG": quantity(self.on_order),
            "CHANGED": self.changed,
            "RECEIPTS": [
                {"DAT00": f"{line.date:%Y%m%d}", "MNG01": quantity(line.quantity)}
                for line in self.receipts
            ],
        }

    def by_location(self, locations: Sequence[str]) -> list[dict[str, Any]]:
        """The same in rows of the plant's first two storage locations, of every fifth article.

        Orders and receipts are told of the first.
        """
        if len(locations) < 2 or self.material[-1:] not in ("0", "5"):
            return [self.to_sap()]
        there = self.unrestricted // _PART_ELSEWHERE
        first = self.model_copy(update={"unrestricted": self.unrestricted - there}).to_sap()
        second = first | {"LABST": quantity(there), "OMENG": quantity(Decimal(0)), "RECEIPTS": []}
        return [first | {"LGORT": locations[0]}, second | {"LGORT": locations[1]}]

    def available(self, on: date) -> Decimal:
        """What is free on a day: stock and receipts until then, less what is on order."""
        received = sum(
            (line.quantity for line in self.receipts if line.date <= on), start=Decimal(0)
        )
        return max(self.unrestricted + received - self.on_order, Decimal(0))


def receipts_from_sap(rows: list[dict[str, str]]) -> list[Line]:
    """Reads RECEIPTS, earliest first."""
    lines = [Line(date=parse_date(row["DAT00"]), quantity=number(row["MNG01"])) for row in rows]
    return sorted(lines, key=lambda line: line.date)


def parse_date(text: str) -> date:
    """Reads YYYYMMDD; raises ValueError."""
    if len(text) != 8:
        raise ValueError(f"{text!r} is not a date")
    return date.fromisoformat(text)


def confirm(row: StockRow, requested: Line) -> list[Line]:
    """The schedule lines that SAP confirms for a requested one.

    The first has the requested date and what is there then, possibly nothing; later ones
    have the dates of receipts. What no receipt covers gets no line, so that the sum of
    the lines never exceeds the request.
    """
    confirmed = min(requested.quantity, row.available(requested.date))
    lines = [Line(date=requested.date, quantity=confirmed)]
    for receipt in row.receipts:
        possible = min(requested.quantity, row.available(receipt.date))
        if receipt.date > requested.date and possible > confirmed:
            lines.append(Line(date=receipt.date, quantity=possible - confirmed))
            confirmed = possible
    return lines


class Touched:
    """Copies of the stock rows that one change of SAP's touches, by material and plant."""

    def __init__(self, saved: Mapping[tuple[str, str], StockRow]) -> None:
        self._saved = saved
        self.rows: dict[tuple[str, str], StockRow] = {}

    def row(self, material: str, plant: str, generic: str) -> StockRow:
        """The copy to change; of a material that was never in the plant, one without stock."""
        key = (material, plant)
        if key not in self.rows:
            empty = StockRow(material=material, generic=generic, plant=plant)
            self.rows[key] = self._saved.get(key, empty).model_copy(deep=True)
        return self.rows[key]
