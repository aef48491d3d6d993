"""The orders service over a small world, and people who call it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import pytest
from flask import Flask
from google.cloud.firestore import Client
from werkzeug.datastructures import Headers

from functions.orders.placement import VatChecks
from functions.orders.resources import Resources
from functions.orders.routes import SERVICE
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import InvalidTokenError
from shared.vat.request import VatRequest
from tests.factories.assortment import NOW
from tests.factories.cart import context_of, store_cart
from tests.factories.company import company, store_company
from tests.factories.placing import AT_ONCE, DOOR, cart_of, store_context
from tests.factories.sap import BUYER_TEXTS


class Clock:
    """A clock that stands still unless a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Queue:
    """Keeps what was handed over; `down`: nothing can be."""

    numbers: list[str] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    vat_checks: list[VatRequest] = field(default_factory=list)
    down: bool = False

    def check_vat_id(self, request: VatRequest) -> None:
        if self.down:
            raise ConnectionError("Cloud Tasks does not answer")
        self.vat_checks.append(request)

    def hand_over(self, number: str, sweep: str = "") -> None:
        if self.down:
            raise ConnectionError("Cloud Tasks does not answer")
        if sweep:
            self.changes.append((number, sweep))
        else:
            self.numbers.append(number)


class Reply(Protocol):
    """What comes back, of Flask's test response."""

    @property
    def status_code(self) -> int: ...
    @property
    def json(self) -> Any: ...
    @property
    def data(self) -> bytes: ...
    @property
    def headers(self) -> Headers: ...


@dataclass(frozen=True)
class Person:
    """Somebody with a token, calling the service."""

    app: Flask
    uid: str = "anna"
    name: str = "Anna Läufer"
    role: str = "buyer"
    company: str = "100001"

    def ask(
        self,
        method: str,
        path: str = "",
        body: Any = None,
        key: str | None = None,
        language: str = "en",
    ) -> Reply:
        """A request to /v1/orders + path."""
        claims = {
            "uid": self.uid,
            "email": f"{self.uid}@example.com",
            "email_verified": True,
            "full_name": self.name,
            "companies": {self.company: self.role},
        }
        headers = {"Authorization": f"Bearer {json.dumps(claims)}", "Accept-Language": language}
        if key is not None:
            headers["Idempotency-Key"] = key
        return ask(self.app, method, path, body, headers)

    def place(self, body: Any, key: str = "key-0001", language: str = "en") -> Reply:
        """POST the body."""
        return self.ask("POST", "", body, key, language)

    def get(self, path: str = "", language: str = "en") -> Reply:
        """GET."""
        return self.ask("GET", path, language=language)

    def change(
        self, number: str, lines: Mapping[str, int], version: int = 1, key: str = "key-0003"
    ) -> Reply:
        """Change an order to these pieces by SKU."""
        wanted = [{"sku": sku, "quantity": quantity} for sku, quantity in lines.items()]
        return self.ask("POST", f"/{number}/change", {"version": version, "lines": wanted}, key)

    def cancel(self, number: str, key: str = "key-0002", reason: str = "Bought twice") -> Reply:
        """Cancel an order."""
        return self.ask("POST", f"/{number}/cancel", {"reason": reason}, key)


def ask(app: Flask, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Reply:
    """A request as anybody could send it."""
    return app.test_client().open(
        f"/v1/orders{path}",
        method=method,
        data=None if body is None else json.dumps(body),
        headers=headers,
        content_type=None if body is None else "application/json",
    )


def verify(token: str) -> Mapping[str, Any]:
    """Takes a token that is its claims as JSON."""
    try:
        claims: Mapping[str, Any] = json.loads(token)
    except ValueError as error:
        raise InvalidTokenError from error
    return claims


@pytest.fixture
def clock() -> Clock:
    """What time it is for the service."""
    return Clock()


@pytest.fixture
def queue() -> Queue:
    """Where orders are handed over."""
    return Queue()


@pytest.fixture
def app(firestore: Client, queue: Queue, clock: Clock) -> Flask:
    """The service."""
    vat_checks = VatChecks(queue.check_vat_id, timedelta(days=7))
    resources = Resources(firestore, queue.hand_over, vat_checks, BUYER_TEXTS)
    verifiers = Verifiers(person=verify, writer=verify)
    return create_app(SERVICE, resources, verifiers, clock, firestore)


@pytest.fixture
def context(firestore: Client) -> CartContext:
    """One style at 25 EUR, 50 pieces of each SKU; two companies that may buy it."""
    context = context_of()
    store_context(firestore, context)
    store_company(firestore, company("100002", name="Andere GmbH"))
    return context


@pytest.fixture
def cart(firestore: Client, context: CartContext) -> Cart:
    """A cart of one at-once delivery: 3 + 2 pieces, 125 EUR."""
    cart = cart_of([("10123-010-S", DOOR, AT_ONCE, 3), ("10123-400-M", DOOR, AT_ONCE, 2)])
    store_cart(firestore, cart)
    return cart


@pytest.fixture
def anna(app: Flask) -> Person:
    """A buyer of company 100001."""
    return Person(app)


@pytest.fixture
def viewer(app: Flask) -> Person:
    """A viewer of company 100001."""
    return Person(app, uid="vera", name="Vera", role="viewer")


@pytest.fixture
def stranger(app: Flask) -> Person:
    """A buyer of another company."""
    return Person(app, uid="otto", name="Otto", company="100002")
