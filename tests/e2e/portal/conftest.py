"""A browser at the whole local cloud: who may be at it, and what is kept of a failure."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support import browser as browsers
from tests.support import servers

ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / "build" / "e2e"

_FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=15_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


# By module, not session: as long as Playwright runs, no other test can have an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    executable = browsers.chromium()
    if executable is None:
        pytest.fail("Chromium is missing: make setup NEEDS=browser", pytrace=False)
    with sync_playwright() as playwright:
        yield browsers.launch(playwright, executable)


@pytest.fixture(scope="session")
def local_cloud() -> dict[str, Any]:
    """One of its own, so that these tests run beside those that stop parts of the other."""
    return servers.local_cloud(name="portal")


@pytest.fixture(scope="session")
def sessions() -> dict[str, dict[str, str]]:
    """Who signed in already, so that each person does once in a run."""
    return {}


@pytest.fixture
def portal(
    browser: Browser,
    local_cloud: dict[str, Any],
    sessions: dict[str, dict[str, str]],
    request: pytest.FixtureRequest,
) -> Iterator[browsers.Visits]:
    """portal("Anna", "/catalog"): a page as she sees it. See `browsers.Visits`.

    A test fails where a page logs an error, throws, or is refused something by the content
    security policy. Pictures and traces of a failure are in build/e2e/.
    """
    if not (ROOT / "web/dist/index.html").exists():
        pytest.fail("The portal is not built: make web/dist/index.html", pytrace=False)
    with browsers.visits(browser, local_cloud, sessions) as opened:
        yield opened
        faults = opened.unexpected()
        if faults or request.node.stash.get(_FAILED, False):
            opened.save(KEPT / request.node.name)
        assert not faults, "\n".join(faults)
