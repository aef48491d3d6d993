"""The carts service over a small world, and people who call it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from functions.carts.routes import SERVICE
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import InvalidTokenError
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.availability import availability, store_availability
from tests.factories.company import company, store_company
from tests.factories.price import key, prices, record, store_prices
from tests.factories.style import store_style, style


def _verify(token: str) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = json.loads(token)
    except ValueError as error:
        raise InvalidTokenError from error
    return claims


@dataclass
class Person:
    """Somebody with a token, calling the service; `key` and `tag` are sent where given."""

    app: Flask
    uid: str = "anna"
    name: str = "Anna Läufer"
    role: str = "buyer"
    company: str = "100001"
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str = "",
        body: Any = None,
        key: str | None = None,
        tag: str | None = None,
        kind: str = "application/json",
        **headers: str,
    ) -> Any:
        """Send a request to /v1/carts + path; a body of bytes is sent as it is, being of `kind`.

        The answer is Werkzeug's TestResponse, untyped because `json` of most is never None.
        """
        claims = {
            "uid": self.uid,
            "email": f"{self.uid}@example.com",
            "email_verified": True,
            "full_name": self.name,
            "companies": {self.company: self.role},
        }
        sent = {"Authorization": f"Bearer {json.dumps(claims)}", **self.headers, **headers}
        if body is not None:
            sent["Content-Type"] = kind
        if key is not None:
            sent["Idempotency-Key"] = key
        if tag is not None:
            sent["If-Match"] = tag
        return ask(self.app, method, path, body, sent)


def ask(app: Flask, method: str, path: str, body: Any, headers: dict[str, str]) -> TestResponse:
    """A request as anybody could send it."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body)
    return app.test_client().open(
        f"/v1/carts{path}",
        method=method,
        data=data,
        headers=headers,
        content_type=None if data is None else headers.get("Content-Type", "application/json"),
    )


class Clock:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def app(firestore: Client) -> Flask:
    """The service; styles 10123 (two colours, tier from 10) and 10200, stock 50 each."""
    tee, shoe = style(), style("10200", colours=("001",), sizes=("41", "42"))
    tiered = [key(record(2500, [(10, 2250), (50, 2000)])), key(record(4999), kind="rrp")]
    store_style(firestore, tee, shoe)
    store_prices(firestore, prices(keys=tiered), prices("10200", wholesale=6000))
    store_availability(firestore, availability(tee), availability(shoe))
    store_assortment(firestore, assortment())
    store_company(firestore, company(), company("100002", name="Andere GmbH"))
    verifiers = Verifiers(person=_verify, writer=_verify)
    return create_app(SERVICE, firestore, verifiers, Clock(), firestore)


@pytest.fixture
def anna(app: Flask) -> Person:
    """A buyer of company 100001."""
    return Person(app)


@pytest.fixture
def ben(app: Flask) -> Person:
    """An approver of company 100001."""
    return Person(app, uid="ben", name="Ben Läufer", role="approver")


@pytest.fixture
def nina(app: Flask) -> Person:
    """A sales rep who acts for company 100001."""
    return Person(app, uid="nina", name="Nina Sommer", role="rep")


@pytest.fixture
def viewer(app: Flask) -> Person:
    """A viewer of company 100001."""
    return Person(app, uid="vera", role="viewer")


@pytest.fixture
def stranger(app: Flask) -> Person:
    """A buyer of company 100002."""
    return Person(app, uid="otto", company="100002")
