"""The demo data of four companies as the sync functions store it, and who buys for them."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Any

from flask import Flask
from google.cloud.firestore import Client

from emulators.demo.generate import DemoData, generate
from functions.sync_customers import handler as sync_customers
from functions.sync_inventory import handler as sync_inventory
from functions.sync_prices import handler as sync_prices
from functions.sync_products import handler as sync_products
from shared.event.message import SapMessage
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.import_mapping import store_mapping
from tests.factories.sap import ECC, PUBLISHED_AT
from tests.support.services import SERVICES, Reply, make_app, person, send
from tests.support.small_world import store_approval, store_invitation, store_person

TODAY: date = NOW.date()
PACKET = 50
STOCK_ROWS = 5_000

Apply = Callable[[Client, SourceSystem, SapMessage], object]


def demo_data() -> DemoData:
    """The German, Polish, Hungarian and American company, and 24 styles."""
    return generate(7, styles=24, companies=4, today=TODAY)


def load(db: Client, data: DemoData) -> None:
    """Take in what SAP publishes, message by message."""
    idocs: list[tuple[str, Apply, list[Any]]] = [
        ("sap-customers", sync_customers.apply, data.customers + data.credits),
        ("sap-prices", sync_prices.apply, data.conditions),
        ("sap-products", sync_products.apply, data.articles),
        ("sap-products", sync_products.apply, data.listings),
    ]
    for topic, apply, records in idocs:
        for packet in _packets(records, PACKET):
            apply(db, ECC, _message(topic, {"IDOCS": packet}))
    for packet in _packets(data.stock, STOCK_ROWS):
        sync_inventory.apply(db, ECC, _message("sap-inventory", {"ROWS": packet}))


def _packets(records: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for first in range(0, len(records), size):
        yield records[first : first + size]


def _message(topic: str, content: dict[str, Any]) -> SapMessage:
    return SapMessage("1", topic, json.dumps(content).encode(), {}, PUBLISHED_AT)


@dataclass
class Buyer:
    """Somebody who buys for one of the companies, with what they have."""

    company: str
    language: str
    apps: dict[str, Flask]
    role: str = "buyer"
    styles: dict[str, Any] = field(default_factory=dict)
    cart: str = ""
    ordered_cart: str = ""
    order: str = ""
    mapping: str = ""
    member: str = ""
    invitation: str = ""
    approval: str = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """A request to /v1 + path."""
        service = path.split("/")[1].partition("?")[0]
        token = person({self.company: self.role}, uid=f"{self.role}-{self.company}")
        sent = {"Authorization": token, "Accept-Language": self.language}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return send(self.apps[service], method, f"/v1{path}", sent | named, body)

    def right(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer's body of a request that succeeds."""
        reply = self.ask(method, path, body, **headers)
        assert reply.status < 300, reply
        return reply.body

    def skus(self) -> Iterator[tuple[str, str]]:
        """SKU and GTIN of everything that the buyer sees."""
        for detail in self.styles.values():
            for colourway in detail["colourways"]:
                for sku in colourway["sizes"]:
                    yield sku["sku"], sku["gtin"]


def buyers_of(db: Client) -> list[Buyer]:
    """The four, each with the styles that they see, two carts, an order, a mapping of columns, a
    colleague, somebody who is invited, and what waits for an approval."""
    apps = {
        name: make_app(name, db, partial(datetime.combine, TODAY, time(12), NOW.tzinfo))
        for name in SERVICES
    }
    four = [
        Buyer(company, language, apps)
        for company, language in (
            ("100001", "de"),
            ("100002", "pl"),
            ("100003", "hu"),
            ("100004", "en-US"),
        )
    ]
    for buyer in four:
        page = buyer.right("GET", "/catalog/styles?limit=96")
        buyer.styles = {
            item["style"]: buyer.right("GET", f"/catalog/styles/{item['style']}")
            for item in page["items"]
        }
        buyer.member = store_person(db, buyer.company, f"member-{buyer.company}")
        invited = f"zoe@{buyer.company}.example"
        buyer.invitation = store_invitation(db, buyer.company, f"to-{buyer.company}", invited)
        number = buyer.company.zfill(10)
        buyer.approval = store_approval(db, buyer.company, number, [])
        buyer.cart = _filled(buyer, "cart-open")["id"]
        placed = _placed(buyer, _filled(buyer, "cart-to-place"))
        buyer.mapping = store_mapping(db, buyer.company, buyer.company.zfill(24))
        buyer.ordered_cart, buyer.order = placed["cart"], placed["orders"][0]["number"]
    return four


def _filled(buyer: Buyer, key: str) -> Any:
    """A cart with a pre-book line, enough for the minimum order value."""
    made = buyer.right("POST", "/carts", {"name": key}, Idempotency_Key=key)
    door = buyer.right("GET", "/accounts/company/doors")["items"][0]["id"]
    sku, window = _pre_book(buyer)
    line = {"sku": sku, "door": door, "window": window, "quantity": 120}
    path = f"/carts/{made['id']}/lines"
    return buyer.right("PATCH", path, {"lines": [line]}, If_Match=made["etag"])


def _pre_book(buyer: Buyer) -> tuple[str, str]:
    return next(
        (colourway["sizes"][0]["sku"], window["id"])
        for detail in buyer.styles.values()
        for colourway in detail["colourways"]
        for window in colourway["windows"]
        if window["open"] and window["kind"] == "pre_book"
        if 120 % detail["packs"]["multiple"] == 0
    )


def _placed(buyer: Buyer, cart: Any) -> Any:
    body = {
        "cart": {"id": cart["id"], "revision": cart["revision"]},
        "po_number": f"PO {buyer.company}",
        "prices": [
            {"style": style["style"], "unit_price": style["unit_price"]} for style in cart["styles"]
        ],
    }
    return buyer.right("POST", "/orders", body, Idempotency_Key="place-it-once")
