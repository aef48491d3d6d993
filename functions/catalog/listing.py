"""What an assortment lists: its visible style-colours, laid out for filters and sorting."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from functions.catalog.bits import Span, union
from shared.assortment.model import Assortment, DeliveryWindow
from shared.assortment.rules import contains, is_open, windows_of
from shared.style.model import Colourway, Style

Dimension = Literal["season", "delivery", "category", "gender", "colour", "size"]
DIMENSIONS: tuple[Dimension, ...] = ("season", "delivery", "category", "gender", "colour", "size")


@dataclass(frozen=True, slots=True)
class Offering:
    """A visible colourway: the windows that it is offered in, and its SKUs' bits."""

    id: str
    colourway: Colourway
    windows: tuple[DeliveryWindow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A style with its visible colourways; the bit after its `span` is its guard."""

    index: int
    style: Style
    offerings: tuple[Offering, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of an assortment as sets of SKUs (see `bits`), all below bit `size`.

    `serial` differs for every listing ever made.
    `places` finds the entry and span of a style number or colourway id, in capitals.
    """

    serial: int
    assortment: Assortment
    entries: tuple[Entry, ...]
    places: dict[str, tuple[Entry, Span]]
    size: int
    all_skus: int
    guards: int
    masks: dict[Dimension, dict[str, int]]

    def spans(self, indexes: Iterable[int]) -> int:
        """Every SKU of the entries at `indexes`."""
        return union((self.entries[index].span for index in indexes), self.size)

    def at_once(self, today: date) -> int:
        """SKUs of the colourways that are offered at once and can be ordered today."""
        return union(
            (
                offering.span
                for entry in self.entries
                for offering in entry.offerings
                if any(w.kind == "at_once" and is_open(w, today) for w in offering.windows)
            ),
            self.size,
        )


def list_assortment(assortment: Assortment, styles: Iterable[Style], serial: int) -> Listing:
    """Lay out what is in the assortment, best sellers first."""
    entries: list[Entry] = []
    position = 0
    for style in sorted(styles, key=lambda style: (style.rank, style.number)):
        if entry := _entry(assortment, style, len(entries), position):
            entries.append(entry)
            position = entry.span[1] + 1
    return Listing(
        serial=serial,
        assortment=assortment,
        entries=tuple(entries),
        places=dict(_places(entries)),
        size=position,
        all_skus=union((entry.span for entry in entries), position),
        guards=union(((entry.span[1], entry.span[1] + 1) for entry in entries), position),
        masks=_masks(entries, position),
    )


def _entry(assortment: Assortment, style: Style, index: int, position: int) -> Entry | None:
    offerings = []
    first = position
    for colourway in style.colourways:
        if colourway.skus and contains(assortment, style, colourway):
            span = (position, position + len(colourway.skus))
            windows = tuple(windows_of(assortment, colourway))
            id_ = f"{style.number}-{colourway.code}"
            offerings.append(Offering(id_, colourway, windows, span))
            position = span[1]
    return Entry(index, style, tuple(offerings), (first, position)) if offerings else None


def _places(entries: list[Entry]) -> Iterable[tuple[str, tuple[Entry, Span]]]:
    for entry in entries:
        yield entry.style.number.upper(), (entry, entry.span)
        for offering in entry.offerings:
            yield offering.id.upper(), (entry, offering.span)


def _masks(entries: list[Entry], size: int) -> dict[Dimension, dict[str, int]]:
    spans: dict[Dimension, dict[str, list[Span]]] = {name: defaultdict(list) for name in DIMENSIONS}
    for entry in entries:
        spans["category"][entry.style.category].append(entry.span)
        spans["gender"][entry.style.gender].append(entry.span)
        for offering in entry.offerings:
            spans["colour"][offering.colourway.family].append(offering.span)
            for season in dict.fromkeys(offering.colourway.seasons):
                spans["season"][season].append(offering.span)
            for window in offering.windows:
                spans["delivery"][window.id].append(offering.span)
            for bit, sku in enumerate(offering.colourway.skus, offering.span[0]):
                spans["size"][sku.size].append((bit, bit + 1))
    return {
        name: {value: union(some, size) for value, some in values.items()}
        for name, values in spans.items()
    }
