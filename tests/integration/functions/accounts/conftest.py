"""The accounts service over companies that SAP sent, and people who call it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from functions.accounts.resources import Resources
from functions.accounts.routes import SERVICE
from functions.sync_customers.handler import apply
from shared.event.message import SapMessage
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import InvalidTokenError
from shared.person.membership import with_memberships
from tests.factories.assortment import NOW
from tests.factories.sap import BUYER_TEXTS, ECC, PUBLISHED_AT, packet, stamp
from tests.factories.sap_customers import debmas, debmas_deleted, zcredit
from tests.support.services import SAP_SYSTEM

WHO_CALLS = 1
"""Documents that are read to know who calls."""

Call = Callable[..., TestResponse]
TWO = {"100001": "buyer", "100002": "viewer"}


def _verify(token: str) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = json.loads(token)
    except ValueError as error:
        raise InvalidTokenError from error
    return claims


@pytest.fixture
def ended() -> list[str]:
    """Whose sessions the service ended, by user id."""
    return []


@pytest.fixture
def kept() -> list[tuple[str, str]]:
    """For which addresses and names the service wanted accounts."""
    return []


@pytest.fixture
def call(firestore: Client, ended: list[str], kept: list[tuple[str, str]]) -> Call:
    """Calls `path` below /v1/accounts as `who`, with these companies in their claims."""
    idocs = [
        debmas("100001", doors=[f"2000{i:02}" for i in range(1, 6)]),
        zcredit("100001", limit="50000.00", exposure="1234.50"),
        debmas("100002", customer={"NAME1": "Aréna Kft."}, area={"WAERS": "HUF", "PLTYP": ""}),
        debmas("100003"),
        debmas_deleted("100004", stamp(1200)),
    ]
    apply(firestore, ECC, SapMessage("1", "sap-customers", packet(*idocs), {}, PUBLISHED_AT))
    verify = with_memberships(firestore, _verify)
    app = create_app(
        SERVICE,
        Resources(firestore, ended.append, SAP_SYSTEM, lambda *one: kept.append(one), BUYER_TEXTS),
        Verifiers(person=verify, writer=verify),
        lambda: NOW,
        firestore,
    )

    def ask(
        path: str,
        companies: Mapping[str, str] | None = None,
        body: Any = None,
        anonymous: bool = False,
        method: str | None = None,
        who: str = "anna",
        claims: Mapping[str, Any] | None = None,
        **headers: str,
    ) -> TestResponse:
        token = {
            "uid": who,
            "email": f"{who}@laeufer.test",
            "email_verified": True,
            "full_name": f"{who.title()} Läufer",
            "companies": {"100001": "buyer"} if companies is None else dict(companies),
            **(claims or {}),
        }
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if not anonymous:
            sent["Authorization"] = f"Bearer {json.dumps(token)}"
        verb = method or ("GET" if body is None else "PATCH")
        given = {"data": body} if isinstance(body, bytes) else {"json": body}
        return app.test_client().open(f"/v1/accounts{path}", method=verb, headers=sent, **given)

    return ask
