"""Sellin, fed by each of the source systems."""

import pytest
from google.cloud.firestore import Client

from tests.factories.sap import (
    ECC,
    S4,
)
from tests.integration.messages.sellin import Sellin


@pytest.fixture(params=[ECC, S4], ids=["ecc_eu", "s4_na"])
def sellin(request: pytest.FixtureRequest, firestore: Client) -> Sellin:
    return Sellin(firestore, request.param)
