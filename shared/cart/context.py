"""Everything that a cart is priced and checked against, as of one read. Pure."""

from dataclasses import dataclass
from datetime import date

from shared.assortment import rules as assortment_rules
from shared.assortment.model import Assortment
from shared.availability.model import Availability
from shared.company.model import Company
from shared.price.model import StylePrices
from shared.style.model import Colourway, Sku, Style, colour_of, style_of


@dataclass(frozen=True)
class Product:
    """A SKU that the company may see, within its style and colourway."""

    style: Style
    colourway: Colourway
    sku: Sku


@dataclass(frozen=True)
class CartContext:
    """State as of one read, for `today` (UTC date). The dicts are keyed by style number."""

    company: Company
    assortment: Assortment
    styles: dict[str, Style]
    prices: dict[str, StylePrices]
    availability: dict[str, Availability]
    today: date

    def product(self, sku: str) -> Product | None:
        """The SKU, if it is in the company's assortment and has a price; None otherwise."""
        style = self.styles.get(style_of(sku))
        if style is None or style.number not in self.prices:
            return None
        colourway = next((c for c in style.colourways if c.code == colour_of(sku)), None)
        if colourway is None or not assortment_rules.contains(self.assortment, style, colourway):
            return None
        found = next((s for s in colourway.skus if s.id == sku), None)
        return Product(style, colourway, found) if found else None
