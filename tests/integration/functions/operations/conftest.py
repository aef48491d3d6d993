"""The desk over a database of its own, Pub/Sub's emulator, and people of the brand."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.operations.dead_letters import DeadLetters
from functions.operations.handlers import Resources
from functions.operations.routes import SERVICE
from infra.functions import topics
from shared.event import dead_letters, waiting
from shared.event.quarantine import replay
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from tests.factories.assortment import NOW
from tests.support.services import Reply, brand_person, send, verify_person

Ask = Callable[..., Reply]


@pytest.fixture
def enqueued() -> list[tuple[str, str]]:
    """Orders whose export was asked for, each with its sweep."""
    return []


@pytest.fixture
def ask(firestore: Client, pubsub_host: str, enqueued: list[tuple[str, str]]) -> Ask:
    """Asks the desk as an operator, or another role."""
    letters = DeadLetters(
        [*topics()],
        partial(dead_letters.look, firestore.project, ""),
        partial(dead_letters.take, firestore.project, ""),
        partial(dead_letters.publish, firestore.project, ""),
    )
    resources = Resources(
        firestore,
        "ECPCLNT100",
        partial(replay, firestore),
        lambda *order: enqueued.append(order),
        partial(waiting.replay, firestore),
        letters,
    )
    verifiers = Verifiers(person=verify_person, writer=verify_person)
    app = create_app(SERVICE, resources, verifiers, lambda: NOW)

    def asked(method: str, path: str, body: Any = None, role: str = "operator") -> Reply:
        headers = {"Authorization": brand_person(role)}
        return send(app, method, f"/v1/operations{path}", headers, body)

    return asked
