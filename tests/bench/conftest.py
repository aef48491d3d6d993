"""One table of all budgets, printed when all is measured.

What is counted is asserted, so a run fails where it is over its budget. What takes time
or memory depends on the machine, so that is only printed.
"""

from collections.abc import Callable, Iterator

import pytest
from structlog.testing import capture_logs

from tests.bench.deployed import Deployed, deploy
from tests.bench.table import BudgetLine, Counted, render
from tests.integration.functions.export_order.conftest import connect, sap  # noqa: F401 (fixtures)

_ROWS = pytest.StashKey[list[BudgetLine]]()

Report = Callable[[BudgetLine], None]
Hold = Callable[[str, dict[str, int], dict[str, int]], None]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_ROWS] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash[_ROWS]
    terminalreporter.write_sep("=", "budgets")
    for line in render(rows):
        terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """No log lines above the table."""
    with capture_logs():
        yield


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Adds a row to the table."""
    return request.config.stash[_ROWS].append


@pytest.fixture
def hold(report: Report) -> Hold:
    """Adds a row of counts (budget, allowed, measured), and asserts that it is held."""

    def check(budget: str, allowed: dict[str, int], measured: dict[str, int]) -> None:
        row = Counted(budget, allowed, measured).row
        report(row)
        assert row.held, row

    return check


@pytest.fixture(scope="session")
def deployed() -> dict[str, Deployed]:
    """Every function as the cloud would run it, and the bare framework."""
    return deploy()
