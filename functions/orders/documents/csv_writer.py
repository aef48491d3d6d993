"""An order confirmation's lines as CSV, which a spreadsheet opens as it is."""

import csv
from io import StringIO

from babel.numbers import get_decimal_symbol

from functions.orders.documents.content import Confirmation, Row
from shared.text.spreadsheet import cell_text

_BOM = "\ufeff"


def write(told: Confirmation) -> bytes:
    """UTF-8 with a mark, by which spreadsheets know it; separators are those of the locale."""
    decimal = get_decimal_symbol(told.locale)
    buffer = StringIO(newline="")
    rows = csv.writer(buffer, delimiter=";" if decimal == "," else ",", lineterminator="\r\n")
    rows.writerow([*told.words.columns, *(fact.label for fact in told.vat)])
    vat = [cell_text(fact.value) for fact in told.vat]
    for colourway in told.colourways:
        for row in colourway.rows:
            rows.writerow([*_cells(row, decimal), *vat])
    return (_BOM + buffer.getvalue()).encode()


def _cells(row: Row, decimal: str) -> list[str]:
    texts = (row.sku, row.gtin, row.style, row.style_name, row.colour, row.colour_name, row.size)
    return [
        str(row.position),
        *map(cell_text, texts),
        str(row.quantity),
        "" if row.confirmed is None else str(row.confirmed),
        row.confirmed_on.isoformat() if row.confirmed_on else "",
        str(row.unit_price.decimal).replace(".", decimal),
        str(row.unit_price.per),
        str(row.amount.decimal).replace(".", decimal),
        row.amount.currency,
        str(row.list_price.decimal).replace(".", decimal) if row.list_price else "",
        cell_text(row.rejected),
    ]
