"""What SAP is asked before an order is placed, and how its answers are read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.sap.client.pyrfc._convert import to_wire
from emulators.sap.client.pyrfc._interface import parse_parameters
from emulators.sap.functions import describe
from shared.company.model import SalesArea
from shared.money import Money, UnitPrice
from shared.order.model import Confirmation
from shared.sap.enquiry import (
    AskedLine,
    AskedOrder,
    RefusedError,
    availability_parameters,
    available,
    read_simulation,
    simulate_parameters,
)
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, S4

TAKEN = {"TYPE": "", "CODE": "", "MESSAGE": ""}
REFUSED = {"TYPE": "E", "CODE": "V1382", "MESSAGE": "Material 1 is not defined"}


@st.composite
def orders(draw: st.DrawFn) -> AskedOrder:
    currency = draw(st.sampled_from(["EUR", "HUF", "JPY"]))
    lines = [
        AskedLine(
            position=10 * (index + 1),
            sku=f"10123-010-{index}",
            article=draw(st.text("0123456789ABC-", min_size=1, max_size=18)),
            quantity=draw(st.integers(1, 100_000)),
            unit=draw(st.sampled_from(["PCE", "PR"])),
            unit_price=UnitPrice(
                amount=draw(st.integers(0, 10**10)),
                currency=currency,
                per=draw(st.sampled_from([1, 10, 100])),
            ),
        )
        for index in range(draw(st.integers(1, 5)))
    ]
    return AskedOrder(
        at_once=draw(st.booleans()),
        company="100001",
        door="200001",
        sales_area=SalesArea(organisation="1000", channel="10", division="00"),
        plant="EU01",
        currency=currency,
        requested_on=date(2026, 12, 3),
        lines=lines,
    )


def _fits(module: str, parameters: dict[str, Any]) -> None:
    interface = describe(module)
    known = parse_parameters(interface["parameters"], interface["structures"])
    for name, value in parameters.items():
        assert known[name].direction != "EXPORT"
        to_wire(known[name], value)


@given(one=orders(), system=st.sampled_from([ECC, S4]))
def test_every_enquiry_fits_the_interface(one: AskedOrder, system: SourceSystem) -> None:
    _fits("BAPI_SALESORDER_SIMULATE", simulate_parameters(one, system))
    for line in one.lines:
        _fits("BAPI_MATERIAL_AVAILABILITY", availability_parameters(one, line, system))


@given(one=orders())
def test_quantities_are_digits_of_thousandths_and_prices_real_amounts(one: AskedOrder) -> None:
    for line, item in zip(one.lines, simulate_parameters(one, ECC)["ORDER_ITEMS_IN"], strict=True):
        assert int(item["REQ_QTY"]) == 1000 * line.quantity
        assert item["COND_VAL1"] == line.unit_price.decimal
        assert item["CURRENCY"] == line.unit_price.currency


def _answer(one: AskedOrder, *confirmed: tuple[str, int], net: str = "150.0000") -> dict[str, Any]:
    return {
        "RETURN": TAKEN,
        "ORDER_ITEMS_OUT": [
            {
                "ITM_NUMBER": f"{line.position:06}",
                "NET_VALUE1": Decimal(net),
                "CURRENCY": one.currency,
            }
            for line in one.lines
        ],
        "ORDER_SCHEDULE_EX": [
            {"ITM_NUMBER": "000010", "REQ_DATE": day, "CONFIR_QTY": Decimal(quantity)}
            for day, quantity in confirmed
        ],
    }


def _one_line() -> AskedOrder:
    price = UnitPrice(amount=1250, currency="EUR")
    line = AskedLine(10, "10123-010-S", "10123001", 12, "PCE", price)
    area = SalesArea(organisation="1000", channel="10", division="00")
    day = date(2026, 12, 3)
    return AskedOrder(True, "100001", "200001", area, "EU01", "EUR", day, [line])


def test_schedule_lines_are_what_sap_confirms_and_days_without_anything_are_none() -> None:
    one = _one_line()
    [line] = read_simulation(one, _answer(one, ("20261203", 0), ("20261210", 8), ("20270104", 4)))
    assert line.confirmed == [
        Confirmation(on=date(2026, 12, 10), quantity=8),
        Confirmation(on=date(2027, 1, 4), quantity=4),
    ]
    assert line.net == Money(amount=15_000, currency="EUR")


def test_of_a_discounted_line_only_what_sap_confirms_is_known() -> None:
    asked = _one_line()
    asked = replace(asked, lines=[replace(line, discounted=True) for line in asked.lines])
    (line,) = read_simulation(asked, _answer(asked, ("20270115", 6)))
    assert (line.net, [each.quantity for each in line.confirmed]) == (None, [6])


def test_what_sap_refuses_or_answers_of_other_items_is_no_answer() -> None:
    one = _one_line()
    with pytest.raises(RefusedError, match="V1 382"):
        read_simulation(one, {**_answer(one), "RETURN": REFUSED})
    with pytest.raises(RefusedError, match="items"):
        read_simulation(one, {**_answer(one), "ORDER_ITEMS_OUT": []})
    with pytest.raises(RefusedError, match="V1 382"):
        available(one.lines[0], {"RETURN": REFUSED, "WMDVEX": []})


def test_availability_is_told_by_day() -> None:
    rows = [("20261203", 8), ("20261210", 0)]
    answer = {
        "RETURN": TAKEN,
        "WMDVEX": [{"COM_DATE": day, "COM_QTY": Decimal(quantity)} for day, quantity in rows],
    }
    line = available(_one_line().lines[0], answer)
    assert line.confirmed == [Confirmation(on=date(2026, 12, 3), quantity=8)]
    assert line.net is None
