"""How well the catalogue is searched: 270 judged queries in six languages over the demo data."""

from collections import defaultdict
from datetime import date

import pytest
from babel import Locale

from emulators.demo.generate import DemoData, generate
from functions.catalog.index.codes import Codes
from functions.catalog.index.listing import Listing
from functions.catalog.index.parts import ABROAD, PartKey, make_part, part_keys
from functions.catalog.index.search import Search
from functions.catalog.index.styles import Styles
from functions.catalog.index.word_index import WordIndex
from shared.catalogue.packed_styles import PackedStyle, pack
from shared.sap.articles import article
from shared.sap.idoc import Idoc
from shared.text.locale import LANGUAGES
from tests.bench.conftest import Report
from tests.bench.judged import quality, queries
from tests.bench.table import BudgetLine
from tests.factories.assortment import assortment, at_once
from tests.factories.sap import ECC

TODAY = date(2026, 11, 26)

# Least precision of the first ten and recall, in per cent. Search by words as they stand, their
# beginnings and one typo alone has en 70 and 68, de 65 and 62, fr 83 and 83, hu 82 and 78,
# pl 75 and 74, sv 69 and 63.
LEAST = {
    "en": (98, 98),
    "de": (98, 98),
    "fr": (96, 98),
    "hu": (98, 98),
    "pl": (98, 98),
    "sv": (97, 98),
}


@pytest.fixture(scope="module")
def demo() -> DemoData:
    return generate(1, 400, 4, TODAY)


def test_what_people_look_for_is_found_in_every_language(demo: DemoData, report: Report) -> None:
    ask = _Shop(demo)
    answers = defaultdict(list)
    for query in queries():
        meant = {one.number for one in demo.styles if query.means(one)}
        assert meant, query  # else the query judges nothing
        answers[query.language].append((ask.numbers(query.language, query.text), meant))
    assert set(answers) == set(LEAST) == set(LANGUAGES)
    assert sum(map(len, answers.values())) >= 260
    missed = []
    for language, found in answers.items():
        reached, (precision, recall) = quality(found), LEAST[language]
        held = reached.precision >= precision and reached.recall >= recall
        missed += [] if held else [(language, reached)]
        report(
            BudgetLine(
                f"search, {len(found)} judged queries in {language}",
                f"precision at 10 ≥ {precision} %, recall ≥ {recall} %",
                f"{reached.precision:.1f} %, {reached.recall:.1f} %",
                held,
            )
        )
    assert not missed


class _Shop:
    """The demo data as an instance holds it; a company may see all of it."""

    def __init__(self, demo: DemoData) -> None:
        given = [
            article(Idoc("ARTMAS", one["EDI_DC40"]["SERIAL"], one, ECC)).style
            for one in demo.articles
        ]
        seasons = {
            season for one in given for colour in one.colourways for season in colour.seasons
        }
        rule = {
            "brand": sorted({one.brand for one in given}),
            "exclusive": sorted({one.exclusive for one in given}),
        }
        windows = [at_once(season, season=season) for season in seasons]
        self._styles = Styles(map(pack, given))
        self._listing = Listing(assortment(windows=windows, rules=[rule]), 1, self._styles, 1)
        self._codes = Codes(self._styles, PackedStyle.unpack)
        self._parts: dict[PartKey, WordIndex] = {}

    def numbers(self, language: str, text: str) -> list[int]:
        """The styles that are found, best first."""
        parts = [self._part(key) for key in part_keys(Locale.parse(language))]
        found = Search(parts, self._part(ABROAD), self._codes).find(text, self._listing)
        slots = [slot for slot, _ in self._styles.living() if self._has(slot, found.skus)]
        best = sorted(slots, key=lambda slot: (-found.scores.get(slot, 0), self._rank(slot)))
        return [int(self._styles.entries[slot].number) for slot in best]

    def _part(self, key: PartKey) -> WordIndex:
        if key not in self._parts:
            self._parts[key] = make_part(self._styles, *key)
        return self._parts[key]

    def _has(self, slot: int, skus: int) -> bool:
        first, end = self._styles.span(slot)
        return skus >> first & ((1 << (end - first)) - 1) > 0

    def _rank(self, slot: int) -> int:
        return self._styles.entries[slot].rank
