"""Everything that a cart is priced and checked against, as of one read. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shared.assortment import rules as assortment_rules
from shared.assortment.model import Assortment
from shared.availability.model import Availability
from shared.company.model import Company
from shared.money import UnitPrice
from shared.price.model import Price, StylePrices
from shared.price.rules import articles_priced_apart, price_of, rrp_of
from shared.style.model import Colourway, Sku, Style


@dataclass(frozen=True)
class Product:
    """A SKU that the company may see, within its style and colourway.

    `place` is where it stands among the SKUs of its style: by colourway, then size run.
    """

    style: Style
    colourway: Colourway
    sku: Sku
    place: int


@dataclass(frozen=True)
class CartContext:
    """State as of one read, for `today` (the company's business day). The dicts are keyed by style number.

    `own_prices` are those that only this company gets. Of a company whose doors are documents
    of their own, `company` has those that the reader asked for.
    """

    company: Company
    assortment: Assortment
    styles: dict[str, Style]
    prices: dict[str, StylePrices]
    own_prices: dict[str, StylePrices]
    availability: dict[str, Availability]
    today: date

    def product(self, sku: str) -> Product | None:
        """The SKU, if it is in the company's assortment, has a valid price, and is sold in the
        company's distribution chain; else None."""
        return self._products.get(sku)

    def price(self, style: str, article: str = "") -> Price | None:
        """The company's wholesale price of a style, or of its variant `article`, today.

        None without a valid one.
        """
        return self._variant_prices.get(article) or self._prices.get(style)

    def rrp(self, style: str, article: str = "") -> UnitPrice | None:
        """The recommended retail price of a style, or of its variant, today; None without one."""
        return self._variant_rrps.get(article) or self._rrps.get(style)

    # A cart asks for each of these once per line, so they are worked out once per style, and once
    # per variant that has prices of its own.

    @cached_property
    def _prices(self) -> dict[str, Price]:
        found = {
            number: price_of(*self._of(number), material_group=self._group(number))
            for number in self._priced - self._given_away
        }
        return {number: price for number, price in found.items() if price is not None}

    @property
    def _given_away(self) -> set[str]:
        """Styles of which discounts leave nothing of a variant's price: the catalogue has none of it."""
        return {
            style for style, article in self._priced_apart if article not in self._variant_prices
        }

    @cached_property
    def _rrps(self) -> dict[str, UnitPrice]:
        found = {number: rrp_of(*self._of(number)) for number in self._priced}
        return {number: rrp for number, rrp in found.items() if rrp is not None}

    @cached_property
    def _variant_prices(self) -> dict[str, Price]:
        found = {
            one: price_of(*self._of(style), one, self._group(style))
            for style, one in self._priced_apart
        }
        return {article: price for article, price in found.items() if price is not None}

    @cached_property
    def _variant_rrps(self) -> dict[str, UnitPrice]:
        found = {one: rrp_of(*self._of(style), one) for style, one in self._priced_apart}
        return {article: rrp for article, rrp in found.items() if rrp is not None}

    @property
    def _priced_apart(self) -> list[tuple[str, str]]:
        return [
            (style, article)
            for style in self._priced
            for article in articles_priced_apart(self.prices.get(style), self.own_prices.get(style))
        ]

    @property
    def _priced(self) -> set[str]:
        return self.prices.keys() | self.own_prices.keys()

    def _of(self, style: str) -> tuple[StylePrices | None, StylePrices | None, Company, date]:
        return self.prices.get(style), self.own_prices.get(style), self.company, self.today

    def _group(self, style: str) -> str:
        """The style's material pricing group, "" where it has none."""
        found, chain = self.styles.get(style), self.company.profile.sales_area.chain
        return found.pricing_groups.get(chain, "") if found else ""

    @cached_property
    def _products(self) -> dict[str, Product]:
        return {
            product.sku.id: product
            for style in self.styles.values()
            if style.number in self._prices
            for product in self._visible(style)
        }

    def _visible(self, style: Style) -> list[Product]:
        chain = self.company.profile.sales_area.chain
        return [
            Product(style, colourway, sku, 1000 * colour + size)
            for colour, colourway in enumerate(style.colourways)
            if assortment_rules.contains(self.assortment, style, colourway)
            for size, sku in enumerate(colourway.skus)
            if chain not in sku.blocked_in
        ]
