"""Each call that the code makes fits SAP's interface, and the role in docs/ allows it and no other."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.sap.client.pyrfc._convert import to_wire
from emulators.sap.client.pyrfc._interface import parse_parameters
from emulators.sap.functions import describe
from infra.sap_check import PROBES
from shared.order.model import Order
from shared.order.versions import add_version
from shared.sap.order_change import cancel_parameters, change_parameters, order_status_parameters
from shared.sap.sales_order import create_parameters, holder_parameters, lookup_parameters
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.order import ANNA, order, order_line
from tests.factories.sap import ECC, S4

ROOT = Path(__file__).resolve().parents[4]
SOURCES = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "shared" / "sap").rglob("*.py")]
LIBRARYS = {"RFC_PING", "RFCPING", "RFC_GET_FUNCTION_INTERFACE", "DDIF_FIELDINFO_GET"}

_MATRIX = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", min_size=1, max_size=18)


def _called() -> set[str]:
    found = (re.findall(r'call\(\s*"([A-Z0-9_]+)"', path.read_text()) for path in SOURCES)
    return {name for names in found for name in names}


def _fits(module: str, parameters: Mapping[str, Any]) -> None:
    """By name, type and length, as the strictest client converts it."""
    interface = describe(module)
    known = parse_parameters(interface["parameters"], interface["structures"])
    for name, value in parameters.items():
        assert known[name].direction != "EXPORT"
        to_wire(known[name], value)
    for name, parameter in known.items():
        if parameter.direction == "IMPORT" and not parameter.optional:
            assert name in parameters


@st.composite
def _orders(draw: st.DrawFn) -> Order:
    pieces = draw(st.lists(st.integers(1, 99_999), min_size=1, max_size=5))
    price = st.integers(0, 10**9)
    lines = [
        order_line(quantity=one, price=draw(price), position=10 * (index + 1)).model_copy(
            update={"article": draw(_MATRIX)}
        )
        for index, one in enumerate(pieces)
    ]
    return order(
        lines=lines,
        at_once=draw(st.booleans()),
        po_number=draw(st.text("ABC 123", min_size=1, max_size=20)),
        po_written=draw(st.text(max_size=60)),
        placed_by=draw(st.text(max_size=80)),
        incoterms_place=draw(st.text(max_size=80)),
        cancel_by=draw(st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))),
        external_number=draw(st.none() | st.just("0500000001")),
        sap_number="4711",
    )


@given(one=_orders(), system=st.sampled_from([ECC, S4]))
def test_every_order_fits_the_interface(one: Order, system: SourceSystem) -> None:
    _fits("BAPI_SALESORDER_CREATEFROMDAT2", create_parameters(one, system))
    _fits("BAPI_SALESORDER_GETLIST", lookup_parameters(one))
    _fits("BAPI_SALESORDER_GETSTATUS", holder_parameters(one))
    _fits("BAPI_SALESORDER_GETSTATUS", order_status_parameters(one.sap_number))


@given(one=_orders(), system=st.sampled_from([ECC, S4]), data=st.data())
def test_every_change_fits_the_interface(
    one: Order, system: SourceSystem, data: st.DataObject
) -> None:
    pieces = data.draw(
        st.lists(st.integers(0, 99_999), min_size=len(one.lines), max_size=len(one.lines))
    )
    changed = add_version(one, pieces, NOW + timedelta(days=1), ANNA, via_sap=True)
    _fits("BAPI_SALESORDER_CHANGE", change_parameters(changed, system))
    there = [{"ITM_NUMBER": f"{line.position:06}", "REA_FOR_RE": ""} for line in one.lines]
    cancelled = cancel_parameters(changed, system, {"STATUSINFO": there})
    _fits("BAPI_SALESORDER_CHANGE", cancelled)
    assert len(cancelled["ORDER_ITEM_IN"]) == len(there)


def test_only_fields_that_are_meant_are_flagged() -> None:
    parameters = create_parameters(order(), ECC)
    for table, flags in (
        ("ORDER_ITEMS_IN", "ORDER_ITEMS_INX"),
        ("ORDER_SCHEDULES_IN", "ORDER_SCHEDULES_INX"),
        ("ORDER_CONDITIONS_IN", "ORDER_CONDITIONS_INX"),
    ):
        for row, flagged in zip(parameters[table], parameters[flags], strict=True):
            assert flagged.keys() - {"UPDATEFLAG"} == row.keys()


@pytest.mark.parametrize("module", sorted(_called() | set(PROBES)))
def test_what_is_called_is_what_the_check_tries(module: str) -> None:
    assert module in PROBES
    _fits(module, PROBES[module])


def test_the_role_has_every_module_that_is_called_and_no_other() -> None:
    page = (ROOT / "docs" / "source-systems.md").read_text()
    role = page[page.index("## The RFC user") :]
    named = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", role, flags=re.MULTILINE))
    assert named == _called() | LIBRARYS
