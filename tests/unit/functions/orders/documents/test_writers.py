"""The order confirmation, as the files that it becomes."""

import csv
import re
import subprocess
import sys
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from functions.orders.documents import csv_writer, pdf_writer, xlsx_writer
from functions.orders.documents.content import Confirmation
from shared.actor import SAP
from shared.market.model import SALES_ORGANISATIONS
from shared.money import UnitPrice
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order, SapState, Step
from shared.order.status import Status
from shared.price.model import AppliedDiscount
from shared.store import to_document
from shared.text.locale import LOCALES
from shared.vat.rules import Vat, VatRule
from tests.factories.assortment import NOW
from tests.factories.company import address, door, sales_area
from tests.factories.order import order, order_line
from tests.unit.functions.orders.documents.papers import NAMES, confirmation_of, placed


def rows(content: bytes, delimiter: str = ";") -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_what_it_says() -> None:
    one = confirmation_of()
    assert [party.heading for party in one.parties] == ["Verkäufer", "Käufer", "Lieferung an"]
    assert one.parties[0].lines[0] == SALES_ORGANISATIONS["1000"].seller.name
    assert "USt-IdNr. DE136695976" in one.parties[1].lines
    facts = {fact.label: fact.value for fact in one.facts}
    assert facts["Ihre Bestellnummer"] == "PO 4711"
    assert facts["Auftragsnummer der Marke"] == "4711"
    assert facts["Zahlungsbedingungen"] == "Wie vereinbart"  # nobody told what the key means
    assert facts["Lieferfenster"] == "Sofort"
    assert [colourway.title for colourway in one.colourways] == [
        "10123-010 Technik-T-Shirt, Schwarz",
        "10123-400 Technik-T-Shirt, Blue",
    ]
    assert [[row.size for row in each.rows] for each in one.colourways] == [["S", "M"], ["S"]]
    assert [fact.value for fact in one.sums] == [
        "9",
        "225,00\xa0€",
        "42,75\xa0€",
        "267,75\xa0€",
    ]
    assert one.sums[2].label == "MwSt. 19\xa0%"
    assert one.notes == []


@pytest.mark.parametrize(
    ("status", "note"),
    [
        (Status.PENDING_APPROVAL, "Wartet auf Freigabe in Ihrem Unternehmen."),
        (Status.CANCELLED, "Dieser Auftrag wurde storniert."),
    ],
)
def test_what_is_no_order_or_none_any_more_says_so(status: Status, note: str) -> None:
    assert confirmation_of(one=placed(status=status)).notes == [note]


@pytest.mark.parametrize(
    ("sizes", "rows"), [(1, [1]), (12, [12]), (13, [7, 6]), (24, [12, 12]), (25, [9, 9, 7])]
)
def test_sizes_are_shared_out_among_the_rows_that_they_need(sizes: int, rows: list[int]) -> None:
    lines = [
        order_line(f"10123-010-{36 + one}", f"10123{one:03}", position=10 * one + 10)
        for one in range(sizes)
    ]
    [colourway] = confirmation_of(one=placed().model_copy(update={"lines": lines})).colourways
    page = pdf_writer._Page(confirmation_of())
    found = pdf_writer._runs(colourway.rows, pdf_writer._columns(page, colourway))
    assert [len(run) for run in found] == rows


def test_each_file_says_why_lines_do_not_come() -> None:
    first, second, *others = placed().lines
    gone = {"rejected": True, "confirmed": []}
    lines = [first.model_copy(update=gone), second.model_copy(update=gone), *others]
    states = [
        SapState(stamps=["20261122141700000000"], reasons={10: "01"}),
        SapState(stamps=["20261122141800000000"], reasons={10: "Z1", 20: "77"}),
    ]
    one = confirmation_of(one=placed().model_copy(update={"lines": lines, "sap_states": states}))
    sold_out, unknown = "Ausverkauft", "Den Grund nennen Ihnen unsere Mitarbeiter"
    assert [row.rejected for each in one.colourways for row in each.rows] == [sold_out, unknown, ""]
    head, *table = rows(csv_writer.write(one))
    place = head.index("Abgelehnt")
    assert [line[place] for line in table] == [sold_out, unknown, ""]
    sheet = load_workbook(BytesIO(xlsx_writer.write(one))).worksheets[1]
    assert [cell.value for cell in sheet[2]][place] == sold_out
    assert pdf_writer.write(one) != pdf_writer.write(confirmation_of())


def test_an_order_that_sap_refused_says_so_and_why() -> None:
    step = Step(status=Status.REJECTED, at=NOW, reason="Z1", **SAP.signature)
    refused = placed(history=[step], handover=Handover(state=HandoverState.REFUSED, due_at=None))
    assert confirmation_of(one=refused).notes == [
        "Von unserer Auftragsabwicklung abgelehnt: Ausverkauft"
    ]


@pytest.mark.parametrize(("market", "day"), [("IE", "31.10.2026"), ("RO", "01.11.2026")])
def test_it_is_dated_with_the_markets_day(market: str, day: str) -> None:
    at = datetime.fromisoformat("2026-10-31T22:15:00+00:00")
    facts = {
        fact.label: fact.value
        for fact in confirmation_of(one=placed(placed_at=at, market=market)).facts
    }
    assert facts["Bestellt am"] == day


def exempt(**overrides: Any) -> Order:
    """Goods from Germany for a shop in Lyon, ordered when the buyer had another VAT id."""
    net = placed().net
    none = net.model_copy(update={"amount": 0})
    vat = Vat(
        rule=VatRule.INTRA_COMMUNITY,
        rate=0,
        amount=none,
        departure="DE",
        arrival="FR",
        seller_id="DE811907980",
        buyer_id="FR40303265045",
    )
    lyon = door(address=address(country="FR", postal_code="69002", city="Lyon"))
    return placed(vat=vat, gross=net, door=lyon, **overrides)


MENTION = "Steuerfreie innergemeinschaftliche Lieferung, Art. 138 der Richtlinie 2006/112/EG"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((date(2027, 3, 1), date(2027, 4, 15)), "SS27-2 (1. März – 15. Apr. 2027)"),
        ((date(2026, 12, 15), date(2027, 1, 15)), "SS27-2 (15. Dez. 2026 – 15. Jan. 2027)"),
        ((None, None), "SS27-2"),
    ],
)
def test_a_delivery_window_is_told_with_its_days(days: tuple[date | None, ...], told: str) -> None:
    first, last = days
    one = placed(window="SS27-2", at_once=False, ship_from=first, ship_to=last)
    facts = {fact.label: fact.value for fact in confirmation_of(one=one).facts}
    assert facts["Lieferfenster"].replace("\u2009", " ") == told


def test_an_exempt_supply_says_why_who_and_where() -> None:
    one = confirmation_of("de", exempt())
    assert one.notes == [MENTION]
    assert "USt-IdNr. DE811907980" in one.parties[0].lines
    assert "USt-IdNr. FR40303265045" in one.parties[1].lines
    assert "Frankreich" in one.parties[2].lines
    assert confirmation_of("fi", exempt()).notes == [
        "Veroton yhteisömyynti, direktiivin 2006/112/EY 138 artikla"
    ]


def test_every_file_has_what_the_directive_asks_for() -> None:
    facts = ["DE811907980", "FR40303265045", "Frankreich", "0\xa0%", MENTION]
    one = confirmation_of("de", exempt())
    lines = rows(csv_writer.write(one))
    assert lines[0][-5:] == [
        "USt-IdNr. des Verkäufers",
        "USt-IdNr. des Käufers",
        "Lieferland",
        "Umsatzsteuersatz",
        "Hinweis zur Umsatzsteuer",
    ]
    assert {tuple(row[-5:]) for row in lines[1:]} == {tuple(facts)}
    head = load_workbook(BytesIO(xlsx_writer.write(one))).worksheets[0]
    shown = {str(cell.value) for row in head.iter_rows() for cell in row}
    assert {MENTION, "Frankreich", "USt-IdNr. DE811907980", "USt-IdNr. FR40303265045"} <= shown


def test_where_tax_is_added_on_the_invoice_there_is_no_vat_and_no_total() -> None:
    net = placed().net
    none = net.model_copy(update={"amount": 0})
    boulder = address(country="US", postal_code="80302", city="Boulder", region="CO")
    american = placed(
        vat=Vat(rule=VatRule.ON_INVOICE, rate=0, amount=none),
        gross=net,
        door=door(address=boulder),
        sales_area=sales_area("3000"),
    )
    one = confirmation_of("fr", american)
    note = "Les taxes sont ajoutées sur la facture."
    assert one.paper == "letter"
    assert "Boulder, CO 80302" in one.parties[2].lines
    assert [fact.label for fact in one.sums][-1] == "Net"
    assert one.notes == [note]
    lines = rows(csv_writer.write(one))
    assert lines[0][-2:] == ["Pays de livraison", "Taxes"]
    assert {tuple(row[-2:]) for row in lines[1:]} == {("États-Unis", note)}
    assert not any("TVA" in fact.label for fact in [*one.sums, *one.vat, *one.facts])
    assert pdf_writer.write(one).startswith(b"%PDF")


def test_an_order_of_before_ids_were_kept_has_those_of_today() -> None:
    one = confirmation_of("de", placed())
    assert f"USt-IdNr. {SALES_ORGANISATIONS['1000'].seller.vat_id}" in one.parties[0].lines
    assert "USt-IdNr. DE136695976" in one.parties[1].lines


def test_a_rate_has_its_tenths() -> None:
    vat = Vat(rule=VatRule.NO_VAT_ID, rate=255, amount=placed().net)
    one = confirmation_of("fi", placed(vat=vat))
    assert one.sums[2].label == "VAT 25,5\xa0%"


def test_csv_is_of_the_readers_locale() -> None:
    german = rows(csv_writer.write(confirmation_of("de")))
    assert german[0][:2] == ["Position", "SKU"]
    assert german[1] == [
        *("10", "10123-010-S", placed().lines[0].gtin, "10123", "Technik-T-Shirt", "010"),
        *("Schwarz", "S", "2", "", "2026-12-01", "25,00", "1", "50,00", "EUR", "", "", ""),
        *(SALES_ORGANISATIONS["1000"].seller.vat_id, "DE136695976", "Deutschland", "19\xa0%", ""),
    ]
    assert [row[0] for row in german[1:]] == ["10", "20", "30"]
    english = rows(csv_writer.write(confirmation_of("en_US")), ",")
    assert english[1][11] == "25.00"
    answered = placed(status_stamp="20261122141800000000")
    assert [row[9] for row in rows(csv_writer.write(confirmation_of("de", answered)))[1:]] == [
        "1",
        "0",
        "0",
    ]


def test_discounts_have_their_names_with_what_they_change() -> None:
    line = order_line(list_price=UnitPrice(amount=2800, currency="EUR"))
    found = [
        AppliedDiscount(condition="K007", change=-84, rate=3_000),
        AppliedDiscount(condition="K004", change=-300),
        AppliedDiscount(condition="ZZUS", change=56, rate=-2_000),
        AppliedDiscount(condition="Z999", change=28, rate=-1_000),
    ]
    discounted = placed().model_copy(
        update={"lines": [line.model_copy(update={"discounts": found})]}
    )
    kept = Order.model_validate(to_document(discounted))
    assert kept.lines[0].discounts == found
    names = "Kundenrabatt -3\xa0%; Artikelrabatt -3,00\xa0€; Zuschlag +2\xa0%; Zuschlag +1\xa0%"
    paper = confirmation_of("de", kept)
    assert paper.colourways[0].price == f"25,00\xa0€ (Listenpreis 28,00\xa0€; {names})"
    assert rows(csv_writer.write(paper))[1][17] == names
    assert "Customer discount -3%" in confirmation_of("en", kept).colourways[0].price


@given(st.sampled_from("=+-@\t\r"), st.text(max_size=5))
def test_no_cell_is_a_formula(first: str, rest: str) -> None:
    names = NAMES.model_copy(update={"style": {"en": first + rest}})
    one = confirmation_of("de", placed().model_copy(update={"names": {"10123": names}}))
    for row in rows(csv_writer.write(one))[1:]:
        assert row[4].startswith(("'", " "))
    sheet = load_workbook(BytesIO(xlsx_writer.write(one))).worksheets[1]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_xlsx_has_numbers_and_dates() -> None:
    head, lines = load_workbook(BytesIO(xlsx_writer.write(confirmation_of()))).worksheets
    assert head["A1"].value == "Auftragsbestätigung 7K3Q9XZ4M2-001"
    values = [[cell.value for cell in row] for row in lines.iter_rows(min_row=2)]
    assert [row[0] for row in values] == [10, 20, 30]
    assert values[0][8] == 2
    assert values[0][13] == 50


@pytest.mark.parametrize("locale", LOCALES)
def test_a_pdf_in_every_language(locale: str) -> None:
    assert pdf_writer.write(confirmation_of(locale)).startswith(b"%PDF-")


def test_a_pdf_is_the_same_in_another_process() -> None:
    script = (
        "import hashlib; from tests.unit.functions.orders.documents.test_writers import *;"
        "print(hashlib.sha256(pdf_writer.write(confirmation_of('el'))).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "."},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(prints) == 1


def test_what_writes_files_is_not_imported_with_the_service() -> None:
    script = (
        "import sys, functions.orders.main;"
        "print([name for name in ('fpdf', 'fontTools', 'PIL', 'openpyxl') if name in sys.modules])"
    )
    confirmation_of = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert confirmation_of.stdout.strip() == "[]"


def test_pages_of_a_long_order_are_american_for_americans() -> None:
    lines = [
        order_line(f"10123-{colour:03}-{size}", f"{colour:05}{size}", position=10 * (colour + 1))
        for colour in range(80)
        for size in range(14)
    ]
    long = order(lines=lines, sales_area=sales_area(organisation="3000"))
    content = pdf_writer.write(confirmation_of("en_US", long))
    assert b"/MediaBox [0 0 612" in content
    assert b"/Count 12" in content


@pytest.mark.parametrize(
    ("locale", "terms"),
    [
        ("en", "2% discount within 10 days, 30 days net"),
        ("fr", "2\xa0% d’escompte sous 10 jours, 30 jours net"),
        ("pl", "2% skonta w ciągu 10 dni, 30 dni netto"),
    ],
)
def test_papers_have_words_and_no_keys(locale: str, terms: str) -> None:
    one = confirmation_of(locale, placed(payment_terms="2D10", window="AO", at_once=True))
    assert terms in [fact.value for fact in one.facts]
    assert not {"2D10", "AO"} & set(everything(one))


def test_terms_that_nobody_explained_are_as_agreed_and_never_their_key() -> None:
    one = confirmation_of("sv", placed(payment_terms="ZX99"))
    assert [fact.value for fact in one.facts if fact.label == "Betalningsvillkor"] == [
        "Enligt överenskommelse"
    ]
    assert "ZX99" not in everything(one)


def everything(one: Confirmation) -> list[str]:
    """What stands in the workbook's cells, and in the lines of the other papers."""
    sheets = load_workbook(BytesIO(xlsx_writer.write(one))).worksheets
    cells = [str(cell) for sheet in sheets for row in sheet.values for cell in row if cell]
    csv_text = csv_writer.write(one).decode("utf-8-sig")
    return cells + [cell for line in csv_text.split("\r\n") for cell in re.split("[;,]", line)]


@pytest.mark.parametrize("locale", ["en", "de", "fr", "hu", "pl", "sv", "el", "bg"])
def test_no_label_runs_into_its_value(locale: str) -> None:
    page = pdf_writer._Page(confirmation_of(locale))
    page.add_page()
    page.set_font("Noto Sans", size=8)
    for fact in confirmation_of(locale).facts:
        words = fact.label.split()
        assert max(map(page.get_string_width, words)) + 2 * page.c_margin <= pdf_writer._LABEL
