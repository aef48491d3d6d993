"""What tests of the reconciliation begin with."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from emulators.sap.server import CLIENT_PATH
from tests.integration.connection.reconciliation.reconciling import (
    BothSides,
    World,
    opened,
    sap_system,
)
from tests.support.connection import Fuse, burning, database, gateway


@pytest.fixture(name="both_sides")
def _both_sides(firestore_host: str, project_id: str, tmp_path: Path) -> Iterator[BothSides]:
    """A client that burns, and a gateway, which every test gives its own SAP."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        found = stack.enter_context(gateway(sap_system(tmp_path / "first")))
        fuse = Fuse()
        api = stack.enter_context(burning(firestore_host, fuse))
        yield database(project_id, api), fuse, found, firestore_host, tmp_path


@pytest.fixture(name="world")
def _world(both_sides: BothSides, request: pytest.FixtureRequest) -> Iterator[World]:
    world = opened(both_sides, request.node.name.replace("/", "-"))
    yield world
    world.sap.close()
