"""Styles as the catalog holds them: packed, since it holds all and shows a few.

What filters and sorts need of a style lies open. The rest is its body, its JSON deflated
with a dictionary of what every style repeats; a hundred thousand SKUs with all their texts
take some 15 MB, and what a page shows is inflated for it.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from shared.store import Document
from shared.style.model import Sku, Style

FORMAT = 1
"""Of `write_chunk`; a reader leaves a chunk of any other alone."""

SKU_SEPARATOR = "\x1e"
"""Between the SKUs of a style's `codes`."""
_STYLE_SEPARATOR, _CODE_SEPARATOR = "\x1d", "\x1f"
_GTIN_SEPARATOR = " "
_RAW_DEFLATE = -15
# Part of the format: what it says was deflated with it can only be inflated with it.
_DICTIONARY = (
    b'{"en":"","de":"","fr":"","hu":"","pl":"","sv":"","es":"","it":"","nl":"","cs":"","da":"",'
    b'"fi":"","pt":"","sk":"","nb":"","seasons":["FW25","SS26","FW26","SS27","FW27","SS28"],'
    b'"prepacks":[{"code":"","quantities":{"S":1,"M":2,"L":2,"XL":1}}],"size_names":{},'
    b'"tier":"A","exclusive":"","unit":"PR","unit":"PCE","multiple":1,"minimum":0,'
    b'"launched":"2026-01-01","rank":1,{"number":"","stamp":"20260101080000000000",'
    b'"deleted":false,"names":{"en":"","de":"","fr":""},"descriptions":{"en":"","de":""},'
    b'"brand":"","division":"","category":"SHOES","gender":"unisex","gender":"women",'
    b'"gender":"men","colourways":[{"code":"","names":{"en":"","de":"","fr":""},"family":"BLACK",'
    b'"hex":"1A1A1A","picture":".webp","seasons":["FW26","SS27"],"skus":[{"id":"-010-XS",'
    b'"size":"XS","article":"","gtin":"40"},{"id":"-S","size":"S","article":"","gtin":"40"},'
    b'{"id":"-M","size":"M","article":"","gtin":"40"},{"id":"-L","size":"L","article":"",'
    b'"gtin":"40"},{"id":"-XL","size":"XL","article":"","gtin":"40"}]}]}'
)


class Facts(NamedTuple):
    """What an assortment's rules and the filters see of a style."""

    brand: str
    division: str
    category: str
    gender: str
    tier: str
    exclusive: str


class Kind(NamedTuple):
    """What the filters see of a colourway; many colourways are of one kind."""

    family: str
    seasons: tuple[str, ...]
    sizes: tuple[str, ...]


Chains = tuple[tuple[str, tuple[str, tuple[int, ...]]], ...]
"""By distribution chain what is other there than elsewhere: the material pricing group, and which
SKUs, counted from 0, are not sold."""


@dataclass(slots=True)
class PackedStyle:
    """`launched` is a day's ordinal; `colourways` are colour codes with their kinds; `chains` are
    those in which it is priced by a group, or not all of it is sold."""

    number: str
    rank: int
    launched: int
    facts: Facts
    colourways: tuple[tuple[str, Kind], ...]
    codes: str
    body: bytes
    chains: Chains = ()

    def pricing_group(self, chain: str) -> str:
        """The material pricing group in a distribution chain; "" for none."""
        return next((group for name, (group, _) in self.chains if name == chain), "")

    def sku_codes(self) -> list[tuple[str, list[str]]]:
        """Article and GTINs of each SKU, in the order of colourways and sizes: of the piece, and
        after it that of its case where there is one."""
        return _sku_codes(self.codes)

    def texts(self) -> Any:
        """The style's JSON; quicker than `unpack` where few of its fields are wanted."""
        return json.loads(_inflate(self.body))

    def unpack(self) -> Style:
        """The whole style."""
        return Style.model_validate_json(_inflate(self.body))


def pack(style: Style) -> PackedStyle:
    """A style, packed."""
    colourways = tuple(
        (one.code, Kind(one.family, tuple(one.seasons), tuple(sku.size for sku in one.skus)))
        for one in style.colourways
    )
    skus = (sku for one in style.colourways for sku in one.skus)
    return PackedStyle(
        number=style.number,
        rank=style.rank,
        launched=style.launched.toordinal(),
        facts=Facts(
            style.brand, style.division, style.category, style.gender, style.tier, style.exclusive
        ),
        colourways=colourways,
        codes=SKU_SEPARATOR.join(f"{sku.article}{_CODE_SEPARATOR}{_gtins(sku)}" for sku in skus),
        body=_deflate(style.model_dump_json(exclude={"gtins", "articles"}).encode()),
        chains=_chains(style),
    )


def _chains(style: Style) -> Chains:
    skus = [sku for colourway in style.colourways for sku in colourway.skus]
    blocked: dict[str, list[int]] = {name: [] for name in style.pricing_groups}
    for place, sku in enumerate(skus):
        for name in sku.blocked_in:
            blocked.setdefault(name, []).append(place)
    return tuple(
        (name, (style.pricing_groups.get(name, ""), tuple(places)))
        for name, places in sorted(blocked.items())
    )


def write_chunk(styles: Iterable[PackedStyle]) -> Document:
    """Some styles as one document; `read_chunk` reads it."""
    facts: dict[Facts, int] = {}
    kinds: dict[Kind, int] = {}
    rows = []
    chains = {}
    codes = []
    bodies = []
    for one in styles:
        colourways: list[str | int] = []
        for code, kind in one.colourways:
            colourways += (code, kinds.setdefault(kind, len(kinds)))
        fact = facts.setdefault(one.facts, len(facts))
        rows.append([one.number, one.rank, one.launched, fact, colourways, len(one.body)])
        if one.chains:
            chains[one.number] = one.chains
        codes.append(one.codes)
        bodies.append(one.body)
    table = {"facts": list(facts), "kinds": list(kinds), "rows": rows, "chains": chains}
    return {
        "format": FORMAT,
        "table": zlib.compress(json.dumps(table).encode()),
        "codes": zlib.compress(_STYLE_SEPARATOR.join(codes).encode()),
        "bodies": b"".join(bodies),
    }


def read_chunk(document: Document, known: dict[Any, Any]) -> list[PackedStyle]:
    """The styles of a chunk; what they have in common with those of `known` is shared.

    Raises:
        ValueError, KeyError, zlib.error: it is none, or of another format.
    """
    if document["format"] != FORMAT:
        raise ValueError(f"format {document['format']}")
    table = json.loads(zlib.decompress(document["table"]))
    facts = [_share(Facts(*one), known) for one in table["facts"]]
    kinds = [
        _share(Kind(family, tuple(seasons), tuple(sizes)), known)
        for family, seasons, sizes in table["kinds"]
    ]
    codes = zlib.decompress(document["codes"]).decode().split(_STYLE_SEPARATOR)
    # A chunk of before there were chains has none.
    chains = {number: _read_chains(found) for number, found in table.get("chains", {}).items()}
    bodies = document["bodies"]
    end = 0
    styles = []
    for (number, rank, launched, fact, colourways, length), own in zip(
        table["rows"], codes, strict=False
    ):
        pairs = tuple(zip(colourways[::2], map(kinds.__getitem__, colourways[1::2]), strict=True))
        body = bodies[end : end + length]
        apart = _share(chains.get(number, ()), known)
        styles.append(PackedStyle(number, rank, launched, facts[fact], pairs, own, body, apart))
        end += length
    if end != len(bodies) or len(styles) != len(table["rows"]):
        raise ValueError("not whole")
    return styles


def read_codes(document: Document) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """The number of each style of a chunk with its `sku_codes`, of which `table` and `codes` alone are needed.

    Raises:
        ValueError, KeyError, zlib.error: it is none, or of another format.
    """
    if document["format"] != FORMAT:
        raise ValueError(f"format {document['format']}")
    rows = json.loads(zlib.decompress(document["table"]))["rows"]
    codes = zlib.decompress(document["codes"]).decode().split(_STYLE_SEPARATOR)
    for (number, *_), own in zip(rows, codes, strict=False):
        yield number, _sku_codes(own)


def _sku_codes(codes: str) -> list[tuple[str, list[str]]]:
    if not codes:
        return []
    pairs = (sku.split(_CODE_SEPARATOR) for sku in codes.split(SKU_SEPARATOR))
    return [(article, gtins.split(_GTIN_SEPARATOR)) for article, gtins in pairs]


def _read_chains(found: Any) -> Chains:
    return tuple((name, (group, tuple(places))) for name, (group, places) in found)


def _gtins(sku: Sku) -> str:
    # A reader of before cases had GTINs takes both for one that nobody looks for.
    return f"{sku.gtin}{_GTIN_SEPARATOR}{sku.case_gtin}" if sku.case_gtin else sku.gtin


def _share(value: Any, known: dict[Any, Any]) -> Any:
    return known.setdefault(value, value)


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, _RAW_DEFLATE, zdict=_DICTIONARY)
    return packer.compress(content) + packer.flush()


def _inflate(body: bytes) -> bytes:
    return zlib.decompressobj(_RAW_DEFLATE, zdict=_DICTIONARY).decompress(body)
