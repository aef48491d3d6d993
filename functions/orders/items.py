"""What an order's articles are called, in the reader's language."""

from babel import Locale
from pydantic import BaseModel

from shared.order.model import Order
from shared.style.model import colour_of, style_of
from shared.text.locale import pick, pick_nearest


class ItemView(BaseModel):
    """A SKU in the reader's language."""

    sku: str
    style_name: str
    colour_name: str
    size_name: str


def item_view(order: Order, sku: str, size: str, locale: Locale) -> ItemView:
    """A SKU by the names that the order keeps."""
    style, colour = style_of(sku), colour_of(sku)
    names = order.names[style]
    return ItemView(
        sku=sku,
        style_name=pick(names.style, locale, style),
        colour_name=pick(names.colours.get(colour, {}), locale, colour),
        size_name=pick_nearest(names.sizes.get(size, {}), locale, size),
    )


def item_of(order: Order, article: str, locale: Locale) -> ItemView | None:
    """Of an article that the order has or had; None of another."""
    for line in [*order.lines, *order.placed_lines]:
        if line.article == article:
            return item_view(order, line.sku, line.size, locale)
    known = order.sap_articles.get(article)
    return item_view(order, known.sku, known.size, locale) if known else None
