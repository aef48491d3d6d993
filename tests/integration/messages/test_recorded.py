"""The recorded pushes of `tests/events`: of each family, and of its deletions, blocks, units and flags.

Those of the ECC are in the folder itself, those of the S/4 in `s4_na`, in its customizing and the other
shape of JSON: each IDoc under its basic type, a segment of one row as an object.
"""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.company.model import SalesArea
from shared.event.verdict import Verdict
from shared.order.documents import RelatedKind
from shared.order.hold import HoldKind
from shared.order.status import Status
from shared.store import Document
from tests.factories.company import company, store_company
from tests.factories.order import order, order_line, store_order
from tests.factories.sap import ECC, S4, STAMP
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
    kind = next(one for one, is_ in sellin.system.prices.types.items() if is_ == "wholesale")
    organisation = sellin.system.sales_areas[0].organisation
    keys = sellin.stored(f"prices/10123~{CURRENCIES[sellin.system.logical_system]}")["keys"]
    return keys[f"{kind}~306~{organisation}~{organisation}"]["records"]


def _of_variants(sellin: Sellin) -> list[tuple[str, int]]:
    found = sellin.stored(f"prices/10123~{CURRENCIES[sellin.system.logical_system]}")["variants"]
    return [(key["article"], one["amount"]) for key in found.values() for one in key["records"]]


def _discounts(sellin: Sellin) -> list[tuple[str, int]]:
    found = sellin.stored("companies/100001")["discounts"].values()
    return [(key["calculation"], one["amount"]) for key in found for one in key["records"]]


def _door(sellin: Sellin) -> tuple[str, bool]:
    door = _profile(sellin)["doors"]["200002"]
    return door["name"], door["blocked"]


def _held(sellin: Sellin) -> list[tuple[HoldKind, str]]:
    return [(hold.kind, hold.reason) for hold in sellin.order.holds]


def _related(sellin: Sellin) -> list[tuple[str, RelatedKind]]:
    return [(one.number, one.kind) for one in sellin.order.related]


def _stock(sellin: Sellin) -> Document:
    plant = "EU01" if sellin.system is ECC else "US01"
    return sellin.stored(f"availability/10123~{plant}")


def _on_hand(sellin: Sellin) -> int:
    return int(_stock(sellin)["stock"]["10123001"]["on_hand"])


SYSTEMS = {"": ECC, "s4_na/": S4}
"""By the folder of its pushes."""

CURRENCIES = {ECC.logical_system: "EUR", S4.logical_system: "USD"}

SHOWN: dict[str, Check] = {
    "sap-products": lambda s: s.skus[0]["article"] == "10123001",
    "sap-products.deletion": lambda s: s.style["deleted"],
    "sap-products.block": lambda s: s.style["deleted"],
    "sap-products.sales-block": lambda s: s.style["deleted"],
    "sap-products.chain-block": lambda s: [sku["article"] for sku in s.skus] == ["10123001"],
    "sap-products.xml": lambda s: s.style["multiple"] == 12,
    "sap-products.unit": lambda s: (
        (s.style["multiple"], bool(s.skus[0]["case_gtin"])) == (12, True)
    ),
    "sap-products.listing": lambda s: [*s.stored("assortments/SPORT")["windows"]] == ["SS27-1"],
    "sap-products.listing-deletion": lambda s: s.stored("assortments/SPORT")["deleted"],
    "sap-prices": lambda s: _wholesale(s)[0]["amount"] == 2500,
    "sap-prices.deletion": lambda s: _wholesale(s) == [],
    "sap-prices.unit": lambda s: (
        (_wholesale(s)[0]["amount"], _wholesale(s)[0]["per"]) == (30_000, 12)
    ),
    "sap-prices.scale": lambda s: _wholesale(s)[0]["tiers"] == [{"quantity": 11, "amount": 2000}],
    "sap-prices.to-scale": lambda s: (
        (_wholesale(s)[0]["amount"], _wholesale(s)[0]["tiers"])
        == (2500, [{"quantity": 11, "amount": 2000}])
    ),
    "sap-prices.variant": lambda s: _of_variants(s) == [("10123001", 2500)],
    "sap-prices.discount": lambda s: _discounts(s) == [("percent", 5000)],
    "sap-prices.xml": lambda s: _wholesale(s)[0]["tiers"] == [{"quantity": 11, "amount": 2000}],
    "sap-prices.own": lambda s: s.stored("companies/100001")["own_prices"],
    "sap-customers": lambda s: _profile(s)["blocks"] == [],
    "sap-customers.xml": lambda s: _credit(s)["limit"] == 10_000_000,
    "sap-customers.deletion": lambda s: _profile(s)["deleted"],
    "sap-customers.block": lambda s: _profile(s)["blocks"] == ["sales", "delivery"],
    "sap-customers.order-block": lambda s: _profile(s)["blocks"] == ["order"],
    "sap-customers.billing-block": lambda s: _profile(s)["blocks"] == ["billing"],
    "sap-customers.door-block": lambda s: _door(s) == ("Door 200002", True),
    "sap-customers.delivery-block": lambda s: _profile(s)["blocks"] == ["delivery"],
    "sap-customers.credit": lambda s: (
        (_credit(s)["limit"], _credit(s)["exposure"]) == (10_000_000, 123_456)
    ),
    "sap-customers.credit-block": lambda s: _credit(s)["blocked"],
    "sap-inventory": lambda s: _on_hand(s) == 12,
    "sap-inventory.snapshot": lambda s: [*s.stored("state/stock")["snapshots"].values()] == [STAMP],
    "sap-inventory.unit": lambda s: _on_hand(s) == 36,
    "sap-inventory.locations": lambda s: (
        {one: held["on_hand"] for one, held in _stock(s)["locations"]["10123001"].items()}
        == {"0001": 5, "0002": 7}
    ),
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
    "sap-orders.billing-block": lambda s: _held(s) == [(HoldKind.BILLING_BLOCK, "01")],
    "sap-orders.incomplete": lambda s: [kind for kind, _ in _held(s)] == [HoldKind.INCOMPLETE],
    "sap-orders.added": lambda s: (
        [(line.position, line.sku, line.quantity) for line in s.order.lines]
        == [(10, "10123-010-S", 5), (20, "10123-010-M", 2)]
    ),
    "sap-orders.free-delivery": lambda s: _related(s) == [("60000002", RelatedKind.FREE_DELIVERY)],
    "sap-orders.credit-request": lambda s: _related(s) == [("60000003", RelatedKind.CREDIT_MEMO)],
    "sap-orders.debit-request": lambda s: _related(s) == [("60000004", RelatedKind.DEBIT_MEMO)],
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

DOORS: dict[str, Check] = {"sap-customers.ship-to": lambda s: _door(s) == ("Door 200002", False)}
"""Where doors are customers of their own."""


PUSHES = [(folder, name) for folder in SYSTEMS for name in SHOWN]
PUSHES += [("s4_na/", name) for name in DOORS]


def test_each_recorded_push_is_known() -> None:
    events = ROOT / "tests" / "events"
    there = {path.relative_to(events).with_suffix("").as_posix() for path in events.rglob("*.json")}
    assert there == {folder + name for folder, name in PUSHES}


@pytest.mark.parametrize(("folder", "name"), PUSHES, ids=[folder + name for folder, name in PUSHES])
def test_a_recorded_push_is_shown(firestore: Client, folder: str, name: str) -> None:
    system = SYSTEMS[folder]
    sellin = Sellin(firestore, system)
    currency = CURRENCIES[system.logical_system]
    first = system.sales_areas[0]
    area = SalesArea.model_validate(first.model_dump())
    if not name.startswith("sap-products"):
        sellin.knows_the_article()
    store_company(firestore, company(currency=currency, sales_area=area))
    line = order_line(quantity=5, currency=currency)
    store_order(firestore, order(lines=[line], currency=currency, sales_area=area))
    topic = name.partition(".")[0]
    for before in dict.fromkeys([topic, name]):
        message = recorded(folder + before)["message"]
        data, attributes = base64.b64decode(message["data"]), message["attributes"]
        assert Verdict.QUARANTINED not in sellin.takes_data(topic, data, attributes)
    assert sellin.reasons == ""
    assert (SHOWN | DOORS)[name](sellin)
