"""A style as a company sees it: what is listed of it, and what it costs."""

from dataclasses import dataclass

from babel import Locale

from functions.catalog.index.listing import ListedStyle
from functions.catalog.memory import Memory, View
from functions.catalog.prices.table import StylePrice


@dataclass(frozen=True, slots=True)
class Visible:
    """A listed style that has a price. `body` is the packed style, equal only for equal ones."""

    listed: ListedStyle
    price: StylePrice
    body: bytes

    @property
    def number(self) -> str:
        """The style's number."""
        return self.listed.style.number

    def rendering(self, view: View, locale: Locale) -> tuple[object, ...]:
        """What its JSON depends on, besides its availability."""
        return self.body, self.price, *view.rendering(locale)


def look_at(memory: Memory, view: View, slot: int) -> Visible:
    """The style in a slot that a selection named.

    Raises:
        LookupError: it has no price, so nothing selects it.
    """
    style = view.listing.styles.entries[slot]
    price = view.prices[slot]
    if price is None:
        raise LookupError(f"style {style.number} has no price and is not selected")
    return Visible(memory.show_style(view, slot), price, style.body)


def find_slot(view: View, number: str) -> int | None:
    """Where the style of a number is; None where the company may not see it, or it has no price."""
    slot = view.listing.styles.slots.get(number)
    if slot is None or not view.listing.shows(view.listing.styles.span(slot)[1]):
        return None
    return slot if view.prices[slot] else None
