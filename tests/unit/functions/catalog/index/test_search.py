"""Search: in the reader's language, folded, by prefix, one typo forgiven; never more than may
be seen."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.index.codes import Codes
from functions.catalog.index.listing import Listing
from functions.catalog.index.parts import ABROAD, make_part, part_keys
from functions.catalog.index.search import Hits, Search
from functions.catalog.index.styles import Styles
from functions.catalog.index.words import words
from shared.assortment.model import Assortment, Item
from shared.catalogue.packed_styles import PackedStyle, pack
from shared.style.model import Style
from shared.text.folding import fold
from tests.factories.assortment import assortment
from tests.factories.style import colourway, style

SHOE = style(
    "10001",
    category="SHOES",
    names={
        "en": "Summit Running Shoe",
        "de": "Summit Läuferschuh",
        "fr": "Summit chaussures légères",
        "pl": "Summit buty żółwie",
        "sv": "Summit löparskor",
        "hu": "Summit futócipő",
    },
    descriptions={"en": "Breathable mesh."},
    colourways=[
        colourway(
            "10001",
            "010",
            family="BLACK",
            names={"en": "Black", "de": "Schwarz", "pl": "Czarny", "hu": "Fekete"},
        ),
        colourway("10001", "100", first=4, family="RED", names={"en": "Signal Red"}),
    ],
)
TEE = style(
    "10002",
    category="TEE",
    rank=2,
    names={"en": "Nova Tee", "de": "Nova T-Shirt", "fr": "T-shirt Nova"},
    descriptions={"en": "For running."},
    colourways=[colourway("10002", "210", family="YELLOW", names={"en": "Sun Yellow"})],
)
STYLES = [SHOE, TEE]


def find(
    text: str, language: str, given: list[Style], seen: Assortment
) -> tuple[Hits, Listing, Styles]:
    """What is found in an index of styles."""
    styles = Styles(map(pack, given))
    listing = Listing(seen, 1, styles, 1)
    parts = [make_part(styles, *key) for key in part_keys(Locale.parse(language))]
    codes = Codes(styles, PackedStyle.unpack)
    return Search(parts, make_part(styles, *ABROAD), codes).find(text, listing), listing, styles


def search(text: str, language: str = "en", *, without: tuple[Item, ...] = ()) -> list[str]:
    """Style numbers, best first."""
    found, _, styles = find(text, language, STYLES, assortment(excluded=list(without)))
    return numbers(found, styles)


def numbers(found: Hits, styles: Styles) -> list[str]:
    """Those of the styles found, best first."""
    visible = {
        slot
        for slot, _ in styles.living()
        if any(found.skus >> bit & 1 for bit in range(*styles.span(slot)))
    }
    # A slot that was scored and has no SKU left is one that the words met in different SKUs.
    ordered = sorted(found.scores, key=lambda slot: -found.scores[slot])
    return [styles.entries[slot].number for slot in ordered if slot in visible]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "summit"),
        ("en", "SHOE run"),
        ("en", "runing shoe"),
        ("en", "summti"),
        ("de", "lauferschuh"),
        ("de", "LÄUFER schwarz"),
        ("de", "schwrz"),
        ("fr", "chaussures legeres"),
        ("fr", "CHAUSURES"),
        ("pl", "zolwie"),
        ("pl", "żółw czarny"),
        ("pl", "ćzarnyy summit"),
        ("sv", "loparskor"),
        ("sv", "löpr"),
        ("hu", "futocipo"),
        ("hu", "FUTÓCIPŐ feket"),
        ("hu", "summit shoe"),
        ("pl", "breathable"),
        ("en", "10001"),
        ("en", "10001-010"),
        ("en", "100 red"),
        ("en", "fekete"),  # no word of the reader's: any other language's
    ],
)
def test_finds_the_shoe(language: str, text: str) -> None:
    assert search(text, language) == ["10001"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "summit nova"),  # all words must match
        ("en", "sumitt shooo"),  # two typos
        ("en", "tea sumit"),  # three letters forgive none
        ("en", "10003"),  # nor do figures
        ("en", "red 010"),  # no SKU is both
    ],
)
def test_does_not_find(language: str, text: str) -> None:
    assert search(text, language) == []


def test_what_may_not_be_seen_is_not_found() -> None:
    hidden = Item(style="10001", colour="100")
    assert search("signal") == ["10001"]
    assert search("signal", without=(hidden,)) == []
    assert search("summit", without=(hidden,)) == ["10001"]
    assert search("summit", without=(Item(style="10001"),)) == []


def test_a_name_says_more_than_a_description() -> None:
    assert search("running") == ["10001", "10002"]
    assert search("run") == ["10001", "10002"]


def test_a_text_without_words_matches_all() -> None:
    found, listing, _ = find(" -- ", "en", STYLES, assortment())
    assert (found.skus, found.scores) == (listing.visible, {})


def test_a_changed_style_is_found_by_its_new_words_only() -> None:
    styles = Styles(map(pack, STYLES))
    parts = [make_part(styles, *key) for key in part_keys(Locale.parse("de"))]

    def found(text: str) -> list[str]:
        for part in parts:
            part.follow()
        search = Search(parts, None, Codes(styles, PackedStyle.unpack))
        return numbers(search.find(text, Listing(assortment(), 1, styles, 1)), styles)

    assert found("summit") == ["10001"]
    renamed = SHOE.model_copy(update={"names": {"de": "Gipfelstürmer"}})
    styles.replace("10001", pack(renamed))
    styles.replace("10003", pack(style("10003", names={"en": "Gipfel"})))
    assert found("gipfel") == ["10003", "10001"]
    assert found("gipfelsturmer schwarz") == ["10001"]
    assert found("summit") == []
    styles.replace("10003", None)
    assert found("gipfel") == ["10001"]


@given(st.text())
def test_folding_is_stable_and_never_fails(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    folded = [word.folded for word in words(text)]
    assert [word.folded for word in words(text.casefold())] == folded


WORDS = ["running", "jacket", "summit", "chaussures", "breathable"]


@given(word=st.sampled_from(WORDS), data=st.data())
def test_one_typo_of_any_kind_is_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("abcxyz"))
    typo = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    one = style("10001", names={"en": word}, descriptions={})
    found, listing, _ = find(typo, "en", [one], assortment())
    assert found.skus == listing.visible
