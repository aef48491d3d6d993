"""Every service that answers HTTP, found in functions/, as an app over one database.

A route that somebody adds is thereby in every test that goes through all routes.
"""

import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from functions.accounts.notices import SapSystem
from functions.accounts.resources import Resources as AccountsResources
from functions.assortments.routes import Resources as AssortmentsResources
from functions.assortments.styles import Styles
from functions.catalog.memory import Memory
from functions.catalog.routes import Resources as CatalogResources
from functions.check_vat_id.routes import Resources as CheckResources
from functions.export_order.routes import Resources as ExportResources
from functions.operations.dead_letters import DeadLetters
from functions.operations.handlers import Resources as OperationsResources
from functions.orders.placement import VatChecks
from functions.orders.resources import Resources as OrdersResources
from functions.reconcile.routes import Resources as ReconcileResources
from functions.reconcile.runs import Connections
from functions.simulations.asking import Pause, Sap
from functions.simulations.routes import Resources as SimulationsResources
from infra.functions import topics
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.http.limiter import COLLECTION as RATES
from shared.http.route import Access, Route, Service
from shared.identity.caller import BrandRoles, Role
from shared.identity.tokens import InvalidTokenError
from shared.person.membership import with_memberships
from shared.sap.failure import Failure
from shared.sap.rfc import SapCallError
from shared.vat.check import VatCheck
from shared.vat.ids import ViesRequest
from tests.factories.sap import BUYER_TEXTS, ECC
from tests.support.desk_things import look_at_dead, take_dead

FUNCTIONS = Path(__file__).resolve().parents[2] / "functions"
SAP_SYSTEM = SapSystem("ECPCLNT100", timedelta(hours=26))
MACHINE = "the-machine"
"""The token of Cloud Tasks and Cloud Scheduler."""


def found() -> dict[str, Service[Any]]:
    """Every service by its name."""
    modules = sorted(FUNCTIONS.glob("*/routes.py"))
    return {
        path.parent.name: importlib.import_module(f"functions.{path.parent.name}.routes").SERVICE
        for path in modules
    }


SERVICES = found()
ROUTES: tuple[tuple[Service[Any], Route[Any, Any, Any]], ...] = tuple(
    (service, route) for service in SERVICES.values() for route in service.routes
)


def label(route: Route[Any, Any, Any] | Service[Any]) -> str:
    """How a test of a route or a service is named."""
    return route.name if isinstance(route, Service) else f"{route.method}:{route.path}"


def no_sap() -> Any:
    """SAP, down."""
    raise ConnectionError("there is no SAP here")


def sap_away() -> Any:
    """SAP that does not answer."""
    raise SapCallError("there is no SAP here", Failure.UNREACHABLE)


def no_vies(question: ViesRequest, now: datetime) -> VatCheck:
    """VIES, down."""
    raise ConnectionError("there is no VIES here")


def forget(*task: Any) -> None:
    """A queue that nobody serves; sessions that nobody has."""


def swallow(*message: Any, **options: Any) -> str:
    """Pub/Sub without subscribers; the id of what was published."""
    return "1"


_RESOURCES: Mapping[str, Callable[[Client], Any]] = {
    "accounts": lambda db: AccountsResources(db, forget, SAP_SYSTEM, forget, BUYER_TEXTS),
    "assortments": lambda db: AssortmentsResources(db, Styles(db)),
    "catalog": lambda db: CatalogResources(Memory(db), "https://media.example"),
    "check_vat_id": lambda db: CheckResources(db, no_vies),
    "operations": lambda db: OperationsResources(
        db,
        "ECPCLNT100",
        swallow,
        forget,
        lambda _: 0,
        DeadLetters([*topics()], look_at_dead, take_dead, forget),
    ),
    "orders": lambda db: OrdersResources(
        db, forget, VatChecks(forget, timedelta(days=7)), BUYER_TEXTS
    ),
    "export_order": lambda db: ExportResources(db, no_sap, ECC),
    "reconcile": lambda db: ReconcileResources(
        db, forget, forget, lambda _: 0, timedelta(hours=24), Connections(db, no_sap, forget, ECC)
    ),
    "simulations": lambda db: SimulationsResources(db, Sap(sap_away, ECC, Pause())),
}


def resources_of(name: str, db: Client) -> Any:
    """What a service works with."""
    return _RESOURCES[name](db) if name in _RESOURCES else db


def make_app(name: str, db: Client, clock: Callable[[], datetime]) -> Flask:
    """A service over `db`; one that needs more than that is in `_RESOURCES`."""
    by_record = with_memberships(db, verify_person)
    verifiers = Verifiers(person=by_record, writer=by_record, machine=verify_machine)
    return create_app(SERVICES[name], resources_of(name, db), verifiers, clock, db)


def verify_person(token: str) -> Mapping[str, Any]:
    """A person's token is their claims as JSON."""
    try:
        claims = json.loads(token)
    except ValueError as error:
        raise InvalidTokenError from error
    if not isinstance(claims, dict):
        raise InvalidTokenError
    return claims


def verify_machine(token: str) -> None:
    """A machine's token is `MACHINE`."""
    if token != MACHINE:
        raise InvalidTokenError


def person(companies: Mapping[str, str], uid: str = "anna") -> str:
    """The `Authorization` header of somebody with roles in companies."""
    claims = {
        "uid": uid,
        "email": f"{uid}@example.com",
        "email_verified": True,
        "full_name": uid.title(),
        "companies": dict(companies),
    }
    return f"Bearer {json.dumps(claims)}"


def brand_person(role: str, companies: Mapping[str, str] | None = None) -> str:
    """The header of one of the brand's people, who as a rule belong to no company."""
    claims = json.loads(person(companies or {}, uid="maria").removeprefix("Bearer "))
    return f"Bearer {json.dumps(claims | {'brand_role': role})}"


def role_for(route: Route[Any, Any, Any]) -> str:
    """A role in a company that may call `route`: a buyer's where that does."""
    roles = route.access if isinstance(route.access, frozenset) else {Role.BUYER}
    return Role.BUYER if Role.BUYER in roles else min(roles)


def role_for_all(service: Service[Any]) -> str:
    """A role in a company that may call each route of a service."""
    may = [one.access for one in service.routes if isinstance(one.access, frozenset)]
    roles = frozenset(Role).intersection(*may)
    return Role.BUYER if Role.BUYER in roles else min(roles)


def authorization(route: Route[Any, Any, Any], companies: Mapping[str, str]) -> str:
    """The header of who may call `route`: a machine, one of the brand's people, or that person."""
    if isinstance(route.access, BrandRoles):
        return brand_person(min(route.access.roles))
    return f"Bearer {MACHINE}" if route.access is Access.MACHINE else person(companies)


@dataclass(frozen=True)
class Reply:
    """A response as far as tests look at it; `body` is the parsed JSON, or the bytes of a file."""

    status: int
    type: str
    body: Any
    headers: Mapping[str, str]


def send(
    app: Flask,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: Any = None,
    **options: Any,
) -> Reply:
    """A request with a JSON body; one of bytes is sent as it is.

    `options` are of werkzeug's EnvironBuilder.
    """
    if body is not None:
        options["data"] = body if isinstance(body, bytes) else json.dumps(body)
        options.setdefault("content_type", headers.get("Content-Type", "application/json"))
    response = app.test_client().open(path, method=method, headers=dict(headers), **options)
    return Reply(
        status=response.status_code,
        type=response.mimetype or "",
        body=_body(response),
        headers=dict(response.headers),
    )


def _body(response: TestResponse) -> Any:
    if not response.data:
        return None
    return json.loads(response.data) if "json" in (response.mimetype or "") else response.data


def versions(db: Client) -> dict[str, Any]:
    """When each document of the database was last written, by its path.

    Without those that only count requests, which a request in vain is, too.
    """
    return {
        snapshot.reference.path: snapshot.update_time
        for collection in db.collections()
        if collection.id != RATES
        for snapshot in collection.select([]).stream()
    }


def unhurried(moment: datetime) -> Callable[[], datetime]:
    """A clock that goes on by 3 seconds with each look, so that nobody asks too often."""
    looks = count()
    return lambda: moment.astimezone(UTC) + timedelta(seconds=3) * next(looks)


def fixed(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still at `moment`."""
    return lambda: moment.astimezone(UTC)
