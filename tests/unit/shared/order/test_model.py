"""An order as a document: whole, and small."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.money import Money, UnitPrice
from shared.order.documents import Invoice, Shipment
from shared.order.hold import Hold, HoldKind
from shared.order.model import Confirmation, Order, OrderLine
from shared.store import to_document
from shared.vat.rules import Vat, VatRule
from tests.factories.order import order, order_line

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
AMOUNTS = st.integers(0, 10**9)


@st.composite
def lines_in(draw: st.DrawFn, currency: str) -> OrderLine:
    return OrderLine(
        position=draw(st.integers(1, 999_990)),
        sku=f"10123-010-{draw(TEXT)}",
        article=draw(TEXT),
        gtin=draw(TEXT),
        size=draw(TEXT),
        quantity=draw(st.integers(1, 10**6)),
        unit_price=UnitPrice(
            amount=draw(AMOUNTS), currency=currency, per=draw(st.integers(1, 1000))
        ),
        amount=Money(amount=draw(AMOUNTS), currency=currency),
        confirmed=draw(
            st.lists(
                st.builds(Confirmation, on=st.dates(), quantity=st.integers(0, 999)), max_size=3
            )
        ),
        rejected=draw(st.booleans()),
    )


QUANTITIES = st.dictionaries(st.integers(1, 999_990), st.integers(0, 10**6), max_size=3)
SHIPMENTS = st.builds(
    Shipment,
    number=TEXT,
    stamp=TEXT,
    carrier=TEXT,
    tracking=TEXT,
    shipped_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    cancelled=st.booleans(),
    quantities=QUANTITIES,
)
EUROS = st.builds(Money, amount=AMOUNTS, currency=st.just("EUR"))
INVOICES = st.builds(
    Invoice,
    number=TEXT,
    stamp=TEXT,
    on=st.dates(),
    net=EUROS,
    gross=EUROS,
    cancels=st.none() | TEXT,
    quantities=QUANTITIES,
)


@given(st.lists(SHIPMENTS, max_size=2), st.lists(INVOICES, max_size=2))
def test_a_document_has_its_shipments_and_invoices(
    shipments: list[Shipment], invoices: list[Invoice]
) -> None:
    one = order(shipments=shipments, invoices=invoices)
    assert Order.model_validate(to_document(one)) == one
    assert Order.model_validate_json(one.model_dump_json()) == one


@given(st.data(), st.sampled_from(["EUR", "HUF", "JPY"]))
def test_a_document_has_all_of_the_order(data: st.DataObject, currency: str) -> None:
    lines = data.draw(st.lists(lines_in(currency), max_size=4))
    placed = order(lines=lines, currency=currency)
    assert Order.model_validate(to_document(placed)) == placed


@given(st.data())
def test_json_has_all_of_the_order_too(data: st.DataObject) -> None:
    placed = order(lines=data.draw(st.lists(lines_in("EUR"), max_size=3)))
    assert Order.model_validate_json(placed.model_dump_json()) == placed


def test_5000_lines_confirmed_shipped_and_invoiced_fit_into_a_document() -> None:
    confirmed = [Confirmation(on=date(2026, 12, day), quantity=1) for day in (1, 2)]
    lines = [
        order_line(
            f"{20000 + i // 20}-010-{i % 20}",
            f"{20000000 + i}",
            position=10 * (i + 1),
            confirmed=confirmed,
        )
        for i in range(5000)
    ]
    quantities = {line.position: line.quantity for line in lines}
    shipment = Shipment(
        number="80000001",
        stamp="20261201080000000000",
        shipped_at=datetime(2026, 12, 1, tzinfo=UTC),
        quantities=quantities,
    )
    invoice = Invoice(
        number="90000001",
        stamp="20261202080000000000",
        on=date(2026, 12, 2),
        net=Money(amount=1, currency="EUR"),
        gross=Money(amount=1, currency="EUR"),
        quantities=quantities,
    )
    one = order(lines=lines, shipments=[shipment], invoices=[invoice])
    size = len(json.dumps(to_document(one), default=str).encode())
    assert size < 1 << 20


@pytest.mark.parametrize("rule", VatRule)
def test_every_vat_rule_reads_as_it_was_stored_and_the_release_before_knows_its_name(
    rule: VatRule,
) -> None:
    vat = Vat(rule=rule, rate=0, amount=Money(amount=0, currency="EUR"), departure="DE")
    document = to_document(order(vat=vat))
    before = {"domestic", "reverse_charge", "export", "no_vat_id", "on_invoice"}
    assert document["vat"]["rule"] in before
    assert Order.model_validate(document).vat == vat


@pytest.mark.parametrize(
    ("stored", "rule"),
    [
        # What was called a reverse charge was an exempt supply to another member state.
        ("reverse_charge", VatRule.INTRA_COMMUNITY),
        ("no_vat_id", VatRule.NO_VAT_ID),
        ("domestic", VatRule.DOMESTIC),
    ],
)
def test_vat_of_before_rules_had_grounds_is_read(stored: str, rule: VatRule) -> None:
    amount = {"amount": 1900, "currency": "EUR"}
    document = to_document(order()) | {"vat": {"rule": stored, "rate": 190, "amount": amount}}
    found = Order.model_validate(document).vat
    assert (found.rule, found.rate, found.amount.amount) == (rule, 190, 1900)
    assert (found.departure, found.supplied_on) == ("", None)


def test_what_sap_holds_an_order_for_is_kept() -> None:
    hold = Hold(kind=HoldKind.CREDIT, reason="B", since=datetime(2026, 11, 22, tzinfo=UTC))
    one = order(holds=[hold])
    assert Order.model_validate(to_document(one)).holds == [hold]
