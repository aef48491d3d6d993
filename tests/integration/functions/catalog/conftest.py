"""The catalog over a small world, and people who read it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from functions.catalog.memory import Memory
from functions.catalog.routes import SERVICE, Resources
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import InvalidTokenError
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.company import company, store_company

MEDIA = "https://media.example/p"


class Clock:
    """A clock that stands still unless a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        """Let time pass."""
        self.now += time


@dataclass(frozen=True)
class Person:
    """Somebody of company 100001 with a token, calling the service."""

    app: Flask
    company: str = "100001"
    role: str = "viewer"
    language: str = "en"
    headers: Mapping[str, str] = field(default_factory=dict)

    def of(self, company: str) -> "Person":
        """A colleague of another company."""
        return replace(self, company=company)

    def get(self, path: str, **query: Any) -> TestResponse:
        """GET /v1/catalog + path."""
        return self.app.test_client().get(
            f"/v1/catalog{path}", query_string=query, headers=self._headers()
        )

    def post(self, path: str, body: Any) -> TestResponse:
        """POST a JSON body."""
        return self.app.test_client().post(f"/v1/catalog{path}", json=body, headers=self._headers())

    def styles(self, **query: Any) -> Any:
        """A page of styles."""
        answer = self.get("/styles", **query)
        assert answer.status_code == 200, answer.json
        return answer.json

    def numbers(self, **query: Any) -> list[str]:
        """The style numbers of a page."""
        return [item["style"] for item in self.styles(**query)["items"]]

    def _headers(self) -> dict[str, str]:
        claims = {
            "uid": "anna",
            "email": "anna@example.com",
            "email_verified": True,
            "companies": {self.company: self.role},
        }
        return {
            "Authorization": f"Bearer {json.dumps(claims)}",
            "Accept-Language": self.language,
            **self.headers,
        }


def read_token(token: str) -> Mapping[str, Any]:
    """The claims are the token."""
    try:
        claims: dict[str, Any] = json.loads(token)
    except ValueError as error:
        raise InvalidTokenError from error
    return claims


@pytest.fixture
def clock() -> Clock:
    """The service's clock."""
    return Clock()


@pytest.fixture
def app(firestore: Client, clock: Clock) -> Flask:
    """One instance of the service; its memory is empty."""
    resources = Resources(Memory(firestore), MEDIA)
    return create_app(SERVICE, resources, Verifiers(person=read_token), clock)


@pytest.fixture
def world(firestore: Client) -> Client:
    """Company 100001 with the assortment SPORT (all of brand NORD), and nothing to sell yet."""
    store_company(firestore, company())
    store_assortment(firestore, assortment())
    return firestore


@pytest.fixture
def anna(app: Flask, world: Client) -> Person:
    """A viewer of company 100001."""
    return Person(app)
