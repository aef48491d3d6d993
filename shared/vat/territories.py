"""Where an address is for VAT, and the standard rate there on a day.

The tables are states.json and territories.json, each row with its source (docs/domain.md,
"Prices"). Pure but for reading them once.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from shared.company.model import Address

_NO_CODE = re.compile(r"[^0-9A-Z]")

Rates = tuple[tuple[date, int], ...]
"""From which day on which rate applies, in tenths of a percent, by day."""


@dataclass(frozen=True)
class Territory:
    """A place with VAT of its own.

    `state` is the member state whose VAT applies there, `XI` for Northern Ireland (goods
    only), None outside of the EU's VAT territory (Directive 2006/112/EC, Art. 5 to 7).
    """

    id: str
    state: str | None
    rates: Rates = ()

    def rate(self, on: date) -> int | None:
        """The standard rate on a day, in tenths of a percent.

        None where we know none: outside of the member states, or before the table begins.
        """
        found = bisect_right(self.rates, on, key=lambda row: row[0])
        return self.rates[found - 1][1] if found else None


@dataclass(frozen=True)
class _Place:
    """How an address of a special territory looks; few patterns are ever needed, so none is
    compiled before."""

    postal: str
    city: str
    territory: Territory


def territory_of(address: Address) -> Territory:
    """The territory of an address, by its country, postal code and, for a few, its city."""
    return _find(address.country, address.postal_code, address.city)


@lru_cache(maxsize=4096)
def _find(country: str, postal_code: str, city: str) -> Territory:
    code = _NO_CODE.sub("", unicodedata.normalize("NFKC", postal_code).upper())
    town = unicodedata.normalize("NFKC", city).casefold().strip()
    for place in _places().get(country, ()):
        if re.fullmatch(place.postal, code) and town.startswith(place.city):
            return place.territory
    return states().get(country) or Territory(country, None)


@cache
def states() -> dict[str, Territory]:
    """The 27 member states by ISO 3166 code, without their special territories."""
    return {
        code: Territory(code, code, _rates(row["rates"])) for code, row in _table("states").items()
    }


@cache
def customer_is_liable() -> frozenset[str]:
    """States that make a buyer who is registered there liable where the seller is not (Art. 194)."""
    return frozenset(code for code, row in _table("states").items() if "customer_liable" in row)


@cache
def _places() -> dict[str, list[_Place]]:
    places: dict[str, list[_Place]] = {}
    for row in _table("territories"):
        state = states().get(row["state"])
        own = _rates(row.get("rates", ()))
        territory = Territory(row["id"], row["state"], own or (state.rates if state else ()))
        for place in row["places"]:
            found = _Place(place["postal"], place.get("city", ""), territory)
            places.setdefault(place["country"], []).append(found)
    return places


def _rates(rows: Any) -> Rates:
    return tuple((date.fromisoformat(day), rate) for day, rate in rows)


def _table(name: str) -> Any:
    return json.loads(Path(__file__).with_name(f"{name}.json").read_bytes())[name]
