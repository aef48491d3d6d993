"""Codes are found as they are typed or scanned, wherever the SKU is now."""

import pytest

from functions.catalog.index.codes import Codes, FoundSku
from functions.catalog.index.listing import Listing
from functions.catalog.index.styles import Styles
from shared.assortment.model import Item
from shared.catalogue.packed_styles import PackedStyle, pack
from shared.style.codes import read_code
from shared.style.ids import safe
from tests.factories.assortment import assortment
from tests.factories.style import colourway, gtin, style


@pytest.fixture
def styles() -> Styles:
    return Styles([pack(style("10001")), pack(style("10002"))])


@pytest.fixture(params=[False, True], ids=["few", "many"])
def codes(styles: Styles, request: pytest.FixtureRequest) -> Codes:
    """Also as they are found once somebody had many of them."""
    made = Codes(styles, PackedStyle.unpack)
    if request.param:
        made.sort_gtins()
    return made


def find(codes: Codes, styles: Styles, code: str, *without: Item) -> tuple[str, int, int] | None:
    """Style number, colourway and size, by their places."""
    found = find_all(codes, styles, code, *without)
    assert len(found) <= 1
    return found[0] if found else None


def find_all(codes: Codes, styles: Styles, code: str, *without: Item) -> list[tuple[str, int, int]]:
    """All that have the code."""
    listing = Listing(assortment(excluded=list(without)), 1, styles, 1)
    found = codes.find(read_code(code), listing)
    return [(styles.entries[sku.slot].number, sku.colourway, sku.size) for sku in found]


@pytest.mark.parametrize(
    "code",
    [
        "10002-400-M",
        " 10002-400-m ",
        gtin("10002005"),
        f"0{gtin('10002005')}",
        f"00{gtin('10002005')}",
        f"{gtin('10002005')}.0",
        f"{gtin('10002005')[:3]}-{gtin('10002005')[3:7]}-{gtin('10002005')[7:]}",
    ],
)
def test_a_sku_is_found(codes: Codes, styles: Styles, code: str) -> None:
    assert find(codes, styles, code) == ("10002", 1, 1)
    assert find(codes, styles, code, Item(style="10002", colour="400")) is None
    assert find(codes, styles, code, Item(style="10002", colour="010")) == ("10002", 1, 1)


@pytest.mark.parametrize("code", ["10003-010-36,5", "10003-010-36\u00bd", "10003-010-36 1/2"])
def test_a_sku_is_found_with_its_size_in_another_spelling(code: str) -> None:
    shoes = Styles([pack(style("10003", colourways=[colourway("10003", "010", ["36", "36.5"])]))])
    codes = Codes(shoes, PackedStyle.unpack)
    assert find(codes, shoes, code) == ("10003", 0, 1)
    assert find(codes, shoes, "10003-010-36") == ("10003", 0, 0)
    assert find(codes, shoes, "10003-010-37,5") is None


@pytest.mark.parametrize("size", ["39-42", "39/42"])
@pytest.mark.parametrize("written", ["39-42", "39/42", "39\u201342", "39 - 42", "39_42"])
@pytest.mark.parametrize("number", ["10003", "CW10003-7"])
def test_a_range_is_found_however_it_is_written(number: str, size: str, written: str) -> None:
    socks = colourway(number, "010", ["35-38", size])
    for sku in socks.skus:
        sku.id = f"{number}-010-{safe(sku.size)}"
    styles = Styles([pack(style(number, colourways=[socks]))])
    codes = Codes(styles, PackedStyle.unpack)
    assert find(codes, styles, f"{number}-010-{written}") == (number, 0, 1)
    assert find(codes, styles, f"{number}-010-43-46") is None


@pytest.mark.parametrize(
    "code", ["", " ", "0", "-", "10002-400", "10002-400-XXL", "9" * 40, "१२३", "²"]
)
def test_what_is_no_code_finds_nothing(codes: Codes, styles: Styles, code: str) -> None:
    assert find(codes, styles, code) is None


def test_a_bit_is_that_of_the_sku(codes: Codes, styles: Styles) -> None:
    (found,) = codes.find(read_code("10002-400-S"), Listing(assortment(), 1, styles, 1))
    # Six SKUs and a guard of the first style, then three of the first colourway.
    assert found == FoundSku(slot=1, bit=10, colourway=1, size=0)


def test_changes_are_followed(codes: Codes, styles: Styles) -> None:
    moved, known = gtin("10001001"), gtin("10002001")
    assert find(codes, styles, moved) == ("10001", 0, 0)
    # A GTIN goes from one style to another, and its style away.
    other = colourway("10003", "010", ["S"])
    other.skus[0].gtin = moved
    styles.replace("10001", None)
    styles.replace("10003", pack(style("10003", colourways=[other])))
    styles.replace("10002", pack(style("10002", rank=7)))
    assert find(codes, styles, moved) == ("10003", 0, 0)
    assert find(codes, styles, known) == ("10002", 0, 0)
    assert find(codes, styles, gtin("10001002")) is None
    assert find(codes, styles, "10001-010-S") is None
    assert find(codes, styles, "10003-010-S") == ("10003", 0, 0)


def test_all_articles_of_one_gtin_are_found_whenever_they_came(
    codes: Codes, styles: Styles
) -> None:
    shared = gtin("10001002")
    twin = style("10002")
    twin.colourways[1].skus[2].gtin = shared
    assert find_all(codes, styles, shared) == [("10001", 0, 1)]
    styles.replace("10002", pack(twin))
    assert find_all(codes, styles, shared) == [("10001", 0, 1), ("10002", 1, 2)]
    assert find_all(codes, styles, shared, Item(style="10001")) == [("10002", 1, 2)]
    sorted_later = Codes(styles, PackedStyle.unpack)
    sorted_later.sort_gtins()
    assert find_all(sorted_later, styles, shared) == [("10001", 0, 1), ("10002", 1, 2)]
    styles.replace("10002", pack(style("10002")))
    assert find_all(codes, styles, shared) == [("10001", 0, 1)]
