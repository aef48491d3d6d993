"""What is in an assortment (docs/domain.md, "Catalogue"): rules plus explicit in and out; out wins."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, Protocol

from shared.assortment.model import Assortment, Content, DeliveryWindow, Dimension, Item
from shared.style.model import Colourway, Style

Ground = Literal["included", "rule", "excluded", "no_rule", "out_of_season"]
"""Why a colourway is in an assortment, or not."""

LISTED: tuple[Ground, ...] = ("included", "rule")


class Attributes(Protocol):
    """What rules see of a style."""

    @property
    def brand(self) -> str: ...
    @property
    def division(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def gender(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def exclusive(self) -> str: ...


def contains(assortment: Assortment, style: Style, colourway: Colourway) -> bool:
    """Whether companies of `assortment` may see and buy this colourway."""
    if assortment.deleted or style.deleted:
        return False
    return lists(assortment, style.number, style, colourway.code, colourway.seasons)


def lists(
    content: Content, number: str, style: Attributes, colour: str, seasons: Iterable[str]
) -> bool:
    """Whether a colourway of the style of a number is listed."""
    return ground_of(content, number, style, colour, seasons)[0] in LISTED


def ground_of(
    content: Content, number: str, style: Attributes, colour: str, seasons: Iterable[str]
) -> tuple[Ground, int]:
    """Why a colourway is listed or not, and by which rule, counted from 0; without one -1.

    That of a season which there is no delivery window of is out of season: nobody could
    order it, and rules by brand or tier go on matching it for good.
    """
    own = {*seasons}
    if not any(window.season in own for window in content.windows.values()):
        return "out_of_season", -1
    if any(_is(item, number, colour) for item in content.excluded):
        return "excluded", -1
    if any(_is(item, number, colour) for item in content.included):
        return "included", -1
    facts = facts_of(style, own)
    found = (place for place, rule in enumerate(content.rules) if _matches(rule, facts))
    place = next(found, -1)
    return ("rule" if place >= 0 else "no_rule"), place


def windows_of(assortment: Assortment, colourway: Colourway) -> list[DeliveryWindow]:
    """Delivery windows that this colourway is offered in, at-once first, then by date."""
    return sorted(
        (w for w in assortment.windows.values() if w.season in colourway.seasons),
        key=lambda w: (w.kind, w.ship_from, w.id),
    )


def is_open(window: DeliveryWindow, today: date) -> bool:
    """Whether orders are taken for this window today."""
    return window.opens <= today <= last_order_day(window)


def last_order_day(window: DeliveryWindow) -> date:
    """The last day on which orders are taken for this window."""
    # A cut-off after the last ship date would sell goods that no day is left for.
    return min(window.cut_off, window.ship_to)


def _is(item: Item, number: str, colour: str) -> bool:
    return item.style == number and item.colour in ("", colour)


def facts_of(style: Attributes, seasons: set[str]) -> dict[Dimension, set[str]]:
    """What rules can name of a style's colourway, or colourways, of these seasons."""
    return {
        "brand": {style.brand},
        "division": {style.division},
        "category": {style.category},
        "gender": {style.gender},
        "season": seasons,
        "tier": {style.tier},
        "exclusive": {style.exclusive},
    }


def _matches(rule: dict[Dimension, list[str]], facts: dict[Dimension, set[str]]) -> bool:
    # An exclusive style is only for rules that name its exclusivity.
    wanted = {"exclusive": [""], **rule}
    return bool(rule) and all(facts[name] & set(values) for name, values in wanted.items())
