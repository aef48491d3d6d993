"""Stock rows of each plant: what lies there, what SAP's own orders want, what is to come."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from emulators.demo.catalogue import FIRST_STYLE, Sku, Style
from emulators.demo.idoc import dats, loaded_at, material, quan, stamp
from emulators.demo.seasons import seasons
from emulators.demo.systems import DemoSystem

LAST_PAIRS = 10
"""Pairs left of the first style's first colour in the size below, in the first plant."""

LAST_PAIRS_SIZE = {"eu": "42", "us": "9"}

_SHARE_EMPTY = 0.12
_SHARE_WITH_RECEIPTS = 0.25
_SHARE_REFILLED = 0.6  # of the empty ones


def stock_rows(
    seed: int, styles: tuple[Style, ...], today: date, system: DemoSystem
) -> Iterator[dict[str, Any]]:
    """One row for each SKU and plant."""
    changed = loaded_at(today)
    current = seasons(today)[0]
    for style in styles:
        rng = Random(f"{seed}/stock/{style.number}")
        for colourway in style.colourways:
            depth = _depth(rng, style.rank, len(styles)) if current in colourway.seasons else 0
            last = len(colourway.skus) - 1
            for place, sku in enumerate(colourway.skus):
                middle = 1 - abs(2 * place - last) / (last + 2)
                for plant, share in system.plants.items():
                    changed += timedelta(microseconds=997)
                    row = _row(rng, sku, style, depth * middle * share, today)
                    row |= {"WERKS": plant, "CHANGED": stamp(changed)}
                    yield _last_pairs(row) if _is_story(style, sku, plant, system) else row


def _depth(rng: Random, rank: int, styles: int) -> float:
    """Pieces of a middle size: many of a bestseller, few of the last in rank."""
    return (30 + 240 * (1 - rank / (styles + 1)) ** 2) * rng.uniform(0.5, 1.5)


def _row(rng: Random, sku: Sku, style: Style, expected: float, today: date) -> dict[str, Any]:
    """Stock around `expected` pieces, in whole order multiples."""
    pieces = 0
    receipts = []
    if expected:
        if rng.random() >= _SHARE_EMPTY:
            pieces = _whole(expected * rng.uniform(0.4, 1.4), style.multiple)
        if rng.random() < (_SHARE_WITH_RECEIPTS if pieces else _SHARE_REFILLED):
            days = sorted(rng.sample(range(5, 90), rng.choice((1, 1, 2, 3))))
            receipts = [
                {
                    "DAT00": dats(today + timedelta(days=day)),
                    "MNG01": quan(_whole(expected, style.multiple)),
                }
                for day in days
            ]
    promised = int(pieces * rng.uniform(0, 0.2))
    return {
        "MATNR": material(sku.article),
        "SATNR": material(style.number),
        "LABST": quan(pieces),
        "OMENG": quan(promised),
        "RECEIPTS": receipts,
    }


def _whole(pieces: float, multiple: int) -> int:
    return max(1, round(pieces / multiple)) * multiple


def _is_story(style: Style, sku: Sku, plant: str, system: DemoSystem) -> bool:
    return (
        style.number == FIRST_STYLE
        and plant == next(iter(system.plants))
        and sku.colour == style.colourways[0].colour
        and sku.size.label == LAST_PAIRS_SIZE[system.sizes]
    )


def _last_pairs(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"LABST": quan(LAST_PAIRS), "OMENG": quan(0), "RECEIPTS": []}
