"""The currencies that the brand sells in, and those that the euro has replaced. Pure."""

from datetime import date, timedelta

SOLD = frozenset(
    "EUR CZK DKK HUF PLN RON SEK NOK CHF GBP ISK USD CAD MXN".split()  # noqa: SIM905
)
"""Currencies of prices and companies, by ISO 4217."""

REPLACED = {"HRK": date(2023, 1, 1), "BGN": date(2026, 1, 1)}
"""Currencies that are history, with the day that the euro replaced them (Council Regulation (EC)
No 974/98, Annex). Orders and prices of before stay readable and can be printed."""


_WHOLE_IN_SAP = frozenset({"HUF"})


def price_grain(currency: str) -> int:
    """What a price is a multiple of, in minor units: SAP keeps whole forints (TCURX), CLDR fillér."""
    return 100 if currency in _WHOLE_IN_SAP else 1


def last_day(currency: str) -> date | None:
    """The last day that anything is sold in a currency that is history; None for all others."""
    return REPLACED[currency] - timedelta(days=1) if currency in REPLACED else None


def currency_fault(currency: str, on: date) -> str | None:
    """Why nothing is sold in the currency on a day; None where something is."""
    if currency in SOLD:
        return None
    end = last_day(currency)
    if end is None:
        return f"{currency} is no currency that we sell in"
    return None if on <= end else f"{currency} was replaced by EUR on {REPLACED[currency]}"
