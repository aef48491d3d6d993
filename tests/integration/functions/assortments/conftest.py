"""The brand's desk for assortments over a database, and the catalogue of a buyer beside it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.assortments.routes import SERVICE, Resources
from functions.assortments.styles import Styles
from functions.catalog.memory import Memory
from functions.catalog.routes import SERVICE as CATALOG
from functions.catalog.routes import Resources as CatalogResources
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from tests.factories.assortment import NOW
from tests.support.services import Reply, brand_person, person, send, verify_person

Ask = Callable[..., Reply]
See = Callable[..., list[str]]

VERIFIERS = Verifiers(person=verify_person, writer=verify_person)


@pytest.fixture
def ask(firestore: Client) -> Ask:
    """Asks the desk as a brand admin, or another role; `tag` goes as If-Match."""
    return _asking(firestore, lambda: NOW)


@pytest.fixture
def ask_today(firestore: Client) -> Ask:
    """The same by the clock that Firestore's times are of."""
    return _asking(firestore, lambda: datetime.now(UTC))


def _asking(firestore: Client, clock: Callable[[], datetime]) -> Ask:
    app = create_app(SERVICE, Resources(firestore, Styles(firestore)), VERIFIERS, clock)

    def asked(
        method: str, path: str = "", body: Any = None, role: str = "brand_admin", tag: str = ""
    ) -> Reply:
        headers = {"Authorization": brand_person(role)} | ({"If-Match": tag} if tag else {})
        return send(app, method, f"/v1/assortments{path}", headers, body)

    return asked


@pytest.fixture
def seen(firestore: Client) -> See:
    """The colourways that a buyer of a company sees."""
    resources = CatalogResources(Memory(firestore), "https://media.example")
    app = create_app(CATALOG, resources, VERIFIERS, lambda: NOW)

    def look(company: str = "100001") -> list[str]:
        headers = {"Authorization": person({company: "viewer"})}
        page = send(app, "GET", "/v1/catalog/styles?limit=48", headers)
        assert page.status == 200, page.body
        return sorted(
            colourway["id"] for style in page.body["items"] for colourway in style["colourways"]
        )

    return look
