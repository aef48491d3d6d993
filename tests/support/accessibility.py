"""What a page has to be for everybody: WCAG 2.2 AA by axe, and readable at any width."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
_AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
_LAYOUT = Path(__file__).with_name("layout.js")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

ZOOMED = (640, 400)
"""CSS pixels of a laptop's window at 200 % zoom."""

PHONE = (320, 640)
"""CSS pixels of WCAG's narrowest screen (1.4.10)."""


@functools.cache
def _source(path: Path) -> str:
    return path.read_text()


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, a line for each element."""
    page.evaluate(_source(_AXE))
    found: list[dict[str, Any]] = page.evaluate(
        """async (tags) => (await axe.run(document, {
            runOnly: tags, resultTypes: ["violations"], elementRef: false,
        })).violations""",
        TAGS,
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {_why(node)}"
        for rule in found
        for node in rule["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    told = [check["message"] for part in ("any", "all", "none") for check in node[part]]
    return "; ".join(told)[:200]


def unreadable(page: Page) -> list[str]:
    """What sticks out, is cut off, or can be reached only by scrolling sideways."""
    settled(page)
    found: list[str] = page.evaluate(_source(_LAYOUT))
    return found


def settled(page: Page) -> None:
    """Waits until what was begun is drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def moving(page: Page) -> list[str]:
    """What moves or would, for who asked that nothing does: longer than 0.01 s."""
    found: list[str] = page.evaluate("""() => {
        const seconds = (times) => Math.max(...times.split(", ").map(parseFloat));
        return [...document.querySelectorAll("*")].flatMap((element) =>
            ["", "::before", "::after"].flatMap((part) => {
                const style = getComputedStyle(element, part || null);
                const moves = seconds(style.transitionDuration) > 0.01
                    || (style.animationName !== "none" && seconds(style.animationDuration) > 0.01);
                return moves ? [`${element.localName}.${element.className}${part} moves`] : [];
            }));
    }""")
    return found


@contextmanager
def sized(page: Page, size: tuple[int, int]) -> Iterator[None]:
    """The window in another size for a while."""
    before = page.viewport_size
    page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        yield
    finally:
        if before:
            page.set_viewport_size(before)


def faults(page: Page) -> list[str]:
    """All that is wrong with what the page shows now: light, dark, zoomed and on a phone.

    The browser has asked for reduced motion.
    """
    found = moving(page)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}, {each}" for each in violations(page)]
    found += unreadable_when_narrow(page)
    with sized(page, PHONE):
        found += [f"on a phone, {each}" for each in violations(page)]
    return found


def unreadable_when_narrow(page: Page) -> list[str]:
    """What can't be read at 200 % zoom or on a phone."""
    found = []
    for size in (ZOOMED, PHONE):
        with sized(page, size):
            found += [f"{size[0]} px wide, {each}" for each in unreadable(page)]
    return found
