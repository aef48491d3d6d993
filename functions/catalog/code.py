"""SKU ids and GTINs of all styles, as people type or scan them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from functions.catalog.listing import Entry, Listing, Offering
from shared.style.model import Sku, Style

Place = tuple[str, int]  # colourway id in capitals, position of the SKU in its size run


@dataclass(frozen=True, slots=True)
class FoundSku:
    """A visible SKU; `bit` is its place in the listing."""

    entry: Entry
    offering: Offering
    sku: Sku
    bit: int


def normal(code: str) -> str:
    """The code without spaces around, in capitals; a GTIN without leading zeros.

    So a GTIN-12 (UPC) is found by its GTIN-13 and GTIN-14 (GS1 General Specifications, 3.3).
    """
    plain = code.strip().upper()
    return plain.lstrip("0") if plain.isascii() and plain.isdigit() else plain


class Codes:
    """Where each SKU id and GTIN is; looked through when the first is asked for."""

    def __init__(self, styles: Iterable[Style]) -> None:
        self._styles = tuple(styles)

    @cached_property
    def _places(self) -> dict[str, Place]:
        places: dict[str, Place] = {}
        for style in self._styles:
            for colourway in style.colourways:
                id_ = f"{style.number}-{colourway.code}".upper()
                for position, sku in enumerate(colourway.skus):
                    places[normal(sku.id)] = places[normal(sku.gtin)] = (id_, position)
        return places

    def find(self, code: str, listing: Listing) -> FoundSku | None:
        """The SKU, if the listing shows it."""
        place = self._places.get(normal(code))
        visible = listing.places.get(place[0]) if place else None
        if place is None or visible is None:
            return None
        entry, span = visible
        offering = next(one for one in entry.offerings if one.span == span)
        return FoundSku(entry, offering, offering.colourway.skus[place[1]], span[0] + place[1])
