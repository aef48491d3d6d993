"""The ARTMAS IDoc of a style."""

from collections.abc import Iterator, Sequence

from stdnum import ean

from emulators.demo.catalogue import (
    BLOCKED_AT,
    BLOCKED_EVERY,
    BULKY,
    FOOTWEAR,
    MAIN_BRAND,
    Sku,
    Style,
)
from emulators.demo.descriptions import SIZE_WORDS
from emulators.demo.idoc import Idoc, Outbox, dats, material
from emulators.demo.names import CATEGORIES, FAMILIES
from emulators.demo.vocabulary import SPRAS
from shared.sap.source_system import Articles, SourceSystem

_UNCODED_EVERY, _UNCODED_AT = 40, 23


def article_idoc(outbox: Outbox, style: Style) -> Idoc:
    """The ARTMAS of a style with all its variants, texts and packs."""
    generic, languages = material(style.number), outbox.system.languages
    settings = outbox.system.settings.articles
    return outbox.idoc(
        "ARTMAS",
        "ARTMAS09",
        **_master_rows(style),
        E1BPE1VARKEY=[{"MATERIAL": generic, "VARIANT": material(s.article)} for s in style.skus],
        E1BPE1AUSPRT=[row for sku in style.skus for row in _characteristics(sku, settings)],
        E1BPE1MAKTRT=_name_rows(style, languages),
        E1BPE1MARMRT=_unit_rows(style, settings.case),
        E1BPE1MVKERT=_chain_rows(style, outbox.system.settings),
        E1BPFSHSEASONS=_season_rows(style, settings),
        Z1COLOR=_colour_rows(style),
        Z1TEXT=list(_text_rows(style, languages)),
        Z1PREPACK=[
            {"MATERIAL": generic, "PACK": pack, "SIZE": label, "QUANTITY": str(pieces)}
            for pack, run in style.prepacks.items()
            for label, pieces in run.items()
        ],
    )


def base_unit(style: Style) -> tuple[str, str]:
    """SAP's unit and the ISO one: shoes and socks are counted in pairs."""
    return ("PAA", "PR") if style.category in ("SHOES", "SOCKS") else ("ST", "PCE")


def _master_rows(style: Style) -> dict[str, list[dict[str, str]]]:
    """The segments that have exactly one row."""
    generic = {"MATERIAL": material(style.number)}
    unit, unit_iso = base_unit(style)
    head = {
        "FUNCTION": "004",
        **generic,
        "MATL_TYPE": "HAWA",
        "MATL_GROUP": style.category,
        "MATL_CAT": "01",
    }
    basic = {**generic, "BASE_UOM": unit, "BASE_UOM_ISO": unit_iso, "DIVISION": style.division}
    append = {
        **generic,
        "GENDER": style.gender,
        "EXCLUSIVE": style.exclusive,
        "MINQTY": str(style.minimum),
        "LAUNCH": dats(style.launch),
        "RANK": str(style.rank),
    }
    return {
        "E1BPE1MATHEAD": [head],
        "E1BPE1MARART": [basic],
        "E1BPE1MARART1": [{**generic, "BRAND_ID": style.brand, "FASHION_GRADE": style.tier}],
        "Z1STYLE": [append],
    }


def _name_rows(style: Style, languages: Sequence[str]) -> list[dict[str, str]]:
    return [
        {
            "MATERIAL": material(style.number),
            "LANGU": SPRAS[language],
            "LANGU_ISO": language.upper(),
            "MATL_DESC": style.names[language],
        }
        for language in languages
    ]


def _characteristics(sku: Sku, settings: Articles) -> Iterator[dict[str, str]]:
    names = (settings.colour, *settings.sizes)
    values = (sku.colour.code, sku.size.first, sku.size.second)
    for name, value in zip(names, values, strict=True):
        if value:
            yield {"MATERIAL": material(sku.article), "CHAR_NAME": name, "CHAR_VALUE": value}


def _chain_rows(style: Style, settings: SourceSystem) -> list[dict[str, str]]:
    """The distribution chains: in which pricing group the style is, and whether it is sold."""
    chains = [(one.organisation, one.channel) for one in settings.sales_areas]
    blocked = chains[1] if style.position % BLOCKED_EVERY == BLOCKED_AT else None
    groups = {"SHOES": FOOTWEAR, "BALL": BULKY}
    return [
        {
            "MATERIAL": material(style.number),
            "SALES_ORG": organisation,
            "DISTR_CHAN": channel,
            "DEL_FLAG": "",
            "SAL_STATUS": settings.articles.blocked_sales[0] if chain == blocked else "",
            "MAT_PR_GRP": groups.get(style.category, ""),
        }
        for chain in chains
        for organisation, channel in [chain]
    ]


def _unit_rows(style: Style, case: str) -> list[dict[str, str]]:
    """The GTIN of every SKU that has one yet, and the case pack that orders are a multiple of."""
    unit, _ = base_unit(style)
    rows = [_unit_row(sku.article, unit, 1, _gtin(style, sku)) for sku in style.skus]
    if style.multiple > 1:
        rows.append(_unit_row(style.number, case, style.multiple))
        rows += [
            _unit_row(sku.article, case, style.multiple, _case_gtin(gtin) if gtin else "")
            for sku in style.skus
            for gtin in [_gtin(style, sku)]
        ]
    return rows


def _unit_row(article: int | str, unit: str, pieces: int, gtin: str = "") -> dict[str, str]:
    return {
        "MATERIAL": material(article),
        "ALT_UNIT": unit,
        "NUMERATOR": str(pieces),
        "DENOMINATR": "1",
        "EAN_UPC": gtin,
        "EAN_CAT": "HE" if gtin else "",
    }


def _gtin(style: Style, sku: Sku) -> str:
    """Some styles of a coming season have none yet."""
    return "" if style.position % _UNCODED_EVERY == _UNCODED_AT else sku.gtin


def _case_gtin(gtin: str) -> str:
    """The GTIN-14 of a case of it (GS1 General Specifications, 2.1.7)."""
    return f"1{gtin[:-1]}{ean.calc_check_digit(f'1{gtin[:-1]}')}"


def _season_rows(style: Style, settings: Articles) -> list[dict[str, str]]:
    keys = {str(half): key for key, half in settings.seasons.items()}
    return [
        {
            "MATERIAL": material(sku.article),
            "SEASON_YR": str(season.year),
            "SEASON": keys[season.half],
            "COLLECTION": "SPORT" if style.brand == MAIN_BRAND else "STUDIO",
            "THEME": style.category,
        }
        for colourway in style.colourways
        for sku in colourway.skus
        for season in colourway.seasons
    ]


def _colour_rows(style: Style) -> list[dict[str, str]]:
    return [
        {
            "MATERIAL": material(style.number),
            "COLOR": colourway.colour.code,
            "FAMILY": colourway.colour.family,
            "HEX": colourway.colour.hex,
            "PICTURE": colourway.picture,
        }
        for colourway in style.colourways
    ]


def _text_rows(style: Style, languages: Sequence[str]) -> Iterator[dict[str, str]]:
    """Description, names of category, colours and families, and sizes that are words."""
    labels = {size.label for size in style.sizes} & SIZE_WORDS.keys()
    entries = [("DESC", "", style.descriptions)]
    entries += [("CATEGORY", "", CATEGORIES[style.category])]
    families = dict.fromkeys(c.colour.family for c in style.colourways)
    entries += [("FAMILY", family, FAMILIES[family]) for family in families]
    entries += [("COLOR", c.colour.code, c.colour.names) for c in style.colourways]
    entries += [("SIZE", label, SIZE_WORDS[label]) for label in sorted(labels)]
    for kind, key, texts in entries:
        for language in languages:
            yield {
                "MATERIAL": material(style.number),
                "SPRAS_ISO": language.upper(),
                "KIND": kind,
                "KEY": key,
                "TEXT": texts[language],
            }
