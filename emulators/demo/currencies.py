"""How prices look in each currency that the brand sells in."""

from dataclasses import dataclass

from shared.market.model import MARKETS


@dataclass(frozen=True, slots=True)
class Tariff:
    """How prices look in a currency; all amounts in hundredths of it.

    `rate` converts from EUR, an RRP is a multiple of `step` less `charm`, wholesale prices
    are multiples of `wholesale`, discounted ones of `fine`.
    """

    rate: float
    step: int
    charm: int
    wholesale: int
    fine: int


TARIFFS: dict[str, Tariff] = {
    "EUR": Tariff(1.0, 5_00, 5, 50, 10),
    "CZK": Tariff(25.0, 100_00, 1_00, 5_00, 1_00),
    "DKK": Tariff(7.5, 50_00, 1_00, 1_00, 50),
    "HUF": Tariff(400.0, 1000_00, 10_00, 10_00, 10_00),
    "PLN": Tariff(4.4, 10_00, 10, 50, 10),
    "RON": Tariff(5.0, 10_00, 10, 50, 10),
    "SEK": Tariff(11.4, 50_00, 1_00, 1_00, 1_00),
    "NOK": Tariff(11.8, 50_00, 1_00, 1_00, 1_00),
    "CHF": Tariff(1.05, 5_00, 10, 50, 10),
    "GBP": Tariff(0.88, 5_00, 0, 50, 10),
    "USD": Tariff(1.1, 5_00, 0, 50, 10),
    "MXN": Tariff(21.0, 50_00, 1_00, 1_00, 1_00),
    "CAD": Tariff(1.5, 5_00, 1, 50, 10),
}
"""Every currency that the brand sells in."""

SALES_ORGS: dict[str, str] = {market.currency: market.organisation for market in MARKETS.values()}
"""Currency to the sales organisation that has prices in it."""
