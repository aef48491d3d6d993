"""What typed, pasted or scanned SKUs and GTINs are."""

from collections.abc import Sequence
from typing import Literal

from stdnum import ean

from functions.catalog.code import FoundSku
from functions.catalog.freshness import answer_fresh
from functions.catalog.memory import Memory, View
from functions.catalog.page import Reader
from functions.catalog.render import Renderer, price_detail
from functions.catalog.schema import FoundLine, LookupAnswer, NotFoundLine
from shared.availability import repository as availability
from shared.availability.model import Availability
from shared.text.message import N_, Message

_GTIN_LENGTHS = (12, 13, 14)

_REASONS: dict[Literal["empty", "check_digit", "not_found"], str] = {
    "empty": N_("There is no SKU or GTIN here."),
    "check_digit": N_("This GTIN has a typing error: its check digit does not fit."),
    "not_found": N_("This is not in your range."),
}


def look_up(memory: Memory, media_url: str, reader: Reader, entries: Sequence[str]) -> LookupAnswer:
    """One line for each entry, in order.

    What other companies may buy is as unknown as what does not exist.
    """

    def plan(view: View) -> tuple[list[FoundSku | None], list[str]]:
        found = [_find(view, entry) for entry in entries]
        styles = dict.fromkeys(one.entry.style.number for one in found if one)
        return found, list(styles)

    view, found, reads = answer_fresh(memory, reader.company, reader.now.date(), plan)
    stocks = {
        stock.style: stock
        for read in reads
        if read and (stock := availability.parse(read.data())) is not None
    }
    renderer = Renderer(view, reader.locale, media_url)
    lines = [
        _found(view, renderer, entry, sku, stocks) if sku else _not_found(entry, reader)
        for entry, sku in zip(entries, found, strict=True)
    ]
    return LookupAnswer(lines=lines, windows=renderer.windows())


def _find(view: View, entry: str) -> FoundSku | None:
    found = view.codes.find(entry, view.listing)
    return found if found and view.offer.offered[found.entry.index] else None


def _found(
    view: View, renderer: Renderer, entry: str, found: FoundSku, stocks: dict[str, Availability]
) -> FoundLine:
    style = found.entry.style
    offered = view.offer.offered[found.entry.index]
    if offered is None:
        raise LookupError(f"style {style.number} has no price and is not found")
    return FoundLine(
        input=entry,
        sku=found.sku.id,
        gtin=found.sku.gtin,
        style=style.number,
        style_name=renderer.name(found.entry),
        colourway=found.offering.id,
        colour_name=renderer.colour_name(found.offering),
        size=found.sku.size,
        size_name=renderer.size_name(found.entry, found.sku),
        picture=renderer.picture(found.offering),
        price=price_detail(offered.price),
        availability=renderer.at_once(stocks.get(style.number), found.sku),
        windows=[window.id for window in found.offering.windows],
    )


def _not_found(entry: str, reader: Reader) -> NotFoundLine:
    code: Literal["empty", "check_digit", "not_found"] = "not_found"
    plain = entry.strip()
    if not plain:
        code = "empty"
    elif plain.isdigit() and len(plain) in _GTIN_LENGTHS and not ean.is_valid(plain):
        code = "check_digit"
    reason = Message(_REASONS[code]).render(reader.locale)
    return NotFoundLine(input=entry, code=code, reason=reason)
