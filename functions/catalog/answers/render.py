"""Answers as models: a style as a company sees it, in the reader's language."""

from datetime import timedelta

from babel import Locale

from functions.catalog.index.labels import label
from functions.catalog.index.listing import ListedColourway, ListedStyle
from functions.catalog.memory import View
from functions.catalog.prices.table import StylePrice
from functions.catalog.schema import (
    ColourwayDetail,
    ColourwayItem,
    Later,
    Packs,
    PrePackDetail,
    PriceDetail,
    PriceRange,
    PriceSpan,
    PriceTier,
    SkuDetail,
    StyleDetail,
    StyleItem,
    Window,
)
from shared.assortment.model import DeliveryWindow
from shared.assortment.rules import is_open
from shared.availability.model import Availability
from shared.availability.rules import Shown, ats, display_quantity, later
from shared.money import Money
from shared.price.model import Price
from shared.price.rules import list_at_quantity
from shared.style.model import Sku
from shared.text.locale import pick, pick_nearest

NEW = timedelta(days=60)


class Renderer:
    """Renders for the reader of a view."""

    def __init__(self, view: View, locale: Locale, media_url: str) -> None:
        self._view = view
        self._locale = locale
        self._media_url = media_url
        self._display = view.company.profile.availability_display

    def item(
        self, listed: ListedStyle, price: StylePrice, availability: Availability | None
    ) -> StyleItem:
        """A style on a page."""
        style = listed.style
        pieces = [self._pieces(one, availability) for one in listed.colourways]
        windows = (window.id for one in listed.colourways for window in one.windows)
        return StyleItem(
            style=style.number,
            name=self.name(listed),
            brand=style.brand,
            category=style.category,
            category_name=label("category", style.category, self._locale, style.category_names),
            gender=style.gender,
            new=self._is_new(listed),
            price=self._range(listed, price),
            rrp=price.retail_price(self._view.currency),
            availability=display_quantity(sum(pieces), self._display),
            windows=list(dict.fromkeys(windows)),
            colourways=[
                ColourwayItem(
                    id=one.id,
                    code=one.colourway.code,
                    name=self.colour_name(one),
                    family=one.colourway.family,
                    hex=one.colourway.hex,
                    picture=self.picture(one),
                    availability=display_quantity(quantity, self._display),
                    windows=[window.id for window in one.windows],
                )
                for one, quantity in zip(listed.colourways, pieces, strict=True)
            ],
        )

    def detail(
        self, listed: ListedStyle, price: StylePrice, availability: Availability | None
    ) -> StyleDetail:
        """A style with everything that a size grid needs."""
        style = listed.style
        return StyleDetail(
            style=style.number,
            name=self.name(listed),
            description=pick(style.descriptions, self._locale, self.name(listed)),
            brand=style.brand,
            category=style.category,
            category_name=label("category", style.category, self._locale, style.category_names),
            gender=style.gender,
            unit=style.unit,
            new=self._is_new(listed),
            launched=style.launched,
            price=price_detail(price.price(self._view.currency)),
            rrp=price.retail_price(self._view.currency),
            packs=Packs(
                multiple=style.multiple,
                minimum=style.minimum,
                prepacks=[
                    PrePackDetail(code=pack.code, quantities=pack.quantities)
                    for pack in style.prepacks
                ],
            ),
            colourways=[
                self._colourway(listed, one, price, availability) for one in listed.colourways
            ],
        )

    def name(self, listed: ListedStyle) -> str:
        """The style's name; its number where SAP has none in any language of the reader's."""
        return pick(listed.style.names, self._locale, listed.style.number)

    def colour_name(self, listed: ListedColourway) -> str:
        """The colourway's name, else its family's."""
        colourway = listed.colourway
        name = pick(colourway.names, self._locale, "")
        return name or label("colour", colourway.family, self._locale, colourway.family_names)

    def size_name(self, listed: ListedStyle, sku: Sku) -> str:
        """The size's label in the reader's language."""
        return pick_nearest(listed.style.size_names.get(sku.size, {}), self._locale, sku.size)

    def picture(self, listed: ListedColourway) -> str:
        """The URL of the colourway's picture."""
        return f"{self._media_url}/{listed.colourway.picture}"

    def at_once(self, availability: Availability | None, sku: Sku) -> Shown:
        """What can be had of a SKU today, as the company is shown it."""
        return display_quantity(ats(availability, sku.article, self._view.day), self._display)

    def window(self, window: DeliveryWindow) -> Window:
        """A delivery window, open or closed today."""
        return Window(**window.model_dump(), open=is_open(window, self._view.day))

    def windows(self) -> list[Window]:
        """All of the assortment's, at-once first, then by date."""
        windows = self._view.listing.assortment.windows.values()
        ordered = sorted(windows, key=lambda w: (w.kind, w.ship_from, w.id))
        return [self.window(window) for window in ordered]

    def _is_new(self, listed: ListedStyle) -> bool:
        return listed.style.launched >= self._view.day - NEW

    def _pieces(self, listed: ListedColourway, availability: Availability | None) -> int:
        skus = listed.colourway.skus
        return sum(ats(availability, sku.article, self._view.day) for sku in skus)

    def _colourway(
        self,
        listed: ListedStyle,
        one: ListedColourway,
        price: StylePrice,
        availability: Availability | None,
    ) -> ColourwayDetail:
        colourway = one.colourway
        return ColourwayDetail(
            id=one.id,
            code=colourway.code,
            name=self.colour_name(one),
            family=colourway.family,
            hex=colourway.hex,
            picture=self.picture(one),
            seasons=colourway.seasons,
            windows=[self.window(window) for window in one.windows],
            sizes=[self._sku(listed, sku, price, availability) for sku in colourway.skus],
        )

    def _money(self, amount: int) -> Money:
        return Money(amount=amount, currency=self._view.currency)

    def _range(self, listed: ListedStyle, price: StylePrice) -> PriceRange:
        best, piece = price.best_piece, price.piece
        sizes = None
        if price.variants:
            skus = (sku for one in listed.colourways for sku in one.colourway.skus)
            pieces = {price.of(sku.article).piece for sku in skus}
            if len(pieces) > 1:
                sizes = PriceSpan(from_=self._money(min(pieces)), to=self._money(max(pieces)))
        before = price.listed_piece
        return PriceRange(
            from_=self._money(best),
            to=self._money(piece),
            tiers=best != piece,
            list_price=None if before == piece else self._money(before),
            sizes=sizes,
        )

    def _sku(
        self,
        listed: ListedStyle,
        sku: Sku,
        price: StylePrice,
        availability: Availability | None,
    ) -> SkuDetail:
        own, currency = price.of(sku.article), self._view.currency
        is_apart = own._replace(rrp=price.rrp, variants=()) != price._replace(variants=())
        return SkuDetail(
            sku=sku.id,
            gtin=sku.gtin,
            size=sku.size,
            size_name=self.size_name(listed, sku),
            price=price_detail(own.price(currency)) if is_apart else None,
            rrp=own.retail_price(currency) if own.rrp != price.rrp else None,
            availability=self.at_once(availability, sku),
            later=[
                Later(on=receipt.on, availability=display_quantity(receipt.quantity, self._display))
                for receipt in later(availability, sku.article, self._view.day)
            ],
        )


def price_detail(price: Price) -> PriceDetail:
    """The price, the list that it comes from, and its tiers."""
    return PriceDetail(
        unit=price.unit,
        list_price=list_at_quantity(price, 1),
        source=price.source.name.lower(),
        tiers=[
            PriceTier(
                quantity=tier.quantity,
                price=price.unit.model_copy(update={"amount": tier.amount}),
                list_price=list_at_quantity(price, tier.quantity),
            )
            for tier in price.tiers
        ],
    )
