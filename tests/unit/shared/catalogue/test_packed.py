"""What is packed is whole when it is unpacked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.catalogue.packed_prices import change_block, pack_keys, read_block
from shared.catalogue.packed_styles import pack, read_chunk, write_chunk
from shared.price.model import PriceKey, StylePrices
from tests.factories.price import key, record
from tests.factories.style import colourway, style

TEXTS = st.dictionaries(st.sampled_from(["en", "de", "fr_CA"]), st.text(max_size=20), max_size=3)


@st.composite
def styles(draw: st.DrawFn) -> Any:
    number = str(draw(st.integers(10_000, 10_009)))
    colourways = [
        colourway(
            number, code, draw(st.lists(st.sampled_from("SML"), unique=True)), names=draw(TEXTS)
        )
        for code in draw(st.lists(st.sampled_from(["010", "020", "x,y|z"]), unique=True))
    ]
    return style(number, colourways=colourways, names=draw(TEXTS), descriptions=draw(TEXTS))


@given(st.lists(styles(), unique_by=lambda one: one.number))
def test_styles_survive_a_chunk(given_styles: list[Any]) -> None:
    chunk = write_chunk(map(pack, given_styles))
    found = read_chunk(chunk, {})
    assert found == [pack(one) for one in given_styles]
    assert [one.unpack() for one in found] == given_styles
    for packed, one in zip(found, given_styles, strict=True):
        skus = [sku for colour in one.colourways for sku in colour.skus]
        assert packed.sku_codes() == [
            (sku.article, [one for one in (sku.gtin, sku.case_gtin) if one] or [""]) for sku in skus
        ]


def test_a_chunk_that_was_cut_is_not_read() -> None:
    chunk = write_chunk([pack(style())])
    with pytest.raises(ValueError, match="not whole"):
        read_chunk(chunk | {"bodies": chunk["bodies"][:-1]}, {})


def _keyed(**keys: PriceKey) -> StylePrices:
    return StylePrices(style="1", currency="EUR", keys=keys)


def test_a_block_holds_the_keys_of_each_holder_alone() -> None:
    first = {"1": pack_keys(_keyed(m=key(record(5)), l=key(record(4), holder="X")))}
    block = change_block({}, first)
    block = change_block(block, {"2": pack_keys(_keyed(m=key(record(6))))})
    assert {s: keys[0][3][0][2] for s, keys in read_block(block, "1:1000").items()} == {
        "1": 5,
        "2": 6,
    }
    block = change_block(block, {"1": {}})
    assert (list(read_block(block, "1:1000")), list(block)) == (["2"], ["1:1000"])
