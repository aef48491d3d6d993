"""Answers as models: a style as a company sees it, in the reader's language."""

from datetime import timedelta

from babel import Locale

from functions.catalog.label import label
from functions.catalog.listing import Entry, Offering
from functions.catalog.memory import View
from functions.catalog.offer import Offered
from functions.catalog.schema import (
    ColourwayDetail,
    ColourwayItem,
    Later,
    Packs,
    PrePackDetail,
    PriceDetail,
    PriceRange,
    PriceTier,
    SkuDetail,
    StyleDetail,
    StyleItem,
    Window,
)
from shared.assortment.model import DeliveryWindow
from shared.assortment.rules import is_open
from shared.availability.model import Availability
from shared.availability.rules import Shown, ats, later, shown
from shared.price.model import Price
from shared.style.model import Sku
from shared.text.locale import pick

NEW = timedelta(days=60)


class Renderer:
    """Renders for the reader of a view."""

    def __init__(self, view: View, locale: Locale, media_url: str) -> None:
        self._view = view
        self._locale = locale
        self._media_url = media_url
        self._display = view.company.profile.availability_display

    def item(self, entry: Entry, offered: Offered, availability: Availability | None) -> StyleItem:
        """A style on a page."""
        style = entry.style
        pieces = [self._pieces(offering, availability) for offering in entry.offerings]
        windows = (window.id for offering in entry.offerings for window in offering.windows)
        return StyleItem(
            style=style.number,
            name=self.name(entry),
            brand=style.brand,
            category=style.category,
            category_name=label("category", style.category, self._locale),
            gender=style.gender,
            new=self._is_new(entry),
            price=PriceRange(from_=offered.from_, to=offered.to, tiers=offered.from_ != offered.to),
            rrp=offered.rrp,
            availability=shown(sum(pieces), self._display),
            windows=list(dict.fromkeys(windows)),
            colourways=[
                ColourwayItem(
                    id=offering.id,
                    code=offering.colourway.code,
                    name=self.colour_name(offering),
                    family=offering.colourway.family,
                    hex=offering.colourway.hex,
                    picture=self.picture(offering),
                    availability=shown(quantity, self._display),
                    windows=[window.id for window in offering.windows],
                )
                for offering, quantity in zip(entry.offerings, pieces, strict=True)
            ],
        )

    def detail(
        self, entry: Entry, offered: Offered, availability: Availability | None
    ) -> StyleDetail:
        """A style with everything that a size grid needs."""
        style = entry.style
        return StyleDetail(
            style=style.number,
            name=self.name(entry),
            description=pick(style.descriptions, self._locale, self.name(entry)),
            brand=style.brand,
            category=style.category,
            category_name=label("category", style.category, self._locale),
            gender=style.gender,
            unit=style.unit,
            new=self._is_new(entry),
            launched=style.launched,
            price=price_detail(offered.price),
            rrp=offered.rrp,
            packs=Packs(
                multiple=style.multiple,
                minimum=style.minimum,
                prepacks=[
                    PrePackDetail(code=pack.code, quantities=pack.quantities)
                    for pack in style.prepacks
                ],
            ),
            colourways=[
                self._colourway(entry, offering, availability) for offering in entry.offerings
            ],
        )

    def name(self, entry: Entry) -> str:
        """The style's name; its number where SAP has none in any language of the reader's."""
        return pick(entry.style.names, self._locale, entry.style.number)

    def colour_name(self, offering: Offering) -> str:
        """The colourway's name, else its family's."""
        colourway = offering.colourway
        name = pick(colourway.names, self._locale, "")
        return name or label("colour", colourway.family, self._locale)

    def size_name(self, entry: Entry, sku: Sku) -> str:
        """The size's label in the reader's language."""
        return pick(entry.style.size_names.get(sku.size, {}), self._locale, sku.size)

    def picture(self, offering: Offering) -> str:
        """The URL of the colourway's picture."""
        return f"{self._media_url}/{offering.colourway.picture}"

    def at_once(self, availability: Availability | None, sku: Sku) -> Shown:
        """What can be had of a SKU today, as the company is shown it."""
        return shown(ats(availability, sku.article, self._view.day), self._display)

    def window(self, window: DeliveryWindow) -> Window:
        """A delivery window, open or closed today."""
        return Window(**window.model_dump(), open=is_open(window, self._view.day))

    def windows(self) -> list[Window]:
        """All of the assortment's, at-once first, then by date."""
        windows = self._view.listing.assortment.windows.values()
        ordered = sorted(windows, key=lambda w: (w.kind, w.ship_from, w.id))
        return [self.window(window) for window in ordered]

    def _is_new(self, entry: Entry) -> bool:
        return entry.style.launched >= self._view.day - NEW

    def _pieces(self, offering: Offering, availability: Availability | None) -> int:
        skus = offering.colourway.skus
        return sum(ats(availability, sku.article, self._view.day) for sku in skus)

    def _colourway(
        self, entry: Entry, offering: Offering, availability: Availability | None
    ) -> ColourwayDetail:
        colourway = offering.colourway
        return ColourwayDetail(
            id=offering.id,
            code=colourway.code,
            name=self.colour_name(offering),
            family=colourway.family,
            hex=colourway.hex,
            picture=self.picture(offering),
            seasons=colourway.seasons,
            windows=[self.window(window) for window in offering.windows],
            sizes=[self._sku(entry, sku, availability) for sku in colourway.skus],
        )

    def _sku(self, entry: Entry, sku: Sku, availability: Availability | None) -> SkuDetail:
        return SkuDetail(
            sku=sku.id,
            gtin=sku.gtin,
            size=sku.size,
            size_name=self.size_name(entry, sku),
            availability=self.at_once(availability, sku),
            later=[
                Later(on=receipt.on, availability=shown(receipt.quantity, self._display))
                for receipt in later(availability, sku.article, self._view.day)
            ],
        )


def price_detail(price: Price) -> PriceDetail:
    """The price, the list that it comes from, and its tiers."""
    return PriceDetail(
        unit=price.unit,
        source=price.source.name.lower(),
        tiers=[
            PriceTier(
                quantity=tier.quantity,
                price=price.unit.model_copy(update={"amount": tier.amount}),
            )
            for tier in price.tiers
        ],
    )
