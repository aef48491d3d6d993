"""What an assortment lists of all styles: its visible SKUs as a set, and what it shows of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Literal

from functions.catalog.index.bits import Span, is_set, pack, styles_with, union
from functions.catalog.index.styles import Styles
from shared.assortment.model import Assortment, DeliveryWindow, Item
from shared.assortment.rules import is_open, windows_of
from shared.style.model import Colourway, Style

Dimension = Literal["season", "delivery", "category", "gender", "colour", "size"]
DIMENSIONS: tuple[Dimension, ...] = ("season", "delivery", "category", "gender", "colour", "size")


@dataclass(frozen=True, slots=True)
class ListedColourway:
    """A visible colourway, and the windows that it can be ordered in."""

    id: str
    colourway: Colourway
    windows: tuple[DeliveryWindow, ...]


@dataclass(frozen=True, slots=True)
class ListedStyle:
    """A style with its visible colourways; `slot` is its place in the index."""

    slot: int
    style: Style
    colourways: tuple[ListedColourway, ...]


class Listing:
    """The visible SKUs of an assortment in a distribution chain, as of the changes of `styles` until
    now.

    `serial` differs for every listing ever made, `edition` for every state of an assortment.
    """

    def __init__(
        self, assortment: Assortment, edition: int, styles: Styles, serial: int, chain: str = ""
    ) -> None:
        self.assortment = assortment
        self.edition = edition
        self.chain = chain
        self.styles = styles
        self.serial = serial
        self.changes = len(styles.log)
        self.visible = visible_skus(assortment, styles) & ~styles.blocked.get(chain, 0)
        self.guards = styles_with(self.visible, styles.all_skus, styles.guards)
        self._packed = pack(self.visible | self.guards, styles.size)
        self._windows: dict[tuple[str, ...], tuple[DeliveryWindow, ...]] = {}

    def is_current(self, edition: int, styles: Styles) -> bool:
        """Whether nothing changed since it was made."""
        return (self.edition, self.changes) == (edition, len(styles.log)) and self.styles is styles

    def shows(self, bit: int) -> bool:
        """Whether the SKU of `bit` is visible, or the style whose guard it is."""
        return is_set(self._packed, bit)

    def shows_any(self, span: Span) -> bool:
        """Whether a colourway's SKU is visible; without a chain that blocks some, all are or none."""
        first, end = span
        if not self.chain:
            return first != end and self.shows(first)
        return any(self.shows(bit) for bit in range(first, end))

    def masks(self, name: Dimension) -> dict[str, int]:
        """SKUs by value of a dimension, those of other assortments among them."""
        if name != "delivery":
            return self.styles.masks[name]
        seasons = self.styles.masks["season"]
        return {w.id: seasons.get(w.season, 0) for w in self.assortment.windows.values()}

    def at_once(self, today: date) -> int:
        """Visible SKUs of the colourways that are offered at once and can be ordered today."""
        windows = self.assortment.windows.values()
        seasons = (w.season for w in windows if w.kind == "at_once" and is_open(w, today))
        return self.visible & _any_of(self.styles.masks["season"], seasons)

    def pre_book(self, today: date) -> int:
        """SKUs of the seasons that can be pre-booked today, those of other assortments among them."""
        windows = self.assortment.windows.values()
        seasons = (w.season for w in windows if w.kind == "pre_book" and is_open(w, today))
        return _any_of(self.styles.masks["season"], seasons)

    def show(self, slot: int, style: Style) -> ListedStyle:
        """What the assortment shows of the style in `slot`."""
        spans = self.styles.colourway_spans(slot)
        colourways = (
            ListedColourway(
                f"{style.number}-{colourway.code}",
                self._visible_part(colourway, span),
                self._windows_of(colourway),
            )
            for colourway, span in zip(style.colourways, spans, strict=True)
            if self.shows_any(span)
        )
        return ListedStyle(slot, style, tuple(colourways))

    def _windows_of(self, colourway: Colourway) -> tuple[DeliveryWindow, ...]:
        # There are few seasons, and a page has many colourways.
        seasons = tuple(colourway.seasons)
        if seasons not in self._windows:
            self._windows[seasons] = tuple(windows_of(self.assortment, colourway))
        return self._windows[seasons]

    def _visible_part(self, colourway: Colourway, span: Span) -> Colourway:
        """The colourway with the SKUs only that are visible."""
        if not self.chain:
            return colourway
        shown = [
            sku for bit, sku in zip(range(*span), colourway.skus, strict=True) if self.shows(bit)
        ]
        return colourway.model_copy(update={"skus": shown})

    def numbers_without(self, skus: int) -> list[str]:
        """The numbers of visible styles that have none of `skus`."""
        styles = self.styles
        without = self.guards & ~styles_with(skus & self.visible, styles.all_skus, styles.guards)
        if not without:
            return []
        packed = pack(without, styles.size)
        return sorted(
            style.number for slot, style in styles.living() if is_set(packed, styles.span(slot)[1])
        )

    def spans(self, slots: Iterable[int]) -> int:
        """Every SKU of the styles in `slots`."""
        return union(map(self.styles.span, slots), self.styles.size)


def visible_skus(assortment: Assortment, styles: Styles) -> int:
    """What `shared.assortment.rules.contains` says of every colourway, as a set of SKUs."""
    if assortment.deleted:
        return 0
    masks = styles.masks
    in_season = _any_of(masks["season"], (w.season for w in assortment.windows.values()))
    wanted = _items(assortment.included, styles)
    for rule in assortment.rules:
        if rule:
            # An exclusive style is only for rules that name its exclusivity.
            matched = in_season
            for name, values in {"exclusive": [""], **rule}.items():
                matched &= _any_of(masks[name], values)
            wanted |= matched
    return in_season & wanted & ~_items(assortment.excluded, styles)


def _any_of(masks: dict[str, int], values: Iterable[str]) -> int:
    return reduce(lambda union, value: union | masks.get(value, 0), values, 0)


def _items(items: Iterable[Item], styles: Styles) -> int:
    spans: set[Span] = set()
    for item in items:
        slot = styles.slots.get(item.style)
        if slot is None:
            continue
        codes = (code for code, _ in styles.entries[slot].colourways)
        for code, span in zip(codes, styles.colourway_spans(slot), strict=True):
            if item.colour in ("", code):
                spans.add(span)
    return union(spans, styles.size)
