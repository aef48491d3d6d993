"""Styles and assortments as SAP publishes them; say only what matters."""

from collections.abc import Sequence
from typing import Any, Literal

from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, STAMP, Idoc, Rows, control, matnr
from tests.factories.style import gtin

_SEASONS: tuple[tuple[str, Literal["SS", "FW"]], ...] = (("2026", "FW"), ("2027", "SS"))


def variants(
    number: str = "10123", colours: Sequence[str] = ("010",), sizes: Sequence[str] = ("S", "M")
) -> list[tuple[str, str, str]]:
    """(article, colour, size) of each variant: colour by colour, sizes in wearing order."""
    cells = [(colour, size) for colour in colours for size in sizes]
    return [(f"{number}{i:03}", colour, size) for i, (colour, size) in enumerate(cells, start=1)]


def artmas(
    number: str = "10123",
    serial: str = STAMP,
    colours: Sequence[str] = ("010",),
    sizes: Sequence[str] = ("S", "M"),
    system: SourceSystem | None = None,
    **segments: Any,
) -> Idoc:
    """A generic article of ECC, or another `system`; a size such as "30x32" is two of them."""
    of = system or ECC
    cells = variants(number, colours, sizes)
    own = {"MATERIAL": matnr(number)}
    return {
        "EDI_DC40": control("ARTMAS", serial, SNDPRN=of.logical_system),
        "E1BPE1MATHEAD": [
            {
                "FUNCTION": "004",
                **own,
                "MATL_TYPE": "HAWA",
                "MATL_GROUP": "TOPS",
                "MATL_CAT": "01",
            }
        ],
        "E1BPE1VARKEY": [{**own, "VARIANT": matnr(article)} for article, _, _ in cells],
        "E1BPE1AUSPRT": _characteristics(of, cells),
        "E1BPE1MAKTRT": [
            {**own, "LANGU": "E", "LANGU_ISO": "EN", "MATL_DESC": "Tech Tee 2.0"},
            {**own, "LANGU": "O", "LANGU_ISO": "NO", "MATL_DESC": "Teknisk T-skjorte"},
        ],
        "E1BPE1MARART": [{**own, "BASE_UOM": "ST", "BASE_UOM_ISO": "PCE", "DIVISION": "20"}],
        "E1BPE1MARART1": [{**own, "BRAND_ID": "NORD", "FASHION_GRADE": "A"}],
        "E1BPE1MARMRT": [
            {
                "MATERIAL": matnr(article),
                "ALT_UNIT": "ST",
                "NUMERATOR": "1",
                "DENOMINATR": "1",
                "EAN_UPC": gtin(article),
                "EAN_CAT": "HE",
            }
            for article, _, _ in cells
        ],
        "E1BPFSHSEASONS": _seasons(of, cells),
        **_own_segments(number, colours),
        **segments,
    }


def _characteristics(of: SourceSystem, cells: Sequence[tuple[str, str, str]]) -> Rows:
    names = (of.articles.colour, *of.articles.sizes)
    rows: Rows = []
    for article, colour, size in cells:
        first, _, second = size.partition("x")
        rows += [
            {"MATERIAL": matnr(article), "CHAR_NAME": name, "CHAR_VALUE": value}
            for name, value in zip(names, (colour, first, second), strict=False)
            if value
        ]
    return rows


def _seasons(of: SourceSystem, cells: Sequence[tuple[str, str, str]]) -> Rows:
    halves = {half: code for code, half in of.articles.seasons.items()}
    return [
        {"MATERIAL": matnr(article), "SEASON_YR": year, "SEASON": halves[half]}
        for article, _, _ in cells
        for year, half in _SEASONS
    ]


def _own_segments(number: str, colours: Sequence[str]) -> dict[str, Rows]:
    own = {"MATERIAL": matnr(number)}
    style = {"GENDER": "M", "EXCLUSIVE": "", "MINQTY": "0", "LAUNCH": "20260701", "RANK": "1"}
    black = {"FAMILY": "BLACK", "HEX": "1A1A1A"}
    english = {**own, "SPRAS_ISO": "EN"}
    return {
        "Z1STYLE": [{**own, **style}],
        "Z1COLOR": [
            {**own, "COLOR": colour, **black, "PICTURE": f"{number}-{colour}.webp"}
            for colour in colours
        ],
        "Z1TEXT": [
            {**english, "KIND": "DESC", "KEY": "", "TEXT": "Light and quick."},
            *(
                {**english, "KIND": "COLOR", "KEY": colour, "TEXT": f"No {colour}"}
                for colour in colours
            ),
        ],
        "Z1PREPACK": [],
    }


def artmas_deleted(number: str = "10123", serial: str = STAMP) -> Idoc:
    """The deletion of a generic article."""
    return {
        "EDI_DC40": control("ARTMAS", serial),
        "E1BPE1MATHEAD": [{"FUNCTION": "003", "MATERIAL": matnr(number)}],
    }


def zlisting(id: str = "SPORT", serial: str = STAMP, **segments: Any) -> Idoc:  # noqa: A002
    """An assortment: everything of the brand NORD, at once and for SS27."""
    own = {"ASORT": id}
    return {
        "EDI_DC40": control("ZLISTING", serial),
        "Z1LISTHEAD": [{**own, "FUNCTION": "004"}],
        "Z1LISTRULE": [{**own, "RULE": "01", "FIELD": "BRAND", "VALUE": "NORD"}],
        "Z1LISTITEM": [],
        "Z1LISTWINDOW": [
            {
                **own,
                "WINDOW": "SS27-1",
                "KIND": "P",
                "SEASON": "SS27",
                "SHIPFROM": "20270201",
                "SHIPTO": "20270228",
                "OPENFROM": "20260901",
                "CUTOFF": "20261215",
            }
        ],
        **segments,
    }
