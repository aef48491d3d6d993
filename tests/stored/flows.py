"""Makes documents as the system itself does, by its functions and not by hand: what is ordered.

`tests.stored.operating` makes those that nobody orders by.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from babel import Locale
from google.cloud.firestore import Client

from emulators.sap.faults import FaultPlan
from emulators.sap.server import CLIENT_PATH, StandIn, serve
from functions.carts.editing import Edit
from functions.carts.upload.importing import Upload, take_file
from functions.carts.upload.schema import UploadQuery
from functions.export_order.claim import ExportFailedProblem
from functions.export_order.export import export
from functions.sync_customers import handler as sync_customers
from functions.sync_inventory import handler as sync_inventory
from functions.sync_order_status import handler as sync_order_status
from functions.sync_prices import handler as sync_prices
from functions.sync_products import handler as sync_products
from shared.catalogue.snapshot_writer import update_snapshot
from shared.company.model import INLINE_DOORS
from shared.event.keeping import keep
from shared.event.message import SapMessage
from shared.event.outcome import whole
from shared.identity.caller import Caller, Role
from shared.sap import circuit
from shared.sap.rfc import connector
from shared.sheets.table import NoHeaderProblem
from tests.factories.assortment import NOW
from tests.factories.sap import (
    ECC,
    EXTERNAL_NUMBERS,
    PUBLISHED_AT,
    packet,
    stamp,
    stock_message,
    stock_row,
)
from tests.factories.sap_articles import artmas, artmas_deleted, zlisting
from tests.factories.sap_customers import debmas, debmas_deleted, zcredit
from tests.factories.sap_documents import desadv, invoic, ordrsp
from tests.factories.sap_prices import cond_a
from tests.integration.emulators.sap.data import small_data
from tests.support.services import fixed, make_app, person, send

SMALL, MEDIUM, DOOR, WINDOW = "10123-010-S", "10123-010-M", "200001", "AO"
CREATED = stamp(10)


@dataclass
class World:
    """The database, SAP, the buyer's services, and what the documents made so far are called."""

    db: Client
    sap: StandIn
    apps: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer of a request that succeeds."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        caller = {"Authorization": person({"100001": "buyer"}), "Accept-Language": "de"}
        reply = send(self.apps[path.split("/")[1]], method, f"/v1{path}", caller | named, body)
        assert reply.status < 300, reply
        return reply.body

    def cart(self, name: str, small: int = 5, medium: int = 3) -> Any:
        """An open cart."""
        made = self.ask("POST", "/carts", {"name": name}, Idempotency_Key=f"cart-{name}")
        self.names[made["id"]] = name
        return self.fill(made, {SMALL: small, MEDIUM: medium})

    def fill(self, cart: Any, pieces: dict[str, int]) -> Any:
        """The cart with these pieces by SKU."""
        lines = [
            {"sku": sku, "door": DOOR, "window": WINDOW, "quantity": quantity}
            for sku, quantity in pieces.items()
        ]
        headers = {"If_Match": cart["etag"], "Idempotency_Key": f"fill-{cart['etag']}"}
        return self.ask("PATCH", f"/carts/{cart['id']}/lines", {"lines": lines}, **headers)

    def order(self, name: str) -> str:
        """The number of an order that was placed just now."""
        cart = self.cart(f"ordered-{name}")
        body = {
            "cart": {"id": cart["id"], "revision": cart["revision"]},
            "po_number": f"PO {name}",
            "prices": [
                {"style": one["style"], "unit_price": one["unit_price"]} for one in cart["styles"]
            ],
        }
        placed = self.ask("POST", "/orders", body, Idempotency_Key=f"place-{name}")
        number: str = placed["orders"][0]["number"]
        self.names[number] = name
        self.names[number.partition("-")[0]] = f"placed-{name}"
        return number

    def export(self, number: str, after: timedelta = timedelta(), **fault: Any) -> str:
        """Hand it over to SAP, with a fault there; its sales order's number."""
        self.sap.system.faults.set(FaultPlan(**fault))
        with suppress(ExportFailedProblem):
            export(self.db, connector(self.sap.destination), number, lambda: NOW + after, ECC)
        self.sap.system.faults.clear()
        # No time passes here, after which the next order would see that SAP is back.
        circuit.reference(self.db, ECC.logical_system).delete()
        document = self.db.collection("orders").document(number).get().to_dict() or {}
        return document["sap_number"] or ""

    def tell(self, *idocs: Any) -> None:
        """SAP tells of orders."""
        sync_order_status.apply(self.db, ECC, _message("sap-orders", packet(*idocs)))

    def confirmed(self, name: str) -> tuple[str, str]:
        """An order that SAP has confirmed, and its number there."""
        number = self.order(name)
        sap_number = self.export(number)
        self.tell(_response(number, sap_number, 20))
        return number, sap_number


def _message(topic: str, data: bytes) -> SapMessage:
    return SapMessage("1", topic, data, {"sender": "ECPCLNT100"}, PUBLISHED_AT)


def _response(
    number: str, sap_number: str, second: int, pieces: tuple[int, int] = (5, 3), reason: str = ""
) -> Any:
    lines = [
        (position, f"1012300{position // 10}", 0 if reason else quantity, reason)
        for position, quantity in zip((10, 20), pieces, strict=True)
    ]
    return ordrsp(
        number,
        stamp(second),
        sap_number,
        created=CREATED,
        lines=lines,
        ordered={line[0]: quantity for line, quantity in zip(lines, pieces, strict=True)},
    )


@contextmanager
def world(db: Client, state: Path) -> Iterator[World]:
    """The database with SAP beside it, whose state is kept in the folder `state`."""
    if str(CLIENT_PATH) not in sys.path:
        sys.path.insert(0, str(CLIENT_PATH))
    apps = {
        name: make_app(name, db, fixed(NOW))
        for name in ("accounts", "assortments", "carts", "orders")
    }
    with serve(small_data(), state, external_numbers=EXTERNAL_NUMBERS) as sap:
        yield World(db, sap, apps)


def fill(made: World) -> None:
    """What is sold, to whom, and orders and carts in every state that changes how they look."""
    _master_data(made.db)
    made.ask("PATCH", "/accounts/me", {"language": "hu", "default_company": "100001"})
    _carts(made)
    _orders(made)
    keep(
        made.db,
        SapMessage("77", "sap-prices", b"{}", {"sender": "S4"}, PUBLISHED_AT),
        whole(["no EDI_DC40"], b"{}"),
    )
    update_snapshot(made.db)


def _master_data(db: Client) -> None:
    listing = zlisting()
    at_once = {"WINDOW": WINDOW, "KIND": "A", "SHIPFROM": "20260101", "SHIPTO": "20271231"}
    listing["Z1LISTWINDOW"].append({**listing["Z1LISTWINDOW"][0], **at_once})
    sync_products.apply(db, ECC, _message("sap-products", packet(artmas(), listing)))
    sync_products.apply(
        db,
        ECC,
        _message("sap-products", packet(artmas("10200"), artmas_deleted("10300"))),
    )
    prices = [
        cond_a(scales=[("1.000", "25.00"), ("50.000", "22.50")]),
        cond_a(serial=stamp(1), amount="24.00", KOTABNR="304", KUNNR="0000100001"),
    ]
    sync_prices.apply(db, ECC, _message("sap-prices", packet(*prices)))
    customers = [
        debmas(),
        zcredit(),
        zcredit("100002"),
        debmas_deleted("100003"),
        debmas("100004", doors=[f"2004{door:02}" for door in range(INLINE_DOORS + 1)]),
    ]
    sync_customers.apply(db, ECC, _message("sap-customers", packet(*customers)))
    rows = [
        stock_row("10123001", on_hand=500, receipts=[("20261215", 40)]),
        stock_row("10123002", on_hand=500),
    ]
    sync_inventory.apply(db, ECC, _message("sap-inventory", stock_message(*rows)))


def _carts(made: World) -> None:
    made.fill(made.cart("open"), {MEDIUM: 0, SMALL: 7})
    gone = made.cart("deleted")
    _columns(made, gone)
    made.ask("DELETE", f"/carts/{gone['id']}", If_Match=gone["etag"])


def _columns(made: World, cart: Any) -> None:
    """A file that leaves the cart as it is, with names of columns that somebody explains."""
    buyer = Caller("anna", "anna@example.com", "Anna Läufer", "100001", Role.BUYER)
    edit = Edit(buyer, cart["id"], cart["etag"], NOW)
    content = f"Ding;Zahl\n{SMALL};5\n".encode()

    def take(*columns: str) -> None:
        query = UploadQuery(door=DOOR, window=WINDOW, columns=[*columns])
        take_file(made.db, edit, Upload(query, content, None, Locale.parse("de")))

    try:
        take()
    except NoHeaderProblem as problem:
        [header] = problem.extra["headers"]
        made.names[header.id] = "explained"
        take(f"{header.id}:article,quantity")


def _orders(made: World) -> None:
    made.order("waiting")
    made.export(made.order("failed"), lock=True)
    made.export(made.order("unknown"), break_="after_commit", times=1)
    made.export(made.order("sent"))
    made.confirmed("confirmed")
    cancelled = made.order("cancelled")
    made.ask(
        "POST",
        f"/orders/{cancelled}/cancel",
        {"reason": "Doppelt bestellt"},
        Idempotency_Key="cancel-it",
    )
    rejected, sap_number = made.confirmed("rejected")
    made.tell(_response(rejected, sap_number, 30, reason="Z1"))
    _changed(made)
    _shipped(made)


def _changed(made: World) -> None:
    number, sap_number = made.confirmed("changed")
    body = {"version": 1, "lines": [{"sku": SMALL, "quantity": 2}, {"sku": MEDIUM, "quantity": 4}]}
    made.ask("POST", f"/orders/{number}/change", body, Idempotency_Key="change-it")
    made.export(number, timedelta(minutes=1))
    made.tell(_response(number, sap_number, 40, pieces=(2, 4)))
    body = {"version": 2, "lines": [{"sku": SMALL, "quantity": 1}]}
    made.ask("POST", f"/orders/{number}/change", body, Idempotency_Key="change-again")


def _shipped(made: World) -> None:
    number, sap_number = made.confirmed("shipped")
    own: dict[str, Any] = {"order": number, "sap_number": sap_number}
    first, second = (10, "10123001", 5), (20, "10123002", 3)
    made.tell(
        desadv("80000001", stamp(50), [first], **own),
        desadv("80000002", stamp(51), [second], deleted=True, **own),
        desadv("80000003", stamp(52), [second], left="", **own),
        invoic("90000001", stamp(53), [(10, 5)], **own),
        invoic("90000002", stamp(54), [(10, 5)], cancels="90000001", **own),
    )
