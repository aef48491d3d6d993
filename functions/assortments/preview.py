"""What a draft would change for the companies that have an assortment."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from babel import Locale

from functions.assortments.schema import Colourway, Preview, Shift
from functions.assortments.styles import Styles
from shared.assortment.model import Assortment, Content
from shared.assortment.rules import lists
from shared.catalogue.packed_styles import PackedStyle
from shared.text.locale import pick

MOST_EXAMPLES = 100


@dataclass
class _Shifted:
    """Colourways that come, or go, by style."""

    colours: dict[str, list[str]] = field(default_factory=dict)

    def add(self, style: PackedStyle, codes: list[str]) -> None:
        if codes:
            self.colours[style.number] = codes

    @property
    def count(self) -> int:
        return sum(map(len, self.colours.values()))

    def first(self) -> Iterator[tuple[str, str]]:
        pairs = ((number, code) for number in sorted(self.colours) for code in self.colours[number])
        for _, pair in zip(range(MOST_EXAMPLES), pairs, strict=False):
            yield pair


def preview(
    styles: Styles, now: Assortment | None, then: Content, companies: int, locale: Locale
) -> Preview:
    """Compares what the assortment lists now (None: there is none yet) with what it would."""
    gained, lost = _Shifted(), _Shifted()
    there = 0
    before = Content() if now is None or now.deleted else now
    with styles.current() as known:
        for style in known.values():
            was, will_be = _listed_codes(before, style), _listed_codes(then, style)
            there += bool(will_be)
            gained.add(style, [code for code in will_be if code not in was])
            lost.add(style, [code for code in was if code not in will_be])
        return Preview(
            companies=companies,
            styles=there,
            gained=_shift(gained, known, locale),
            lost=_shift(lost, known, locale),
        )


def _listed_codes(content: Content, style: PackedStyle) -> list[str]:
    return [
        code
        for code, kind in style.colourways
        if lists(content, style.number, style.facts, code, kind.seasons)
    ]


def _shift(shifted: _Shifted, known: dict[str, PackedStyle], locale: Locale) -> Shift:
    unpacked = {number: known[number].unpack() for number in {n for n, _ in shifted.first()}}
    examples = [
        Colourway(
            style=number,
            name=pick(unpacked[number].names, locale, number),
            colour=code,
            colour_name=pick(
                next(one.names for one in unpacked[number].colourways if one.code == code),
                locale,
                code,
            ),
        )
        for number, code in shifted.first()
    ]
    return Shift(styles=len(shifted.colours), colourways=shifted.count, examples=examples)
