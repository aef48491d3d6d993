"""An order as a document: whole, and small."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shared.money import Money, UnitPrice
from shared.order.model import Confirmation, Order, OrderLine
from shared.store import to_document
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


@given(st.data(), st.sampled_from(["EUR", "HUF", "JPY"]))
def test_a_document_has_all_of_the_order(data: st.DataObject, currency: str) -> None:
    lines = data.draw(st.lists(lines_in(currency), max_size=4))
    placed = order(lines=lines, currency=currency)
    assert Order.model_validate(to_document(placed)) == placed


@given(st.data())
def test_json_has_all_of_the_order_too(data: st.DataObject) -> None:
    placed = order(lines=data.draw(st.lists(lines_in("EUR"), max_size=3)))
    assert Order.model_validate_json(placed.model_dump_json()) == placed


def test_5000_confirmed_lines_fit_into_a_document() -> None:
    confirmed = [Confirmation(on=date(2026, 12, day), quantity=1) for day in (1, 2)]
    lines = [
        order_line(f"{20000 + i // 20}-010-{i % 20}", f"{20000000 + i}", confirmed=confirmed)
        for i in range(5000)
    ]
    size = len(json.dumps(to_document(order(lines=lines)), default=str).encode())
    assert size < 1 << 20
