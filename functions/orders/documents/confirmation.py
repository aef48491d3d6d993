"""The order confirmation as a file, in the reader's language.

What is in the files and what writes them is imported only when one is asked for: it would
be a good part of every cold start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from google.cloud.firestore import Client

from functions.orders.windows import with_days
from functions.orders.wording import Reader
from shared.company import repository as companies
from shared.order import repository as orders
from shared.store import read_all
from shared.text.table_file import CSV, XLSX
from shared.text.table_file import EXTENSIONS as TABLES

if TYPE_CHECKING:
    from functions.orders.documents.content import Confirmation

PDF = "application/pdf"
EXTENSIONS = {PDF: "pdf", **TABLES}


def read_confirmation(
    db: Client, company: str, number: str, media_type: str, reader: Reader
) -> bytes:
    """The confirmation of a company's order as a file of one of `EXTENSIONS`.

    Raises:
        OrderNotFoundProblem: no such order, or another company's.
        NotFoundProblem: SAP deleted the company.
    """
    from functions.orders.documents.content import confirmation  # noqa: PLC0415

    references = [orders.reference(db, number), companies.reference(db, company)]
    document, buyer = read_all(db, references)
    [order] = with_days(db, company, [orders.parse(document, company)])
    profile = companies.parse(company, buyer).profile
    return _WRITERS[media_type](confirmation(order, profile, reader))


def _pdf(told: Confirmation) -> bytes:
    from functions.orders.documents.pdf_writer import write  # noqa: PLC0415

    return write(told)


def _xlsx(told: Confirmation) -> bytes:
    from functions.orders.documents.xlsx_writer import write  # noqa: PLC0415

    return write(told)


def _csv(told: Confirmation) -> bytes:
    from functions.orders.documents.csv_writer import write  # noqa: PLC0415

    return write(told)


_WRITERS: dict[str, Callable[[Confirmation], bytes]] = {PDF: _pdf, XLSX: _xlsx, CSV: _csv}
