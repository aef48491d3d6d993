"""What is in an assortment (docs/domain.md, "Catalogue"): rules plus explicit in and out; out wins."""

from datetime import date

from shared.assortment.model import Assortment, DeliveryWindow, Dimension, Item
from shared.style.model import Colourway, Style


def contains(assortment: Assortment, style: Style, colourway: Colourway) -> bool:
    """Whether companies of `assortment` may see and buy this colourway.

    That of a season which they have no delivery window of is out of season: nobody could
    order it, and rules by brand or tier go on matching it for good.
    """
    if assortment.deleted or style.deleted:
        return False
    if not any(window.season in colourway.seasons for window in assortment.windows.values()):
        return False
    if any(_is(item, style, colourway) for item in assortment.excluded):
        return False
    if any(_is(item, style, colourway) for item in assortment.included):
        return True
    facts = _facts(style, colourway)
    return any(_matches(rule, facts) for rule in assortment.rules)


def windows_of(assortment: Assortment, colourway: Colourway) -> list[DeliveryWindow]:
    """Delivery windows that this colourway is offered in, at-once first, then by date."""
    return sorted(
        (w for w in assortment.windows.values() if w.season in colourway.seasons),
        key=lambda w: (w.kind, w.ship_from, w.id),
    )


def is_open(window: DeliveryWindow, today: date) -> bool:
    """Whether orders are taken for this window today."""
    # A cut-off after the last ship date would sell goods that no day is left for.
    return window.opens <= today <= min(window.cut_off, window.ship_to)


def _is(item: Item, style: Style, colourway: Colourway) -> bool:
    return item.style == style.number and item.colour in ("", colourway.code)


def _facts(style: Style, colourway: Colourway) -> dict[Dimension, set[str]]:
    return {
        "brand": {style.brand},
        "division": {style.division},
        "category": {style.category},
        "gender": {style.gender},
        "season": set(colourway.seasons),
        "tier": {style.tier},
        "exclusive": {style.exclusive},
    }


def _matches(rule: dict[Dimension, list[str]], facts: dict[Dimension, set[str]]) -> bool:
    # An exclusive style is only for rules that name its exclusivity.
    wanted = {"exclusive": [""], **rule}
    return bool(rule) and all(facts[name] & set(values) for name, values in wanted.items())
