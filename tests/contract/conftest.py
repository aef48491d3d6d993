"""Who calls the routes of the services."""

from collections.abc import Iterator
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.http.route import Service
from tests.support.asking import AnyRoute, Caller


@pytest.fixture
def caller(service: Service[Any], route: AnyRoute, firestore: Client) -> Iterator[Caller]:
    """Somebody whose bad requests must not change anything."""
    someone = Caller(firestore, service, route)
    yield someone
    someone.assert_nothing_changed()
