"""What a change of an order is checked for."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from functions.orders.changing.change import ChangeResult, NotChangeableProblem, plan_change
from functions.orders.changing.schema import ChangeRequest
from functions.orders.wording import Reader, change_text, handover_text
from shared.cart.context import CartContext
from shared.company.model import Credit
from shared.order.handover import ExportAttempt, Handover, HandoverState, Parked, ParkReason
from shared.order.model import Order, OrderChange
from shared.order.status import Status
from tests.factories.assortment import NOW, TODAY
from tests.factories.availability import promised
from tests.factories.cart import context_of
from tests.factories.company import company
from tests.factories.order import ANNA, order, order_line
from tests.factories.sap import stamp
from tests.factories.style import style

S, M = "10123-010-S", "10123-010-M"
ARTICLES = {sku.id: sku.article for colourway in style().colourways for sku in colourway.skus}


def bought(small: int = 6, medium: int = 6, **overrides: Any) -> Order:
    """Six of each of two sizes, at 25 EUR."""
    lines = [
        order_line(S, ARTICLES[S], small, position=10),
        order_line(M, ARTICLES[M], medium, position=20),
    ]
    return order(lines=lines, **overrides)


def in_sap(**overrides: Any) -> Order:
    """The same, that SAP has told of."""
    told: dict[str, Any] = {
        "status": Status.CONFIRMED,
        "sap_stamp": stamp(1),
        "handover": Handover(state=HandoverState.ACCEPTED, due_at=None),
    }
    return bought(**told | overrides)


def test_buyers_read_in_our_words_that_sap_refused_a_change() -> None:
    blocked = ExportAttempt(at=NOW, outcome="refused", detail="Material 10123001 is blocked")
    refused = Handover(state=HandoverState.REFUSED, due_at=None, attempts=[blocked])
    change = OrderChange(number=2, at=NOW, by="Anna", handover=refused)
    assert change_text(change).render(Locale("en")) == (
        "Our order processing refused the change, so nothing changed."
    )


def test_buyers_read_in_their_language_that_an_order_is_looked_after() -> None:
    parked = Parked(reason=ParkReason.REFUSED, at=NOW, detail="Material 10123001 is blocked")
    handover = Handover(state=HandoverState.PARKED, due_at=NOW, parked=parked)
    told = {handover_text(order(handover=handover), Reader(Locale(one))) for one in ("en", "de")}
    assert len(told) == 2
    assert not any("10123001" in text for text in told)


def changed(one: Order, context: CartContext, **pieces: int) -> ChangeResult:
    wanted = [
        {"sku": {"small": S, "medium": M}[size], "quantity": quantity}
        for size, quantity in pieces.items()
    ]
    request = ChangeRequest.model_validate({"version": one.version, "lines": wanted})
    return plan_change(one, context, request, ANNA, NOW)


def refused(one: Order, context: CartContext, **pieces: int) -> list[str]:
    with pytest.raises(NotChangeableProblem) as raised:
        changed(one, context, **pieces)
    return [check.code for check in raised.value.checks if check.severity == "error"]


def buying(**profile: Any) -> CartContext:
    return context_of(buying=company(**profile))


@given(st.integers(0, 12), st.integers(0, 12))
def test_sums_are_those_of_the_lines_at_the_prices_of_the_placing(small: int, medium: int) -> None:
    one = bought()
    if (small, medium) in ((6, 6), (0, 0)):
        return
    new = changed(one, context_of(), small=small, medium=medium).order
    assert new.pieces == small + medium == sum(line.quantity for line in new.lines)
    assert new.net.amount == 2500 * new.pieces == sum(line.amount.amount for line in new.lines)
    assert new.gross.amount == new.net.amount + new.vat.amount.amount
    assert [line.unit_price for line in new.lines] == [line.unit_price for line in one.lines]
    assert [version.quantities for version in new.versions] == [[6, 6], [small, medium]]
    assert new.change is None
    assert new.handover == one.handover


def test_what_sap_has_is_told_to_sap() -> None:
    new = changed(in_sap(), context_of(), small=7).order
    assert new.change is not None
    assert (new.change.number, new.versions[-1].via_sap) == (2, True)


def test_pack_multiples() -> None:
    packs = context_of(style(multiple=6))
    assert refused(bought(), packs, small=7, medium=1) == ["not_a_multiple"] * 2
    assert changed(bought(), packs, small=12, medium=0).order.pieces == 12


def test_a_style_s_minimum_holds_for_what_there_is_less_of() -> None:
    least = context_of(style(minimum=10))
    assert refused(bought(), least, small=1) == ["below_style_minimum"]
    assert changed(bought(), least, small=4).order.pieces == 10
    # Placed when other orders of its cart made up the rest.
    assert changed(bought(2, 2), least, small=3).order.pieces == 5


def test_an_order_s_minimum() -> None:
    assert refused(bought(), buying(minimum_order=20_000), small=1) == ["below_order_minimum"]
    assert changed(bought(1, 1), buying(minimum_order=20_000), small=2).order.pieces == 3


def test_what_is_not_offered_any_more_can_only_get_less() -> None:
    gone = replace(context_of(), styles={})
    assert refused(bought(), gone, small=7) == ["not_available"]
    assert changed(bought(), gone, small=5).order.pieces == 11


def test_a_company_or_door_that_is_blocked_can_only_order_less() -> None:
    blocked = buying(order_block=True)
    assert refused(bought(), blocked, small=7) == ["company_blocked"]
    assert changed(bought(), blocked, small=5).order.pieces == 11
    nowhere = buying(doors={})
    assert refused(bought(), nowhere, small=7) == ["door_not_allowed"]
    assert changed(bought(), nowhere, small=5).order.pieces == 11


def test_after_the_cut_off_nothing_changes() -> None:
    late = replace(context_of(), today=TODAY + timedelta(days=4000))
    assert "window_closed" in refused(bought(), late, small=5)


def test_a_rejected_line_takes_nothing() -> None:
    one = bought()
    lines = [one.lines[0].model_copy(update={"rejected": True}), one.lines[1]]
    assert refused(one.model_copy(update={"lines": lines}), context_of(), small=7) == ["line_ended"]


def test_what_it_has_already_is_its_own() -> None:
    """50 in stock, of which SAP counts the order's six among its own open orders."""
    context = context_of()
    stock = context.availability["10123"].stock
    for article, row in stock.items():
        stock[article] = row.model_copy(update={"ordered": 6, "stamp": stamp(2)})
    assert changed(in_sap(), context, small=50).order.pieces == 56
    assert refused(in_sap(), context, small=51) == ["shortage"]
    # Before SAP can have it, they are somebody else's, and its own are promised beside them.
    held = promised(bought().requested_on, {ARTICLES[S]: 6, ARTICLES[M]: 6})
    context.availability["10123"].promised = held
    assert refused(bought(), context, small=45) == ["shortage"]
    assert changed(bought(), context, small=44).order.pieces == 50


def test_more_than_the_credit_is_a_warning() -> None:
    limited = company()
    limited.credit = Credit(stamp=stamp(1), currency="EUR", limit=11_900, exposure=0)
    context = context_of(buying=limited)
    assert changed(bought(), context, small=10).warnings == []
    [warning] = changed(bought(), context, small=11).warnings
    assert (warning.code, warning.severity) == ("over_credit", "warning")
