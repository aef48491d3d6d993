"""A stand-in per test, with what it publishes kept in a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulators.sap.client import pyrfc
from emulators.sap.server import StandIn, serve
from tests.integration.emulators.sap.data import small_data


@dataclass(frozen=True)
class Sap:
    """A stand-in with shortcuts; `published` holds (topic, payload) as they come."""

    stand_in: StandIn
    published: list[tuple[str, Any]]

    def connect(self, config: dict[str, Any] | None = None) -> pyrfc.Connection:
        """A new connection."""
        return pyrfc.Connection(config, **self.stand_in.destination)

    def fault(self, **plan: Any) -> None:
        """Sets faults over the control port."""
        if "break_" in plan:
            plan["break"] = plan.pop("break_")
        httpx.put(f"{self.stand_in.control_url}/faults", json=plan).raise_for_status()

    def clear_faults(self) -> None:
        """Clears them."""
        httpx.delete(f"{self.stand_in.control_url}/faults").raise_for_status()

    def post(self, path: str, **body: Any) -> httpx.Response:
        """Posts JSON to the control port."""
        return httpx.post(f"{self.stand_in.control_url}{path}", json=body)

    def orders(self) -> list[dict[str, Any]]:
        """GET /orders."""
        orders: list[dict[str, Any]] = httpx.get(f"{self.stand_in.control_url}/orders").json()
        return orders


@pytest.fixture
def sap(tmp_path: Path) -> Iterator[Sap]:
    """The small SAP of data.py."""
    published: list[tuple[str, Any]] = []

    def publish(topic: str, payload: Any, attributes: Any = None) -> None:
        published.append((topic, {**payload, "attributes": attributes} if attributes else payload))

    with serve(small_data(), tmp_path, publish=publish) as stand_in:
        yield Sap(stand_in, published)


@pytest.fixture
def connection(sap: Sap) -> Iterator[pyrfc.Connection]:
    """An open connection."""
    with sap.connect() as connection:
        yield connection
