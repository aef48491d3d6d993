"""Demo data for the tests of the generator, made once for each size, and how to read it."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from emulators.demo.catalogue import Colourway, Style
from emulators.demo.generate import DemoData, generate

TODAY = date(2026, 11, 22)
FULL_STYLES, FULL_COMPANIES = 520, 40


@cache
def full() -> DemoData:
    """The demo at its default size."""
    return generate(1, FULL_STYLES, FULL_COMPANIES, TODAY)


def small(seed: int, today: date = TODAY) -> DemoData:
    """The smallest demo in which every story is told."""
    return generate(seed, 12, 4, today)


seeds = st.integers(0, 10_000)
days = st.dates(date(2026, 1, 1), date(2035, 12, 31))


def rows(idocs: list[dict[str, Any]], segment: str) -> Iterator[dict[str, Any]]:
    """Every row of one segment over the IDocs."""
    return (row for idoc in idocs for row in idoc[segment])


def visible(data: DemoData, position: int, day: date) -> set[str]:
    """Colourways, as style-colour, that the company at `position` sees and can price."""
    company = data.companies[position]
    listing = next(a for a in data.assortments if a.id == company.assortment)
    priced = {
        key["MATNR"].lstrip("0")
        for idoc in data.conditions
        for key in idoc["E1KOMG"]
        for head in key["E1KONH"][:1]
        if (key["KSCHL"], key.get("WAERK")) == ("PR00", company.market.currency)
        and head["DATAB"] <= day.strftime("%Y%m%d") <= head["DATBI"]
    }
    found = set()
    for style in data.styles:
        for colourway in style.colourways:
            signs = {
                sign
                for sign, number, colour in listing.items
                if number == style.number and colour in ("", colourway.colour.code)
            }
            facts = _facts(style, colourway)
            matches = any(_matches(rule, facts) for rule in listing.rules)
            if "E" not in signs and (signs or matches) and str(style.number) in priced:
                found.add(f"{style.number}-{colourway.colour.code}")
    return found


def _facts(style: Style, colourway: Colourway) -> dict[str, set[str]]:
    return {
        "BRAND": {style.brand},
        "DIVISION": {style.division},
        "CATEGORY": {style.category},
        "GENDER": {style.gender},
        "SEASON": {season.key for season in colourway.seasons},
        "TIER": {style.tier},
        "EXCLUSIVE": {style.exclusive},
    }


def _matches(rule: dict[str, tuple[str, ...]], facts: dict[str, set[str]]) -> bool:
    return all(facts[name] & set(values) for name, values in rule.items())
