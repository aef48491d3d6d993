"""The order confirmation as a file."""

from io import BytesIO

import pytest
from flask import Flask
from google.cloud.firestore import Client
from openpyxl import load_workbook

from tests.factories.company import company, store_company
from tests.factories.order import NUMBER, order, order_line, store_order
from tests.integration.functions.orders.conftest import Person, ask
from tests.support.firestore_counter import counting

KINDS = ("pdf", "xlsx", "csv")
PATHS = [f"/{NUMBER}/documents/confirmation.{kind}" for kind in KINDS]


@pytest.fixture
def placed(firestore: Client) -> None:
    """A company's order."""
    store_company(firestore, company())
    store_order(firestore, order())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("placed")
def test_anonymous(app: Flask, path: str) -> None:
    assert ask(app, "GET", path, None, {}).status_code == 401


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("placed")
def test_other_company(stranger: Person, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, answer.json["code"]) == (404, "order_not_found")


@pytest.mark.usefixtures("placed")
def test_not_existing(anna: Person) -> None:
    assert anna.get("/7K3Q9XZ4M2-002/documents/confirmation.pdf").status_code == 404
    assert anna.get(f"/{NUMBER}/documents/confirmation.doc").status_code == 404
    assert anna.get(f"/{NUMBER}/documents/invoice.pdf").status_code == 404


@pytest.mark.usefixtures("placed")
def test_a_pdf(viewer: Person, firestore: Client) -> None:
    with counting(firestore) as count:
        answer = viewer.get(PATHS[0], language="de")
    # The order and the company; and how often person and company asked.
    assert (count.reads, count.writes, count.rpcs) == (2 + 2, 2, 1 + 2)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Language"] == "de"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f'attachment; filename="{NUMBER}.pdf"'
    assert viewer.get(PATHS[0], language="de").data == answer.data


@pytest.mark.usefixtures("placed")
def test_a_workbook_and_a_table(viewer: Person) -> None:
    book = load_workbook(BytesIO(viewer.get(PATHS[1], language="de").data))
    assert book.sheetnames[0] == "Auftragsbestätigung"
    table = viewer.get(PATHS[2], language="de")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert table.data.count(b"\r\n") == 2


@pytest.mark.parametrize(("unit", "counted"), [("PR", "Paar"), ("PCE", "Stück"), (None, "Stück")])
def test_shoes_are_counted_in_pairs(
    anna: Person, firestore: Client, unit: str, counted: str
) -> None:
    store_company(firestore, company())
    store_order(firestore, order(unit=unit))
    read = load_workbook(BytesIO(anna.get(PATHS[1], language="de").data))
    texts = {cell.value for sheet in read for row in sheet for cell in row}
    assert counted in texts
    assert {"Paar", "Stück"} - {counted} not in texts


@pytest.mark.parametrize("kind", KINDS)
def test_articles_with_free_sizes_and_no_gtin_are_on_every_document(
    viewer: Person, firestore: Client, kind: str
) -> None:
    store_company(firestore, company())
    line = order_line(
        "CW-2288-010-S_Short", article="CW2288-111-42", size="S (Short) 36\u2154", gtin=""
    )
    store_order(firestore, order(lines=[line]))
    answer = viewer.get(f"/{NUMBER}/documents/confirmation.{kind}")
    assert answer.status_code == 200
    if kind == "csv":
        text = answer.data.decode("utf-8-sig")
        assert "CW-2288-010-S_Short" in text
        assert "S (Short) 36\u2154" in text
