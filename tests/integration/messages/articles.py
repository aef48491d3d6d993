"""ARTMAS: generic articles, and ZLISTING: assortments."""

from collections.abc import Mapping
from typing import Any

from shared.past.keeping import BEGAN
from shared.sap.source_system import SourceSystem
from shared.style.model import chain_of
from tests.factories.sap import Idoc, matnr
from tests.factories.sap_articles import artmas, zlisting
from tests.factories.style import gtin
from tests.integration.messages.family import GONE, Family, of, without
from tests.support.sap_fields import (
    ANY,
    MISSING,
    OTHER,
    REFUSED,
    SAME,
    TOLD,
    Effects,
    Values,
    code,
    day,
    flag,
    key,
    number,
    refused,
    unread,
)


def _artmas(system: SourceSystem, article: str = "10123") -> Idoc:
    idoc = artmas(article, colours=("010", "400"), system=system)
    idoc["E1BPE1MARMRT"].append(
        {"MATERIAL": matnr(article), "ALT_UNIT": system.articles.case, "NUMERATOR": "12",
         "DENOMINATR": "1", "EAN_UPC": ""}
    )  # fmt: skip
    idoc["E1BPE1MVKERT"] = [
        {"MATERIAL": matnr(article), "SALES_ORG": area.organisation, "DISTR_CHAN": area.channel,
         "DEL_FLAG": "", "SAL_STATUS": "", "MIN_ORDER": "1.000"}
        for area in system.sales_areas[:2]
    ] + [{"MATERIAL": matnr(f"{article}001"), "SALES_ORG": system.sales_areas[0].organisation,
          "DISTR_CHAN": system.sales_areas[0].channel, "SAL_STATUS": ""}]  # fmt: skip
    idoc["Z1PREPACK"] = [
        {"MATERIAL": matnr(article), "PACK": "A", "SIZE": "S", "QUANTITY": "2"},
        {"MATERIAL": matnr(article), "PACK": "A", "SIZE": "M", "QUANTITY": "1"},
    ]
    return of(system, idoc)


def _style_view(stored: Mapping[str, Any]) -> Any:
    return without(stored, "updated_at", BEGAN, "stamp")


def _article_fields(system: SourceSystem) -> Mapping[str, Values]:
    return {
        **_variant_fields(),
        **_text_fields(),
        **_status_fields(system),
        **_unit_fields(system),
        **_own_fields(),
    }


def _variant_fields() -> Mapping[str, Values]:
    """The style, its variants and their characteristics."""
    first = "10123001"
    return {
        "E1BPE1MATHEAD/FUNCTION": [
            ("003", (GONE,)), ("005", (SAME,)), ("009", (SAME,)), ("", (SAME, REFUSED)),
        ],
        "E1BPE1MATHEAD/MATERIAL": key({"10123": SAME, matnr("10123"): SAME}),
        "E1BPE1MATHEAD/MATL_GROUP": [("SHOES", ({"category": "SHOES"},)), *unread_as("category")],
        "E1BPE1MATHEAD/MATL_TYPE": unread(),
        "E1BPE1MATHEAD/MATL_CAT": unread(),
        "E1BPE1VARKEY/MATERIAL": key({"10123": SAME}),
        "E1BPE1VARKEY/VARIANT": key({first: SAME}, bad=("10123002", "99999999")),
        "E1BPE1AUSPRT/CHAR_NAME": [("ZWEIGHT", (REFUSED,)), (MISSING, (REFUSED,))],
        "E1BPE1AUSPRT/CHAR_VALUE": [
            ("010", (SAME,)), ("999", (REFUSED,)), ("", (REFUSED,)), ("\x00", (REFUSED,)),
            ("日本", (REFUSED,)), (MISSING, (REFUSED,)), ([], (REFUSED,)), (True, (REFUSED,)),
        ],
        "E1BPE1AUSPRT#1/CHAR_VALUE": [
            (size, ({"colourways.0.skus.0.size": size, "colourways.0.skus.0.id": f"10123-010-{id_}"},))
            for size, id_ in (
                ("XS", "XS"), ("One Size", "One_Size"), ("39-42", "39_42"), ("40 2/3", "40_2_3"),
                ("36⅔", "36_2_3"), ("6,5", "6.5"), ("38+", "38plus"), ("ÚNICA", "UNICA"),
                ("1/2", "1_2"), ("日本", "10123001"),
            )
        ] + [("M", (REFUSED,)), ("", (REFUSED,)), ("x" * 71, (REFUSED,)), ("x" * 5_000, (REFUSED,)),
             ([], (REFUSED,)), ({}, (REFUSED,)), (" ", (REFUSED,)), ("\u200b", (REFUSED,))],
    }  # fmt: skip


def _text_fields() -> Mapping[str, Values]:
    """Names in SAP's languages."""
    return {
        "E1BPE1MAKTRT/LANGU": unread(),
        "E1BPE1MAKTRT/LANGU_ISO": [
            ("en", (SAME,)), ("", (SAME,)),
            *((one, ({"names": {"nb": "Teknisk T-skjorte"}},)) for one in ("1P", "Z1", "Ｅ", "E\x00")),
        ],
        "E1BPE1MAKTRT/MATL_DESC": [
            ("Tee", ({"names.en": "Tee"},)), ("Tee&trade; &amp; more", ({"names.en": "Tee™ & more"},)),
            ("A\x00B", ({"names.en": "AB"},)), ("\ud83d", ({"names": {"nb": "Teknisk T-skjorte"}},)),
            ("x" * 1_200_000, (REFUSED,)), ([], (REFUSED,)), (MISSING, (REFUSED,)),
        ],
    }  # fmt: skip


def _status_fields(system: SourceSystem) -> Mapping[str, Values]:
    """Units, divisions and what is not sold any more."""
    settings, first = system.articles, system.sales_areas[0]
    chain = chain_of(first.organisation, first.channel)
    in_chain = {f"colourways.{c}.skus.{s}.blocked_in": [chain] for c in (0, 1) for s in (0, 1)}
    return {
        "E1BPE1MARART/BASE_UOM": unread(),
        "E1BPE1MARART/BASE_UOM_ISO": code(
            {"PCE": SAME, "PR": {"unit": "PR"}, "PAA": {"unit": "PR"}, "SET": SAME}, missing=SAME
        ),
        "E1BPE1MARART/DIVISION": [("30", ({"division": "30"},)), *unread_as("division")],
        "E1BPE1MARART/DEL_FLAG": flag(GONE),
        "E1BPE1MARART/PUR_STATUS": [
            (settings.blocked_purchasing[0], (GONE,)), ("55", (SAME,)), ("", (SAME,)),
        ],
        "E1BPE1MARART/SAL_STATUS": [
            (settings.blocked_sales[0], (GONE,)), ("55", (SAME,)), ("", (SAME,)),
        ],
        "E1BPE1MVKERT/SAL_STATUS": [
            (settings.blocked_sales[0], (in_chain,)), ("55", (SAME,)), ("", (SAME,)),
            (MISSING, (SAME,)), ([], (REFUSED,)),
        ],
        "E1BPE1MVKERT/DEL_FLAG": flag(in_chain),
        "E1BPE1MVKERT/SALES_ORG": [("9999", (SAME,)), ("", (SAME,)), (MISSING, (REFUSED,))],
        "E1BPE1MVKERT/MIN_ORDER": unread(),
        "E1BPE1MVKERT#2/SAL_STATUS": [
            (settings.blocked_sales[0], ({"colourways.0.skus": ANY, "articles": ANY, "gtins": ANY},)),
        ],
        "E1BPE1MARART1/BRAND_ID": [("SOLO", ({"brand": "SOLO"},)), (MISSING, (REFUSED,)),
                                   ([], (REFUSED,))],
        "E1BPE1MARART1/FASHION_GRADE": [("B", ({"tier": "B"},)), (MISSING, ({"tier": ""},))],
    }  # fmt: skip


def _unit_fields(system: SourceSystem) -> Mapping[str, Values]:
    """Bar codes, units and seasons."""
    settings = system.articles
    autumn = next(code for code, half in system.articles.seasons.items() if half == "FW")
    no_gtin = {"colourways.0.skus.0.gtin": "", "gtins": ANY}
    return {
        "E1BPE1MARMRT/EAN_UPC": [
            *((one, ({**no_gtin},)) for one in ("", MISSING)),
            *((one, ({**no_gtin, "": TOLD},)) for one in (
                "4006101230013", "abc", "４００６", "9" * 40, "4006101230014\x00", "9" * 5_000, 1)),
            *((one, ({"colourways.0.skus.0.gtin": one.zfill(13), "gtins": ANY},))
              for one in ("96385074", "036000291452")),
            (gtin("10123002"), (REFUSED,)), ([], (REFUSED,)),
        ],
        "E1BPE1MARMRT/EAN_CAT": unread(),
        "E1BPE1MARMRT#4/NUMERATOR": number(
            {"12.000": SAME, "24": {"multiple": 24, f"units.{settings.case}": 24}, 6: {
                "multiple": 6, f"units.{settings.case}": 6}},
            bad=("0", "0.5", "12.5"), missing={"multiple": 1, f"units.{settings.case}": 1},
            empty=REFUSED,
        ),
        "E1BPE1MARMRT#4/DENOMINATR": number(
            {"1.000": SAME, "2": {"multiple": 6, f"units.{settings.case}": 6}}, missing=SAME,
            empty=REFUSED, bad=("0", "5", "24"),
        ),
        "E1BPE1MARMRT#4/ALT_UNIT": [
            ("ZPK", ({"multiple": 1, "units": {"ZPK": 12}},)), ([], (REFUSED,)),
            (MISSING, (REFUSED,)),
        ],
        "E1BPFSHSEASONS/SEASON": [
            (autumn, (SAME,)), *refused("XX", "", "ＦＷ", "x" * 5_000, [], 7),
        ],
        "E1BPFSHSEASONS/SEASON_YR": [
            *refused("26", "２０２６", "20 6", "", "99999", [], True, "2026\x00"),
        ],
    }  # fmt: skip


def _own_fields() -> Mapping[str, Values]:
    """What the brand's own segments say of the style and its colours."""
    return {
        "Z1STYLE/GENDER": code({"W": {"gender": "women"}, "M": SAME}),
        "Z1STYLE/MINQTY": number({"6": {"minimum": 6}, 6: {"minimum": 6}, "6.000": {"minimum": 6}},
                                 bad=("0.5",)),
        "Z1STYLE/LAUNCH": day({"20260801": {"launched": "2026-08-01"},
                               "2026-08-01": {"launched": "2026-08-01"},
                               "99991231": {"launched": "9999-12-31"}}),
        "Z1STYLE/RANK": number({"7": {"rank": 7}, "7-": {"rank": -7}, -7: {"rank": -7}},
                               bad=("0.5",), negative=True),
        "Z1STYLE/EXCLUSIVE": [("Z", ({"exclusive": "Z"},)), (MISSING, (SAME,))],
        "Z1COLOR/HEX": [
            ("ff0000", ({"colourways.0.hex": "FF0000"},)),
            *refused("red", "", "#FF0000", "FF00", "ＦＦ００００", "FF0000\x00", [], 1),
        ],
        "Z1COLOR/COLOR": refused("", "999", "\x00", [], "x" * 5_000),
        "Z1COLOR/FAMILY": [("RED", ({"colourways.0.family": "RED"},)), ([], (REFUSED,))],
        "Z1TEXT/TEXT": [
            ("New", ({"descriptions": {"en": "New"}},)), ("<p>A</p><p>B</p>", ({"descriptions": {"en": "A\n\nB"}}, {"descriptions": {"en": "A\nB"}})),
            ("", ({"descriptions": {}},)), ("x" * 1_200_000, (REFUSED,)), ([], (REFUSED,)),
            ("a\x00b", ({"descriptions": {"en": "ab"}},)), ("\ud83d", ({"descriptions": {}},)),
        ],
        "Z1TEXT/SPRAS_ISO": [("DE", ({"descriptions": {"de": "Light and quick."}},)),
                             ("Z1", ({"descriptions": {}},)), ("", ({"descriptions": {}},))],
        "Z1PREPACK/QUANTITY": number({"3": {"prepacks.0.quantities.S": 3},
                                      3: {"prepacks.0.quantities.S": 3}}, bad=("0", "0.5")),
        "Z1PREPACK/SIZE": refused("XXL", "", [], "x" * 5_000),
    }  # fmt: skip


def unread_as(at: str) -> Values:
    """A text that no setting knows, taken as it stands."""
    return [("Ｘ", ({at: "Ｘ"},)), ("é", ({at: "é"},)), ([], (REFUSED,)), ({}, (REFUSED,))]


_ARTICLE_STRUCTURE: dict[tuple[str, str], Effects] = {
    ("E1BPE1AUSPRT", "doubled"): (SAME,),
    ("E1BPE1MAKTRT", "doubled"): (SAME,),
    ("E1BPE1MARMRT", "doubled"): (SAME,),
    ("E1BPFSHSEASONS", "dropped"): ({"colourways.0.seasons": [], "colourways.1.seasons": []},),
    ("E1BPE1MVKERT", "dropped"): (SAME,),
    ("E1BPE1MVKERT", "doubled"): (SAME,),
    ("E1BPFSHSEASONS", "doubled"): (SAME,),
    ("E1BPFSHSEASONS", "reversed"): (
        {"colourways.0.seasons": ["SS27", "FW26"], "colourways.1.seasons": ["SS27", "FW26"]},
    ),
    ("E1BPE1VARKEY", "reversed"): ({"colourways": ANY},),
    ("Z1COLOR", "doubled"): (SAME,),
    ("Z1TEXT", "dropped"): (
        {"descriptions": {}, "colourways.0.names": {}, "colourways.1.names": {}},
    ),
    ("Z1TEXT", "doubled"): (SAME,),
    ("Z1PREPACK", "dropped"): ({"prepacks": []},),
    ("Z1PREPACK", "doubled"): (SAME,),
}


def _zlisting(system: SourceSystem, name: str = "SPORT") -> Idoc:
    item = {"ASORT": name, "SIGN": "I", "MATERIAL": matnr("10123"), "COLOR": "010"}
    return of(system, zlisting(name, Z1LISTITEM=[item]))


def _listing_fields(_: SourceSystem) -> Mapping[str, Values]:
    window = "windows.SS27-1"
    days = {"SHIPFROM": "ship_from", "SHIPTO": "ship_to", "OPENFROM": "opens", "CUTOFF": "cut_off"}
    return {
        "Z1LISTHEAD/ASORT": key({"OTHER": OTHER}),
        "Z1LISTHEAD/FUNCTION": [("003", (GONE,)), ("005", (SAME,)), (MISSING, (REFUSED,))],
        "Z1LISTRULE/FIELD": code({"SEASON": {"rules": [{"season": ["NORD"]}]}}),
        "Z1LISTRULE/VALUE": [("SOLO", ({"rules": [{"brand": ["SOLO"]}]},)), ([], (REFUSED,))],
        "Z1LISTITEM/SIGN": code({"I": SAME}),
        "Z1LISTITEM/MATERIAL": key({"10124": {"included.0.style": "10124"}}),
        "Z1LISTITEM/COLOR": [("400", ({"included.0.colour": "400"},)), ([], (REFUSED,))],
        "Z1LISTWINDOW/KIND": code({"A": {f"{window}.kind": "at_once"}}),
        **{
            f"Z1LISTWINDOW/{name}": day({"20270301": {f"{window}.{at}": "2027-03-01"}})
            for name, at in days.items()
        },
    }


ARTMAS = Family(
    "ARTMAS",
    "sync_products",
    "sap-products",
    _artmas,
    lambda system: _artmas(system, "10124"),
    "styles/10123",
    "styles/10124",
    _article_fields,
    _style_view,
    structure=_ARTICLE_STRUCTURE,
)

ZLISTING = Family(
    "ZLISTING",
    "sync_products",
    "sap-products",
    _zlisting,
    lambda system: _zlisting(system, "GOLF"),
    "assortments/SPORT",
    "assortments/GOLF",
    _listing_fields,
    _style_view,
    structure={
        ("Z1LISTRULE", "dropped"): ({"rules": []},),
        ("Z1LISTRULE", "doubled"): ({"rules": [{"brand": ["NORD", "NORD"]}]}, SAME),
        ("Z1LISTITEM", "dropped"): ({"included": []},),
        ("Z1LISTITEM", "doubled"): ({"included": ANY},),
        ("Z1LISTWINDOW", "dropped"): ({"windows": {}},),
        ("Z1LISTWINDOW", "doubled"): (SAME,),
    },
)
