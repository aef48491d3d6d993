"""The recorded pushes of `tests/events`: of each family, and of its deletions, blocks, units and flags."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.event.verdict import Verdict
from shared.order.documents import RelatedKind
from shared.order.hold import HoldKind
from shared.order.status import Status
from shared.store import Document
from tests.factories.company import company, store_company
from tests.factories.order import order, order_line, store_order
from tests.factories.sap import ECC
from tests.integration.messages.sellin import Sellin
from tests.support.pushing import ROOT, recorded

Check = Callable[[Sellin], object]


def _profile(sellin: Sellin) -> Document:
    found: Document = sellin.stored("companies/100001")["profile"]
    return found


def _credit(sellin: Sellin) -> Document:
    found: Document = sellin.stored("companies/100001")["credit"]
    return found


def _wholesale(sellin: Sellin) -> Any:
    return sellin.stored("prices/10123~EUR")["keys"]["PR00~306~1000~1000"]["records"]


SHOWN: dict[str, Check] = {
    "sap-products": lambda s: s.skus[0]["article"] == "10123001",
    "sap-products.deletion": lambda s: s.style["deleted"],
    "sap-products.block": lambda s: s.style["deleted"],
    "sap-products.unit": lambda s: (
        (s.style["multiple"], bool(s.skus[0]["case_gtin"])) == (12, True)
    ),
    "sap-products.listing": lambda s: s.stored("assortments/SPORT")["windows"],
    "sap-products.listing-deletion": lambda s: s.stored("assortments/SPORT")["deleted"],
    "sap-prices": lambda s: _wholesale(s)[0]["amount"] == 2500,
    "sap-prices.deletion": lambda s: _wholesale(s) == [],
    "sap-prices.unit": lambda s: (
        (_wholesale(s)[0]["amount"], _wholesale(s)[0]["per"]) == (30_000, 12)
    ),
    "sap-prices.scale": lambda s: _wholesale(s)[0]["tiers"] == [{"quantity": 11, "amount": 2000}],
    "sap-prices.own": lambda s: s.stored("companies/100001")["own_prices"],
    "sap-customers": lambda s: _profile(s)["blocks"] == [],
    "sap-customers.xml": lambda s: _profile(s)["name"],
    "sap-customers.deletion": lambda s: _profile(s)["deleted"],
    "sap-customers.block": lambda s: _profile(s)["order_block"],
    "sap-customers.delivery-block": lambda s: _profile(s)["blocks"] == ["delivery"],
    "sap-customers.credit": lambda s: _credit(s)["limit"],
    "sap-customers.credit-block": lambda s: _credit(s)["blocked"],
    "sap-inventory": lambda s: s.on_hand(),
    "sap-inventory.snapshot": lambda s: s.stored("state/stock")["snapshots"],
    "sap-inventory.unit": lambda s: s.on_hand() % 12 == 0,
    "sap-inventory.locations": lambda s: s.stored("availability/10123~EU01")["locations"],
    "sap-orders": lambda s: s.order.status is Status.CONFIRMED,
    "sap-orders.xml": lambda s: s.order.status is Status.CONFIRMED,
    "sap-orders.change": lambda s: (
        [(line.quantity, line.unit_price.amount) for line in s.order.lines]
        == [(3, 2000), (2, 2500)]
    ),
    "sap-orders.substitution": lambda s: s.order.lines[0].sku == "10123-010-M",
    "sap-orders.rejection": lambda s: s.order.status is Status.REJECTED,
    "sap-orders.credit-block": lambda s: s.order.holds[0].kind is HoldKind.CREDIT,
    "sap-orders.delivery-block": lambda s: s.order.holds[0].reason == "01 Kreditlimit",
    "sap-orders.unit": lambda s: s.order.lines[0].confirmed[0].quantity == 12,
    "sap-orders.return": lambda s: s.order.related[0].kind is RelatedKind.RETURN,
    "sap-orders.second": lambda s: s.order.related[0].kind is RelatedKind.SECOND_ORDER,
    "sap-orders.delivery": lambda s: s.order.status is Status.SHIPPED,
    "sap-orders.delivery-deletion": lambda s: s.order.shipments[0].cancelled,
    "sap-orders.delivery-return": lambda s: s.order.shipments[0].returns,
    "sap-orders.delivery-unit": lambda s: s.order.shipments[0].quantities == {10: 12},
    "sap-orders.invoice": lambda s: s.order.invoices[0].gross.amount == 14_875,
    "sap-orders.invoice-reversal": lambda s: s.order.invoices[-1].cancels == "90000001",
    "sap-orders.invoice-unit": lambda s: s.order.invoices[0].quantities == {10: 12},
    "sap-orders.credit-memo": lambda s: s.order.invoices[0].credit_memo,
}
"""Each of them, and what Sellin shows once it has come."""


def test_each_recorded_push_is_known() -> None:
    assert {path.stem for path in (ROOT / "tests" / "events").glob("*.json")} == {*SHOWN}


@pytest.mark.parametrize("name", SHOWN)
def test_a_recorded_push_is_shown(firestore: Client, name: str) -> None:
    sellin = Sellin(firestore, ECC)
    if not name.startswith("sap-products"):
        sellin.knows_the_article()
    store_company(firestore, company())
    store_order(firestore, order(lines=[order_line(quantity=5)]))
    topic = Path(name).stem if "." in name else name
    for before in dict.fromkeys([topic, name]):
        message = recorded(before)["message"]
        data, attributes = base64.b64decode(message["data"]), message["attributes"]
        assert Verdict.QUARANTINED not in sellin.takes_data(topic, data, attributes)
    assert sellin.reasons == ""
    assert SHOWN[name](sellin)
