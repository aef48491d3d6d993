"""Parts of codes: at an end of one or else within, wherever the SKU is now."""

from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.index.code_parts import CodeParts
from functions.catalog.index.listing import Listing
from functions.catalog.index.styles import Styles
from shared.assortment.model import Item
from shared.catalogue.packed_styles import pack
from shared.style.model import Style
from tests.factories.assortment import assortment
from tests.factories.style import colourway, style

GIVEN = [style("10001"), style("10002"), style("AB77120", category="CAP")]
CASED = colourway("10003", "010", ["S", "M"])
CASED.skus[0].gtin = "0036000291452"
CASED.skus[1].case_gtin = "28412345000013"
GIVEN.append(style("10003", colourways=[CASED]))
CODES = sorted(
    {one.number for one in GIVEN}
    | {
        code
        for one in GIVEN
        for colour in one.colourways
        for sku in colour.skus
        for code in (sku.article, sku.gtin, sku.case_gtin)
        if code
    }
)


def found(given: list[Style], part: str, *without: Item) -> list[str]:
    """SKUs, and numbers of styles."""
    styles = Styles(map(pack, given))
    listing = Listing(assortment(excluded=list(without)), 1, styles, 1)
    return _named(CodeParts(styles), styles, listing, part)


def _named(parts: CodeParts, styles: Styles, listing: Listing, part: str) -> list[str]:
    names = []
    for bit in parts.find(part, listing):
        slot = styles.slot_at(bit)
        one = styles.entries[slot].unpack()
        ids = [sku.id for colour in one.colourways for sku in colour.skus]
        names.append([*ids, one.number][bit - styles.span(slot)[0]])
    return names


@given(code=st.sampled_from(CODES), data=st.data())
def test_whatever_part_of_a_code_finds_what_has_it(code: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(code) - 4))
    part = code[first : data.draw(st.integers(first + 4, len(code)))]

    def has(given: str, *, at_end: bool) -> bool:
        bare = part.lstrip("0")
        filled = len(bare) >= 4 and given.lstrip("0").startswith(bare)
        starts = filled or given.startswith(part)
        return starts or given.endswith(part) if at_end else part in given

    for at_end in (True, False):
        meant = []
        for one in GIVEN:
            for colour in one.colourways:
                for sku in colour.skus:
                    codes = [sku.article, sku.gtin, sku.case_gtin]
                    meant += [sku.id] * any(has(given, at_end=at_end) for given in codes if given)
            meant += [one.number] * has(one.number, at_end=at_end)
        if meant:
            break
    assert found(GIVEN, part) == meant


def test_zeros_before_a_code_are_none_of_it() -> None:
    assert found(GIVEN, "000000000010001001") == ["10001-010-S"]
    assert found(GIVEN, "36000291452") == ["10003-010-S"]
    assert found(GIVEN, "000") != []
    assert found(GIVEN, "0000000000000") == []


def test_the_beginning_of_a_case_s_gtin_is_that_of_its_article() -> None:
    gtin = GIVEN[0].colourways[0].skus[0].gtin
    assert found(GIVEN, f"1{gtin[:12]}") == ["10001-010-S"]
    assert found(GIVEN, "2841234500") == ["10003-010-M"]


def test_what_may_not_be_seen_is_not_found_and_hides_nothing() -> None:
    hidden = Item(style="10002", colour="400")
    gtin = GIVEN[1].colourways[1].skus[0].gtin
    assert found(GIVEN, gtin[2:12]) == ["10002-400-S"]
    assert found(GIVEN, gtin[2:12], hidden) == []
    # What begins with it is hidden: what has it within is found.
    assert found(GIVEN, "4006100020", hidden)[:1] == ["10002-010-S"]
    assert found(GIVEN, "100020", Item(style="10002")) == []


def test_changes_are_followed() -> None:
    styles = Styles(map(pack, GIVEN))
    parts = CodeParts(styles)

    def now(part: str) -> list[str]:
        return _named(parts, styles, Listing(assortment(), 1, styles, 1), part)

    assert "AB77120" in now("77120")
    styles.replace("AB77120", None)
    styles.replace("30099", pack(style("30099")))
    assert now("77120") == []
    assert now("0099") == ["30099"]
    assert now("30099001") == ["30099-010-S"]
