"""COND_A: prices."""

from collections.abc import Mapping
from typing import Any

from shared.sap.source_system import SourceSystem
from tests.factories.sap import Idoc
from tests.factories.sap_prices import cond_a
from tests.integration.messages.family import Family, of, styles, without
from tests.support.sap_fields import (
    IGNORED,
    OTHER,
    REFUSED,
    SAME,
    Effects,
    Values,
    code,
    day,
    flag,
    key,
    number,
    unread,
)


def _cond_a(system: SourceSystem, article: str = "10123") -> Idoc:
    return of(system, cond_a(article, scales=[("10", "23.00")], system=system))


def _price_view(stored: Mapping[str, Any]) -> Any:
    [(name, found)] = stored["keys"].items()
    return {"name": name, **without(found, "stamp")}


def price_fields(system: SourceSystem) -> Mapping[str, Values]:
    """Of a price, whoever's it is."""
    record, position = "E1KOMG/E1KONH", "E1KOMG/E1KONH/E1KONP"
    case = {"records.0.per": 12, "records.0.tiers.0.quantity": 120}
    pieces = "ST"
    return {
        "E1KOMG/KVEWE": code({"A": SAME}, other=IGNORED, missing=SAME, empty=IGNORED),
        "E1KOMG/KAPPL": code({"V": SAME, "M": IGNORED}, other=IGNORED),
        "E1KOMG/KSCHL": code({system.prices.ignored[0]: IGNORED}),
        "E1KOMG/KOTABNR": code({}),
        "E1KOMG/VKORG": code({"9999": IGNORED}, other=IGNORED),
        "E1KOMG/VTWEG": code({"99": IGNORED}, other=IGNORED),
        "E1KOMG/KUNNR": unread(),
        "E1KOMG/PLTYP": unread(),
        "E1KOMG/WAERK": code({"EUR": SAME, "USD": REFUSED, "eur": REFUSED}, missing=SAME),
        "E1KOMG/MATNR": key({"10123": SAME, "10999": OTHER}),
        f"{record}/KNUMH": unread(),
        f"{record}/DATAB": day({"20260201": {"records.0.valid_from": "2026-02-01"},
                                "2026-02-01": {"records.0.valid_from": "2026-02-01"},
                                "99991231": {"records.0.valid_from": "9999-12-31"}},
                               ),
        f"{record}/DATBI": day({"20261231": {"records.0.valid_to": "2026-12-31"}},
                               bad=("20251231", "00010101")),
        f"{position}/KRECH": code({"C": SAME, "A": REFUSED, "B": REFUSED}),
        f"{position}/KBETR": number(
            {"31.00": {"records.0.amount": 3100}, " 31.00 ": {"records.0.amount": 3100},
             "31": {"records.0.amount": 3100}, "0031.00": {"records.0.amount": 3100},
             31: {"records.0.amount": 3100}, 31.5: {"records.0.amount": 3150},
             "31.0000000": {"records.0.amount": 3100}},
            bad=("0", "0.00", "31.005", "99999999999", "9" * 18)),
        f"{position}/KONWA": code({"EUR": SAME, "USD": REFUSED, "XYZ": REFUSED, "eur": REFUSED}),
        f"{position}/KPEIN": number({"100": {"records.0.per": 100}, 10: {"records.0.per": 10}},
                                    bad=("0", "1.5", "9" * 18)),
        f"{position}/KMEIN": code({pieces: SAME, system.articles.case: case, "KGM": REFUSED},
                                  missing=SAME),
        f"{position}/STFKZ": code(
            {"A": SAME, "D": REFUSED,
             "B": {"records.0.amount": 2300, "records.0.tiers": []}}, missing=SAME),
        f"{position}/KZBZG": code({"C": SAME, "B": REFUSED}, missing=SAME),
        f"{position}/LOEVM_KO": flag({"records": []}),
        f"{position}/E1KONM/KSTBM": number(
            {"20": {"records.0.tiers.0.quantity": 20}, "20.000": {"records.0.tiers.0.quantity": 20}},
            bad=("1.5",)),
        f"{position}/E1KONM/KBETR": number({"22.00": {"records.0.tiers.0.amount": 2200}},
                                           bad=("0", "22.005", "9" * 18)),
    }  # fmt: skip


_PRICE_STRUCTURE: dict[tuple[str, str], Effects] = {
    ("E1KOMG/E1KONH/E1KONP/E1KONM", "dropped"): ({"records.0.tiers": []},),
}


COND_A = Family(
    "COND_A",
    "sync_prices",
    "sap-prices",
    _cond_a,
    lambda system: _cond_a(system, "10124"),
    "prices/10123~EUR",
    "prices/10124~EUR",
    price_fields,
    _price_view,
    styles,
    _PRICE_STRUCTURE,
)
