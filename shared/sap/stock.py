"""Stock rows: SAP's figures of variants become the stock of styles in plants."""

from typing import Annotated

from pydantic import BaseModel, Field

from shared.availability.model import MOST_RECEIPTS, Receipt, Stock
from shared.sap.fields import Alpha, Date, Key, Pieces, Stamp, Whole
from shared.sap.idoc import read_json

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
    CHANGED: Stamp
    RECEIPTS: list[_Receipt] = Field(default=[], max_length=MOST_INBOUND_RECEIPTS)


class _Rows(BaseModel):
    ROWS: Annotated[list[_Row], Field(min_length=1, max_length=MOST_ROWS)]


StyleInPlant = tuple[str, str]


def stock(data: bytes) -> dict[StyleInPlant, dict[str, Stock]]:
    """Stock by (style, plant) and article; of rows of one article the one changed last.

    Raises:
        UntranslatableMessageError: with every fault.
    """
    result: dict[StyleInPlant, dict[str, Stock]] = {}
    for row in read_json(_Rows, data).ROWS:
        articles = result.setdefault((row.SATNR, row.WERKS), {})
        if row.MATNR not in articles or articles[row.MATNR].stamp < row.CHANGED:
            articles[row.MATNR] = Stock(
                stamp=row.CHANGED,
                on_hand=row.LABST,
                ordered=row.OMENG,
                receipts=_receipts(row.RECEIPTS),
            )
    return result


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
