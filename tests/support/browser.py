"""Chromium as a person at the portal uses it; what no page may do is watched for."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    StorageState,
)

from infra.setup.browser import NAMES
from tests.support.people import tokens

Cloud = Mapping[str, Any]

_LANGUAGES = Path(__file__).resolve().parents[2] / "shared/text/languages.json"
_PATIENCE = 15_000  # milliseconds, for whatever is waited for; the machine may be busy


def _region(language: str) -> str:
    """The BCP 47 tag with the region whose formats the language is tested in.

    What has a region already, as American accounts' en-US, stays as it is.
    """
    known = json.loads(_LANGUAGES.read_bytes())
    return str(known[language]["region"]) if language in known else language


def chromium() -> str | None:
    """The machine's Chromium, or the one that the set-up got; None without either."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright, executable: str) -> Browser:
    """A Chromium without a window; as root it has no sandbox of its own."""
    quiet = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=executable, args=quiet)


@dataclass
class Visits:
    """What people have open in one test. Each call is a person at a browser of their own."""

    browser: Browser
    cloud: Cloud
    sessions: dict[str, dict[str, str]]
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    traced: bool = True  # recording slows what a page does

    def __call__(
        self,
        who: str | None,
        path: str = "/",
        *,
        language: str | None = None,
        cart: Mapping[str, Any] | None = None,
        size: tuple[int, int] = (1280, 800),
        scheme: Literal["light", "dark"] = "light",
        motion: Literal["no-preference", "reduce"] = "no-preference",
    ) -> Page:
        """A page at `path`, signed in as the demo's person of that first name (None: nobody).

        The browser is of the person's region; `language` (two letters) is the portal's where
        the person chose another one. `cart` is the one they work on; size in CSS pixels.
        """
        account = self._account(who) if who else None
        stored = self._session(account) if account else {}
        if language:
            stored["sellin.language"] = language
        if account and cart:
            stored[f"sellin.cart.{next(iter(account['companies']))}"] = cart["id"]
        spoken = account["language"] if account else (language or "en")
        context = self.browser.new_context(
            base_url=self.cloud["url"],
            storage_state=_state(self.cloud["url"], stored),
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion=motion,
            locale=_region(spoken),
            timezone_id="Europe/Berlin",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(_PATIENCE)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"thrown: {error.error}"))
        if self.traced:
            context.tracing.start(snapshots=True)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def allow(self, *texts: str) -> None:
        """Console errors that hold one of the texts are part of this test, as "status of 409"."""
        self.allowed.extend(texts)

    def unexpected(self) -> list[str]:
        """Console errors, exceptions and refusals of the content security policy."""
        return [each for each in self.faults if not any(text in each for text in self.allowed)]

    def save(self, folder: Path) -> None:
        """Every page's picture, and the trace of every browser, for `playwright show-trace`."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, context in enumerate(self.contexts, start=1):
            for count, page in enumerate(context.pages, start=1):
                page.screenshot(path=folder / f"page-{number}-{count}.png")
            context.tracing.stop(path=folder / f"trace-{number}.zip")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} ({message.location.get('url', '')})")

    def _account(self, first_name: str) -> dict[str, Any]:
        accounts: list[dict[str, Any]] = self.cloud["accounts"]
        return next(each for each in accounts if each["name"].split()[0] == first_name)

    def _session(self, account: Mapping[str, Any]) -> dict[str, str]:
        """What the portal keeps of a person who signed in on this device."""
        if account["email"] not in self.sessions:
            kept = tokens(dict(self.cloud), account["email"])
            self.sessions[account["email"]] = {"sellin.session": kept}
        return dict(self.sessions[account["email"]])


def _state(url: str, stored: Mapping[str, str]) -> StorageState:
    items = [{"name": name, "value": value} for name, value in stored.items()]
    return {"cookies": [], "origins": [{"origin": url, "localStorage": items}]}  # type: ignore[typeddict-item]


@contextmanager
def visits(browser: Browser, cloud: Cloud, sessions: dict[str, dict[str, str]]) -> Iterator[Visits]:
    """Closes all that was opened."""
    opened = Visits(browser, cloud, sessions)
    try:
        yield opened
    finally:
        for context in opened.contexts:
            context.close()
