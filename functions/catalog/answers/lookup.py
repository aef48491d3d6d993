"""What typed, pasted or scanned SKUs, GTINs and labels are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.catalog.answers.freshness import Reader, answer_fresh
from functions.catalog.answers.render import Renderer, price_detail
from functions.catalog.answers.visible import Visible, look_at
from functions.catalog.index.listing import ListedColourway
from functions.catalog.memory import Memory, View
from functions.catalog.schema import FoundLine, LookupAnswer, LookupRequest, NotFoundLine
from shared.availability import repository as availability
from shared.availability.model import Availability
from shared.style.codes import REASONS, RESTORED, Code, CodeFault, read_code, resolve
from shared.style.model import Sku
from shared.style.order_lines import read_line
from shared.text.message import N_, Message, Parameter
from shared.text.pieces import MOST, QuantityFault, quantity_reason

_NOT_FOUND = N_("This is not in your range.")


def look_up(memory: Memory, media_url: str, reader: Reader, request: LookupRequest) -> LookupAnswer:
    """One line for each entry, in order.

    What other companies may buy is as unknown as what does not exist.
    """
    entries = [_read(text, request.with_quantities) for text in request.entries]

    def plan(view: View) -> tuple[list[list[_FoundSku]], list[str]]:
        seen: dict[int, Visible] = {}
        found = [list(_find(memory, view, entry.code, seen)) for entry in entries]
        numbers = (sku.visible.number for skus in found for sku in skus)
        return found, list(dict.fromkeys(numbers))

    view, found, reads = answer_fresh(memory, reader, plan)
    stocks = {
        stock.style: stock
        for read in reads
        if read and (stock := availability.parse(read.data())) is not None
    }
    lines = _Lines(view, reader, Renderer(view, reader.locale, media_url), stocks)
    answered = [lines.line(entry, skus) for entry, skus in zip(entries, found, strict=True)]
    return LookupAnswer(lines=answered, windows=lines.renderer.windows())


@dataclass(frozen=True, slots=True)
class _Entry:
    """What was sent, read; `quantity` is what stands behind the code, `text` as it is written."""

    input: str
    code: Code
    text: str = ""
    quantity: int | QuantityFault = 1


@dataclass(frozen=True, slots=True)
class _FoundSku:
    visible: Visible
    colourway: ListedColourway
    sku: Sku


def _read(text: str, with_quantities: bool) -> _Entry:
    return _Entry(text, *read_line(text)) if with_quantities else _Entry(text, read_code(text))


def _find(memory: Memory, view: View, code: Code, seen: dict[int, Visible]) -> Iterator[_FoundSku]:
    for found in view.codes.find(code, view.listing):
        if view.prices[found.slot] is None:
            continue
        visible = seen.get(found.slot) or look_at(memory, view, found.slot)
        seen[found.slot] = visible
        colourway = visible.listed.style.colourways[found.colourway]
        listed = next(one for one in visible.listed.colourways if one.colourway is colourway)
        yield _FoundSku(visible, listed, colourway.skus[found.size])


@dataclass(frozen=True, slots=True)
class _Lines:
    """Answers in the reader's language, with the stock that was read."""

    view: View
    reader: Reader
    renderer: Renderer
    stocks: dict[str, Availability]

    def line(self, entry: _Entry, found: list[_FoundSku]) -> FoundLine | NotFoundLine:
        """The article of the entry; those that it may be where these are several."""
        one = resolve(entry.code, found, lambda sku: sku.sku.id)
        if one is None:
            return self._not_found(entry, entry.code.fault)
        if one == "ambiguous":
            return self._not_found(entry, one, [self._found(entry, sku) for sku in found])
        if entry.code.pieces(one.visible.listed.style.multiple) is None:
            return self._not_found(entry, "case_unknown")
        return self._found(entry, one)

    def _found(self, entry: _Entry, found: _FoundSku) -> FoundLine:
        listed, sku = found.visible.listed, found.sku
        pieces, note = self._pieces(entry, listed.style.multiple)
        return FoundLine(
            input=entry.input,
            sku=sku.id,
            gtin=sku.gtin,
            style=listed.style.number,
            style_name=self.renderer.name(listed),
            colourway=found.colourway.id,
            colour_name=self.renderer.colour_name(found.colourway),
            size=sku.size,
            size_name=self.renderer.size_name(listed, sku),
            picture=self.renderer.picture(found.colourway),
            price=price_detail(found.visible.price.price(self.view.currency)),
            availability=self.renderer.at_once(self.stocks.get(listed.style.number), sku),
            windows=[window.id for window in found.colourway.windows],
            pieces=pieces,
            note=note and note.render(self.reader.locale),
        )

    def _pieces(self, entry: _Entry, per_case: int) -> tuple[int | None, Message | None]:
        """Pieces that the entry asks for, and what is to be told of how it was read."""
        if not isinstance(entry.quantity, int):
            return None, quantity_reason(entry.quantity, entry.text)
        pieces = (entry.code.pieces(per_case) or 0) * entry.quantity
        if pieces > MOST:
            return None, quantity_reason("too_large", str(pieces))
        return pieces, Message(RESTORED) if entry.code.restored else None

    def _not_found(
        self, entry: _Entry, fault: CodeFault | None, choices: Sequence[FoundLine] = ()
    ) -> NotFoundLine:
        articles = [one.sku for one in choices]
        parameters: dict[str, Parameter] = {"text": entry.code.text, "articles": articles}
        reason = Message(REASONS[fault] if fault else _NOT_FOUND, parameters)
        return NotFoundLine(
            input=entry.input,
            code=fault or "not_found",
            reason=reason.render(self.reader.locale),
            choices=list(choices),
        )
