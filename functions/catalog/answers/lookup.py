"""What typed, pasted or scanned SKUs, GTINs and labels are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from functions.catalog.answers.freshness import Begin, Reader, answer_fresh
from functions.catalog.answers.render import Renderer, price_detail
from functions.catalog.answers.visible import Visible, look_at
from functions.catalog.index.codes import FoundSku
from functions.catalog.index.listing import ListedColourway
from functions.catalog.memory import Memory, View
from functions.catalog.schema import (
    FoundLine,
    LookupAnswer,
    LookupRequest,
    NotFoundCode,
    NotFoundLine,
)
from shared.availability import repository as availability
from shared.availability.model import Availability
from shared.style.codes import REASONS, RESTORED, Code, read_code, resolve
from shared.style.model import Sku, styles_named
from shared.style.order_lines import read_line
from shared.text.message import N_, Message, Parameter
from shared.text.pieces import MOST, QuantityFault, quantity_reason

_NOT_FOUND = N_("This is not in your range.")
_NO_GTIN = N_("No article in your range has this GTIN.")
_SEVERAL = N_("%(text)s is several articles. Choose one.")
_OF_COLOURS = N_("%(text)s is a style with the colours %(colours)s. Enter colour and size, too.")
_NO_COLOUR = N_("%(style)s has no colour %(text)s in your range. It has %(colours)s.")
_NO_SIZE = N_("%(style)s has no size %(text)s in your range.")
_MOST_CHOICES = 60
"""Articles offered for an entry; more are found by colour and size."""
_FEW = 24
"""Articles of a style in several colours that are offered one by one."""
_CHOICES_IN_ALL = 1_000
_MANY = 50
"""Entries for which it is worth to sort all GTINs, which makes looking for each one quicker."""
_TEXT_SHOWN = 40


def look_up(memory: Memory, media_url: str, reader: Reader, request: LookupRequest) -> LookupAnswer:
    """One line for each entry, in order.

    What other companies may buy is as unknown as what does not exist.
    """
    entries = [_read(text, request.with_quantities) for text in request.entries]

    def plan(view: View, begin: Begin) -> list[_Match]:
        if len(entries) > _MANY:
            view.codes.sort_gtins()
        finding = _Finding(memory, view)
        found = [finding.match(entry.code) for entry in entries]
        numbers = (sku.visible.number for one in found for sku in (*one.exact, *one.near))
        begin(list(dict.fromkeys(numbers)))
        return found

    view, found, reads = answer_fresh(memory, reader, plan)
    stocks = {
        stock.style: stock
        for read in reads
        if read and (stock := availability.parse(read.data())) is not None
    }
    lines = _Lines(view, reader, Renderer(view, reader.locale, media_url), stocks)
    answered = [lines.line(entry, match) for entry, match in zip(entries, found, strict=True)]
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


@dataclass(frozen=True, slots=True)
class _Match:
    """What has the code; `near` are all articles of the style that the code names, where none has."""

    exact: list[_FoundSku]
    near: list[_FoundSku]


@dataclass(slots=True)
class _Finding:
    """Finds what the company may see; each style is looked at once."""

    memory: Memory
    view: View
    seen: dict[int, Visible] = field(default_factory=dict)
    styles: dict[str, list[_FoundSku]] = field(default_factory=dict)

    def match(self, code: Code) -> _Match:
        exact = list(self._visible(self.view.codes.find(code, self.view.listing)))
        if exact or code.gtin:
            return _Match(exact, [])
        near = (self._of_style(number) for number in styles_named(code.text))
        return _Match([], next(filter(None, near), []))

    def _of_style(self, number: str) -> list[_FoundSku]:
        if number not in self.styles:
            of_style = self.view.codes.of_style(number, self.view.listing)
            self.styles[number] = list(self._visible(of_style))
        return self.styles[number]

    def _visible(self, skus: Iterable[FoundSku]) -> Iterator[_FoundSku]:
        for found in skus:
            if self.view.prices[found.slot] is None:
                continue
            visible = self.seen.get(found.slot) or look_at(self.memory, self.view, found.slot)
            self.seen[found.slot] = visible
            colourway = visible.listed.style.colourways[found.colourway]
            listed = next(
                one for one in visible.listed.colourways if one.colourway.code == colourway.code
            )
            yield _FoundSku(visible, listed, colourway.skus[found.size])


@dataclass(slots=True)
class _Lines:
    """Answers in the reader's language, with the stock that was read."""

    view: View
    reader: Reader
    renderer: Renderer
    stocks: dict[str, Availability]
    choices_left: int = _CHOICES_IN_ALL

    def line(self, entry: _Entry, match: _Match) -> FoundLine | NotFoundLine:
        """The article of the entry; those that it may be where these are several."""
        one = resolve(match.exact, lambda sku: sku.sku.id)
        if one is None:
            return self._nearly(entry, match.near) if match.near else self._unknown(entry)
        if one == "ambiguous":
            parameters: dict[str, Parameter] = {"articles": [sku.sku.id for sku in match.exact]}
            reason = Message(REASONS[one], parameters)
            return self._not_found(entry, one, reason, match.exact)
        own = entry.code.of_article(one.sku.gtin, one.sku.case_gtin)
        entry = replace(entry, code=own)
        if own.pieces(one.visible.listed.style.multiple) is None:
            return self._not_found(entry, "case_unknown", Message(REASONS["case_unknown"]))
        return self._found_line(entry, one)

    def _unknown(self, entry: _Entry) -> NotFoundLine:
        code = entry.code
        if code.fault:
            reason = Message(REASONS[code.fault], {"text": code.text})
            return self._not_found(entry, code.fault, reason)
        return self._not_found(entry, "not_found", Message(_NO_GTIN if code.gtin else _NOT_FOUND))

    def _nearly(self, entry: _Entry, near: list[_FoundSku]) -> NotFoundLine:
        """What of a SKU there is where the company sees its style, but not the whole of it."""
        # The style is what was found, as its number may have hyphens.
        end = len(near[0].visible.listed.style.number)
        number, rest = entry.code.text[:end], entry.code.text[end + 1 :]
        colour, _, size = rest.partition("-")
        of_colour = [sku for sku in near if sku.colourway.colourway.code.upper() == colour]
        colours = list(dict.fromkeys(sku.colourway.colourway.code for sku in near))
        text = entry.code.text[:_TEXT_SHOWN]
        told: dict[str, Parameter] = {"style": number, "text": text, "colours": colours}
        if not rest:
            few = len(colours) == 1 or len(near) <= _FEW
            text_of = _SEVERAL if few else _OF_COLOURS
            choices = near if few else []
            return self._not_found(entry, "several_articles", Message(text_of, told), choices)
        if not of_colour:
            told["text"] = colour[:_TEXT_SHOWN]
            return self._not_found(entry, "unknown_colour", Message(_NO_COLOUR, told))
        if not size:
            return self._not_found(entry, "several_articles", Message(_SEVERAL, told), of_colour)
        told |= {"style": of_colour[0].colourway.id, "text": size[:_TEXT_SHOWN]}
        return self._not_found(entry, "unknown_size", Message(_NO_SIZE, told), of_colour)

    def _found_line(self, entry: _Entry, found: _FoundSku) -> FoundLine:
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
            price=price_detail(found.visible.price.of(sku.article).price(self.view.currency)),
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
        self,
        entry: _Entry,
        code: NotFoundCode,
        reason: Message,
        choices: Sequence[_FoundSku] = (),
    ) -> NotFoundLine:
        offered = choices if len(choices) <= min(_MOST_CHOICES, self.choices_left) else ()
        self.choices_left -= len(offered)
        return NotFoundLine(
            input=entry.input,
            code=code,
            reason=reason.render(self.reader.locale),
            choices=[self._found_line(entry, sku) for sku in offered],
        )
