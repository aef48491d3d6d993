"""What typed, pasted or scanned SKUs and GTINs are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stdnum import ean

from functions.catalog.answers.freshness import Reader, answer_fresh
from functions.catalog.answers.render import Renderer, price_detail
from functions.catalog.answers.visible import Visible, look_at
from functions.catalog.index.listing import ListedColourway
from functions.catalog.memory import Memory, View
from functions.catalog.schema import FoundLine, LookupAnswer, NotFoundLine
from shared.availability import repository as availability
from shared.availability.model import Availability
from shared.style.model import Sku
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

    def plan(view: View) -> tuple[list[_FoundSku | None], list[str]]:
        seen: dict[int, Visible] = {}
        found = [_find(memory, view, entry, seen) for entry in entries]
        return found, list(dict.fromkeys(one.visible.number for one in found if one))

    view, found, reads = answer_fresh(memory, reader, plan)
    stocks = {
        stock.style: stock
        for read in reads
        if read and (stock := availability.parse(read.data())) is not None
    }
    renderer = Renderer(view, reader.locale, media_url)
    lines = [
        _line(view, renderer, entry, sku, stocks) if sku else _not_found(entry, reader)
        for entry, sku in zip(entries, found, strict=True)
    ]
    return LookupAnswer(lines=lines, windows=renderer.windows())


@dataclass(frozen=True, slots=True)
class _FoundSku:
    visible: Visible
    colourway: ListedColourway
    sku: Sku


def _find(memory: Memory, view: View, entry: str, seen: dict[int, Visible]) -> _FoundSku | None:
    found = view.codes.find(entry, view.listing)
    if found is None or view.prices[found.slot] is None:
        return None
    visible = seen.get(found.slot) or look_at(memory, view, found.slot)
    seen[found.slot] = visible
    colourway = visible.listed.style.colourways[found.colourway]
    listed = next(one for one in visible.listed.colourways if one.colourway is colourway)
    return _FoundSku(visible, listed, colourway.skus[found.size])


def _line(
    view: View, renderer: Renderer, entry: str, found: _FoundSku, stocks: dict[str, Availability]
) -> FoundLine:
    listed, sku = found.visible.listed, found.sku
    return FoundLine(
        input=entry,
        sku=sku.id,
        gtin=sku.gtin,
        style=listed.style.number,
        style_name=renderer.name(listed),
        colourway=found.colourway.id,
        colour_name=renderer.colour_name(found.colourway),
        size=sku.size,
        size_name=renderer.size_name(listed, sku),
        picture=renderer.picture(found.colourway),
        price=price_detail(found.visible.price.price(view.currency)),
        availability=renderer.at_once(stocks.get(listed.style.number), sku),
        windows=[window.id for window in found.colourway.windows],
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
