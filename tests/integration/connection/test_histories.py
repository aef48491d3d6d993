"""Both sides agree at rest, whatever was ordered, changed in SAP, lost, repeated or killed before.

A history is made up by Hypothesis: buyers of two companies place, change, cancel and answer
substitutions; the brand's people park, cancel, reject and send again; people in SAP change, add, substitute, block, ship, return, credit and invoice;
messages come in any order, twice, late and spoilt; processes are killed at any call of Firestore's
or SAP's, and two of them do the same at once; SAP is down, locked, or breaks off, refuses a line, a call
or the log-on, and saves what is incomplete or over a credit limit. Each kind of source system has its own. `make
campaign` runs many more.
"""

import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from emulators.sap.server import CLIENT_PATH
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, S4
from tests.integration.connection.history import History
from tests.integration.connection.in_sap import HistoryInSap
from tests.integration.connection.world import contexts_of, system_of
from tests.support.connection import Fuse, burning, gateway

HISTORIES = int(os.environ.get("HISTORIES", "500"))
"""Of one run in CI, half of each system; `make campaign` makes more of them."""

STEPS = 25


@pytest.fixture(name="world", params=[ECC, S4], ids=["ecc_eu", "s4_na"])
def _world(
    request: pytest.FixtureRequest, firestore_host: str, project_id: str, tmp_path: Path
) -> Iterator[None]:
    """What all histories share: databases of the emulator, a gateway, the stand-in's pyrfc."""
    system: SourceSystem = request.param
    with ExitStack() as stack:
        quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
        structlog.configure(wrapper_class=quiet)
        stack.callback(structlog.reset_defaults)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        first = system_of(system, tmp_path / "first")
        stack.callback(first.close)
        History.settings = system
        History.project = f"{project_id}-{system.logical_system.lower()}"
        History.contexts = contexts_of(system)
        History.prepared, History.starts = tmp_path, {}
        History.figures = Counter()
        History.fuse = Fuse()
        History.gateway = stack.enter_context(gateway(first))
        History.api = stack.enter_context(burning(firestore_host, History.fuse))
        yield
        figures = History.figures | {"processes killed": History.fuse.deaths}
        print(f"\n{system.logical_system}", end="")
        print("".join(f"\n{count:>9,} {what}" for what, count in figures.items()))


@pytest.mark.timeout(0)
@pytest.mark.usefixtures("world")
def test_both_sides_agree_at_rest() -> None:
    run_state_machine_as_test(
        HistoryInSap,
        settings=settings(
            max_examples=HISTORIES // 2,
            stateful_step_count=STEPS,
            deadline=None,
            # The same ones in each run, so that a change is told from luck; a campaign makes new ones.
            derandomize="HISTORIES" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
