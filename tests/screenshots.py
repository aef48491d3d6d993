"""Pictures of every page in three languages, light, dark and on a phone, for people to look at.

`python -m tests.screenshots` starts a local cloud, lets a German, a Hungarian and a French
buyer order, and fills build/screenshots/. The README's three go to docs/screenshots/.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page, sync_playwright

from infra.setup import programs
from tests.support import browser as browsers
from tests.support import servers
from tests.support.accessibility import settled
from tests.support.portal import Person, confirmed, line, new_cart, person, placed, send

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build/screenshots"
STYLES = 60
BUYERS = {"de": "Anna", "hu": "Bence", "fr": "Chloé"}


@dataclass(frozen=True)
class Look:
    """How a page is looked at; width and height in CSS pixels."""

    name: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"]


LOOKS = (
    Look("light", (1280, 800), "light"),
    Look("dark", (1280, 800), "dark"),
    Look("phone", (390, 844), "light"),
)

IN_README = {
    "catalogue-de-light": "catalogue.png",
    "style-hu-dark": "size-grid.png",
    "order-fr-phone": "order-on-a-phone.png",
}


@dataclass(frozen=True)
class Shop:
    """What a buyer has for the pictures: something to look at on every page."""

    style: str
    cart: Mapping[str, Any]
    order: Mapping[str, Any]

    @property
    def pages(self) -> dict[str, str]:
        """Addresses by name."""
        cart = f"/carts/{self.cart['id']}"
        group = self.order["number"].partition("-")[0]
        picked = "-".join(each["style"] for each in self.cart["styles"])
        return {
            "catalogue": "/catalog",
            "search": "/catalog?q=tee",
            "style": f"/styles/{self.style}",
            "carts": "/carts",
            "cart": cart,
            "place": f"{cart}/place",
            "placed": f"/placed/{group}?orders=1",
            "orders": "/orders",
            "order": f"/orders/{self.order['number']}",
            "line-sheet": f"/line-sheet?styles={picked}",
        }


def main() -> None:
    """Takes all pictures; an old picture that is not taken any more goes."""
    programs.use()
    executable = browsers.chromium()
    if executable is None:
        raise SystemExit("Chromium is missing: make setup NEEDS=browser")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    servers.begin_run()
    try:
        cloud = servers.local_cloud(styles=STYLES)
        shops = {name: _stocked(cloud, person(cloud, name)) for name in BUYERS.values()}
        with (
            sync_playwright() as playwright,
            browsers.visits(browsers.launch(playwright, executable), cloud, {}) as visits,
        ):
            visits.traced = False
            for picture in _pictures(visits, shops):
                print(picture.relative_to(ROOT), flush=True)
    finally:
        servers.end_run()
    for taken, name in IN_README.items():
        shutil.copy(OUT / f"{taken}.png", ROOT / "docs/screenshots" / name)


def _pictures(visits: browsers.Visits, shops: Mapping[str, Shop]) -> Iterator[Path]:
    for language, name in BUYERS.items():
        for look in LOOKS:
            at: dict[str, Any] = {"size": look.size, "scheme": look.scheme}
            yield _taken(visits(None, language=language, **at), f"sign-in-{language}-{look.name}")
            page = visits(name, cart=shops[name].cart, **at)
            for what, address in shops[name].pages.items():
                page.goto(address)
                yield _taken(page, f"{what}-{language}-{look.name}")


def _taken(page: Page, name: str) -> Path:
    page.wait_for_load_state("networkidle")
    settled(page)
    path = OUT / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    return path


def _stocked(cloud: Mapping[str, Any], buyer: Person) -> Shop:
    """An order that SAP has shipped in part, and a cart for two doors and two windows."""
    doors = [door["id"] for door in buyer.read("accounts/company/doors")["items"]]
    listed = buyer.read("catalog/styles?limit=24")["items"]
    styles = [buyer.read(f"catalog/styles/{each['style']}") for each in listed]
    styles = [each for each in styles if _has_size_run(each)][:3]
    places = dict.fromkeys([(doors[0], 0), (doors[0], -1), (doors[-1], 0)])
    lines = [
        entry for style in styles for door, window in places for entry in _run(style, door, window)
    ]
    booked = [entry for style in styles for entry in _run(style, doors[0], -1)]
    group = placed(buyer, new_cart(buyer, booked), "PO-2041")
    order = confirmed(buyer, group[0]["number"])
    _ship(cloud, order)
    return Shop(styles[0]["style"], new_cart(buyer, lines), order)


def _has_size_run(style: Mapping[str, Any]) -> bool:
    """Whether there is a grid to see, and more than one delivery window for it."""
    return len(style["colourways"]) > 1 and all(
        len(each["sizes"]) > 4 and len(each["windows"]) > 1 for each in style["colourways"]
    )


def _run(style: Mapping[str, Any], door: str, window: int) -> Iterator[dict[str, Any]]:
    """A small size run of the style's first two colourways, in its first or last open window."""
    multiple = style["packs"]["multiple"]
    for colourway in style["colourways"][:2]:
        windows = [each["id"] for each in colourway["windows"] if each["open"]]
        for place, size in enumerate(colourway["sizes"]):
            if windows:
                dozens = 2 if 0 < place < len(colourway["sizes"]) - 1 else 1
                yield line(size["sku"], door, windows[window], dozens * multiple * 2)


def _ship(cloud: Mapping[str, Any], order: Mapping[str, Any]) -> None:
    """SAP ships the order's first item."""
    url = f"{cloud['sap_control']}/orders/{order['sap_number']}/ship"
    said = {"items": {"000010": "1"}, "carrier": "DHL", "tracking": "00340434161094042557"}
    reply = send("POST", url, said)
    assert reply.status < 300, reply


if __name__ == "__main__":
    main()
