"""Every page and dialog for everybody: WCAG 2.2 AA in light and dark, zoomed, on a phone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import accessibility, walking
from tests.support import portal as api
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.words import Words, words

Cloud = dict[str, Any]

STYLE = "10001"
PACKED = "10017"


@dataclass(frozen=True)
class Shop:
    """What the German company has: carts in every condition, and an order of each kind."""

    placeable: Any
    faulty: Any
    empty: Any
    ordered: Any
    order: Any
    cancelled: Any


@pytest.fixture(scope="module")
def shop(local_cloud: Cloud) -> Shop:
    anna = api.person(local_cloud, "Anna")
    style = anna.read(f"catalog/styles/{STYLE}")
    skus = [size["sku"] for each in style["colourways"][:2] for size in each["sizes"][:4]]
    doors, windows = walking.doors(anna)[:2], walking.pre_books(anna)[:2]
    cells = [
        line(sku, door["id"], window, 3) for door in doors for window in windows for sku in skus
    ]
    short = line(skus[0], doors[0]["id"], _at_once(anna), 9_999)
    ordered = api.new_cart(anna, cells)
    first, *_, last = api.placed(anna, ordered)
    return Shop(
        placeable=api.new_cart(anna, cells),
        faulty=api.new_cart(anna, [*cells, short]),
        empty=api.new_cart(anna, []),
        ordered=ordered,
        order=first,
        cancelled=_cancelled(anna, last),
    )


def _at_once(reader: Person) -> str:
    windows = reader.read("catalog/styles")["windows"]
    return next(str(each["id"]) for each in windows if each["kind"] == "at_once")


def _cancelled(reader: Person, order: Any) -> Any:
    path, reason = f"orders/{order['number']}/cancel", {"reason": "Doppelt bestellt"}
    reader.send("POST", path, reason, Idempotency_Key=api.new_key())
    return order


def _headed(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, level=1)).to_be_visible()


def _nothing(page: Page, w: Words) -> None:
    """What was opened is all there is to see."""


def _styles(page: Page, w: Words) -> None:
    expect(
        page.get_by_role("region", name=w("Styles")).get_by_role("article").nth(1)
    ).to_be_visible()


@dataclass(frozen=True)
class View:
    """One state of the portal, and how a person gets there."""

    name: str
    path: str
    who: str | None = "Anna"
    cart: str = "placeable"
    then: Callable[[Page, Words], None] = _nothing
    allowed: tuple[str, ...] = ()

    def shown(self, portal: Visits, shop: Shop, language: str) -> Page:
        """The page as it stands then, everything of it there."""
        portal.allow(*self.allowed)
        page = portal(
            self.who,
            self.path.format(shop=shop, group=shop.order["number"][:-4]),
            language=language,
            cart=getattr(shop, self.cart),
            motion="reduce",
        )
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        self.then(page, words(language))
        return page


def _press(name: str, within: str = "main") -> Callable[[Page, Words], None]:
    def then(page: Page, w: Words) -> None:
        page.get_by_role(within).get_by_role("button", name=w(name), exact=True).first.click()  # type: ignore[arg-type]
        expect(page.get_by_role("dialog")).to_be_visible()

    return then


def _fill(page: Page, w: Words) -> None:
    page.get_by_role("button", name=w("By size")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _choose(page: Page, w: Words) -> None:
    page.get_by_role("button", name=w("Choose all"), exact=True).first.click()
    _press("Move, copy or split")(page, w)


def _filters(page: Page, w: Words) -> None:
    _styles(page, w)
    page.set_viewport_size({"width": 640, "height": 400})
    page.get_by_role("button", name=w("Filters"), exact=True).click()


def _paste(page: Page, w: Words) -> None:
    """Something that is no number, and something beyond the sizes."""
    box = page.get_by_role("table").get_by_role("textbox").nth(1)
    page.evaluate("() => navigator.clipboard.writeText('zwölf\\t' + '1\\t'.repeat(40))")
    box.focus()
    page.keyboard.press("ControlOrMeta+V")
    expect(page.get_by_role("status").filter(has_text="zwölf")).to_be_visible()


def _account(page: Page, w: Words) -> None:
    page.get_by_role("banner").get_by_role("button").last.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _refused(page: Page, w: Words) -> None:
    page.get_by_label(w("E-mail")).fill("anna.buyer@sporthaus-lindenau.example")
    page.get_by_label(w("Password")).fill("wrong")
    page.get_by_role("button", name=w("Sign in")).click()
    expect(page.get_by_role("alert")).to_be_visible()


def _offline(page: Page, w: Words) -> None:
    page.context.set_offline(True)
    told = w(
        "You are offline. What you have opened stays readable, and entries are kept until you are connected again. Search and ordering wait."
    )
    expect(page.get_by_text(told)).to_be_visible()


def _cut_off_from(service: str) -> Callable[[Page, Words], None]:
    def then(page: Page, w: Words) -> None:
        page.route(f"**/v1/{service}/**", lambda route: route.abort())
        page.reload()
        expect(page.get_by_role("alert")).to_be_visible()

    return then


def _outdated(page: Page, w: Words) -> None:
    later = {"Sellin-Contract": "carts/99.0.0"}
    page.route("**/v1/carts*", lambda route: route.fulfill(headers=later, json={}))
    page.reload()
    expect(page.get_by_role("dialog", name=w("There is a new version of Sellin"))).to_be_visible()


def _ended(page: Page, w: Words) -> None:
    page.route("**/v1/orders*", lambda route: route.fulfill(status=401))
    page.route("**/identity/securetoken*/**", lambda route: route.fulfill(status=400, json={}))
    page.get_by_role("link", name=w("Orders"), exact=True).click()
    expect(page.get_by_role("dialog", name=w("Please sign in again"))).to_be_visible()


VIEWS = [
    View("sign-in", "/", who=None),
    View("sign-in refused", "/", who=None, then=_refused, allowed=("status of 400",)),
    View("used link", "/reset?oobCode=x", who=None, allowed=("status of 400",)),
    View("outdated", "/catalog", then=_outdated),
    View("session ended", "/catalog", then=_ended, allowed=("status of 401", "status of 400")),
    View(
        "new password",
        "/reset?mode=resetPassword&oobCode=old",
        who=None,
        allowed=("status of 400",),
    ),
    View("catalogue", "/catalog", then=_styles),
    View("catalogue as list", "/catalog?view=list", then=_styles),
    View("catalogue, filters", "/catalog", then=_filters),
    View("catalogue, nothing found", "/catalog?q=zzzzzz"),
    View("catalogue, failing", "/catalog", then=_cut_off_from("catalog"), allowed=("ERR_FAILED",)),
    View("style", f"/styles/{STYLE}", cart="faulty"),
    View("style, pasted into", f"/styles/{STYLE}", then=_paste),
    View("style, filled by size", f"/styles/{STYLE}", then=_fill),
    View("style with packs", f"/styles/{PACKED}"),
    View("style to look at", f"/styles/{STYLE}", who="Jonas"),
    View("no such style", "/styles/99999", allowed=("status of 404",)),
    View("no such page", "/nowhere"),
    View("offline", f"/styles/{STYLE}", then=_offline, allowed=("ERR_INTERNET_DISCONNECTED",)),
    View("account", "/catalog", then=_account),
    View("line sheet", f"/line-sheet?styles={STYLE}"),
    View("no line sheet", "/line-sheet"),
    View("carts", "/carts"),
    View("no carts", "/carts", who="Chloé"),
    View("columns of files", "/carts/columns"),
    View("cart", "/carts/{shop.placeable[id]}"),
    View("cart with faults", "/carts/{shop.faulty[id]}", cart="faulty"),
    View("empty cart", "/carts/{shop.empty[id]}", cart="empty"),
    View("ordered cart", "/carts/{shop.ordered[id]}"),
    View("renaming a cart", "/carts/{shop.placeable[id]}", then=_press("Rename")),
    View("moving lines", "/carts/{shop.placeable[id]}", then=_choose),
    View("uploading", "/carts/{shop.placeable[id]}", then=_press("Upload a file")),
    View("copying a cart", "/carts/{shop.placeable[id]}", then=_press("Copy")),
    View("deleting a cart", "/carts/{shop.placeable[id]}", then=_press("Delete")),
    View("review", "/carts/{shop.placeable[id]}/place"),
    View("review with faults", "/carts/{shop.faulty[id]}/place", cart="faulty"),
    View("review of what is ordered", "/carts/{shop.ordered[id]}/place"),
    View("ordered", "/placed/{group}?orders=4"),
    View("orders", "/orders"),
    View("no orders found", "/orders?q=nothing"),
    View("order", "/orders/{shop.order[number]}"),
    View("cancelling an order", "/orders/{shop.order[number]}", then=_press("Cancel the order")),
    View("cancelled order", "/orders/{shop.cancelled[number]}"),
]
PAGES = [view for view in VIEWS if view.then in (_nothing, _styles)]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_everybody_can_use_it(portal: Visits, shop: Shop, view: View) -> None:
    page = view.shown(portal, shop, "de")
    faults = accessibility.faults(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.name)
def test_long_words_fit(portal: Visits, shop: Shop, view: View) -> None:
    page = view.shown(portal, shop, "hu")
    faults = accessibility.unreadable_when_narrow(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("who", "path"), [("Anna", "/orders/{shop.order[number]}"), ("Maria", "/desk")]
)
def test_rows_fit_a_phone(portal: Visits, shop: Shop, who: str, path: str) -> None:
    """Where columns have no room a row's values stand below each other, not beyond the edge."""
    page = portal(who, path.format(shop=shop), size=accessibility.PHONE)
    table = page.get_by_role("table")
    expect(table.get_by_role("cell").first).to_be_visible()
    assert table.locator("..").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_what_is_chosen_is_seen_where_colours_are_forced(portal: Visits) -> None:
    """Windows' contrast themes take every colour: what only a colour says is lost."""
    page = portal("Anna", f"/styles/{STYLE}")
    page.emulate_media(forced_colors="active")
    chosen = page.locator("label:has(input[name=window]:checked)")
    other = page.locator("label:has(input[name=window]:not(:checked))").first
    outline = "element => getComputedStyle(element).outlineStyle"
    assert (chosen.evaluate(outline), other.evaluate(outline)) == ("solid", "none")
    page.locator("td input").first.click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    marked, plain = (
        page.locator("td[data-chosen] input"),
        page.locator("td:not([data-chosen]) input"),
    )
    expect(marked).to_have_count(3)
    assert (marked.last.evaluate(outline), plain.last.evaluate(outline)) == ("solid", "none")
    page.goto("/catalog")
    swatch = page.locator("article li span[style]").first
    shown = "element => getComputedStyle(element).backgroundColor"
    assert swatch.evaluate(shown) == swatch.evaluate("element => element.style.backgroundColor")
