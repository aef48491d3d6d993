"""Stock."""

from collections.abc import Mapping
from typing import Any

from shared.sap.source_system import SourceSystem
from tests.factories.sap import stock_row
from tests.integration.messages.family import Family, styles, without
from tests.support.sap_fields import (
    MISSING,
    OTHER,
    REFUSED,
    SAME,
    Values,
    code,
    day,
    key,
    number,
    refused,
)


def _stock(_: SourceSystem, article: str = "10123001") -> dict[str, Any]:
    return stock_row(article, receipts=[("20261201", 5)])


def _stock_view(stored: Mapping[str, Any]) -> Any:
    return {
        "stock": {name: without(row, "stamp") for name, row in stored["stock"].items()},
        "locations": stored["locations"],
    }


def _stock_fields(system: SourceSystem) -> Mapping[str, Values]:
    own = "stock.10123001"
    case = {f"{own}.on_hand": 144, f"{own}.receipts.0.quantity": 60}
    return {
        "MATNR": key({"10123001": SAME}),
        "SATNR": key({"10123": SAME, "10999": OTHER}),
        "WERKS": key({"EU99": OTHER}),
        "LABST": number({"7.000": {f"{own}.on_hand": 7}, 7: {f"{own}.on_hand": 7},
                         "7.000-": {f"{own}.on_hand": -7}, -7: {f"{own}.on_hand": -7}},
                        bad=("1.5",), negative=True),
        "OMENG": number({"3": {f"{own}.ordered": 3}}, bad=("1.5",)),
        "MEINS": code({"": SAME, "ST": SAME, "PCE": SAME, system.articles.case: case, "KGM": REFUSED},
                      missing=SAME, empty=SAME),
        "UMREZ": number({"0": SAME, "1": SAME, "12": case}, missing=SAME, empty=REFUSED,
                        bad=("0.3",)),
        "UMREN": number({"1": SAME}, missing=SAME, empty=REFUSED, bad=("0",)),
        "CHANGED": [
            ("", (SAME,)), (MISSING, (SAME,)), ("00000000000000", (SAME,)),
            ("20261122141700", (SAME,)),
            *refused(
                "2026", "20991231000000000000", "20261301000000", "２０２６１１２２１４１７００",
                "abc", "9" * 20, "9" * 5_000, "20261122\x00", [], True),
        ],
        "RECEIPTS/DAT00": day({"20261224": {f"{own}.receipts.0.on": "2026-12-24"}}),
        "RECEIPTS/MNG01": number({"8": {f"{own}.receipts.0.quantity": 8}, "0": {f"{own}.receipts": []}},
                                 bad=("1.5",)),
    }  # fmt: skip


STOCK = Family(
    "stock",
    "sync_inventory",
    "sap-inventory",
    _stock,
    lambda system: _stock(system, "10124001"),
    "availability/10123~EU01",
    "availability/10124~EU01",
    _stock_fields,
    _stock_view,
    styles,
    structure={
        ("RECEIPTS", "dropped"): ({"stock.10123001.receipts": []},),
        ("RECEIPTS", "doubled"): ({"stock.10123001.receipts.0.quantity": 10},),
    },
)
