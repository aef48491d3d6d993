"""An order confirmation's lines as CSV, which a spreadsheet opens as it is."""

from functions.orders.documents.content import Confirmation, LineEntry
from shared.text.table_file import Value, write_csv


def write(told: Confirmation) -> bytes:
    """The file; what the papers say of VAT stands in each line."""
    vat = [fact.value for fact in told.vat]
    columns = [*told.words.columns, *(fact.label for fact in told.vat)]
    rows = ([*_cells(row), *vat] for colourway in told.colourways for row in colourway.rows)
    return write_csv(columns, rows, told.locale)


def _cells(row: LineEntry) -> list[Value]:
    return [
        row.position,
        *(row.sku, row.gtin, row.style, row.style_name, row.colour, row.colour_name, row.size),
        row.quantity,
        row.confirmed,
        row.confirmed_on,
        row.unit_price.decimal,
        row.unit_price.per,
        row.amount.decimal,
        row.amount.currency,
        row.list_price.decimal if row.list_price else None,
        row.rejected,
        row.discounts,
    ]
