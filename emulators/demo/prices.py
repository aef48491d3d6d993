"""Wholesale and recommended retail prices as condition records, one COND_A IDoc a key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Literal, TypeAlias

from emulators.demo.articles import base_unit
from emulators.demo.catalogue import Style
from emulators.demo.companies import Company
from emulators.demo.currencies import SALES_ORGS, TARIFFS, Tariff
from emulators.demo.idoc import Idoc, Outbox, Rows, curr, dats, material, partner, quan
from emulators.demo.systems import DemoSystem
from shared.price.model import PriceKind

GROUP_LISTS: dict[str, str] = {
    "KE": "EUR",
    "VE": "EUR",
    "KP": "PLN",
    "KS": "SEK",
    "KG": "GBP",
    "KU": "USD",
    "KC": "CAD",
}
"""Price lists of key-account groups (PLTYP) and the one currency of each."""

FOREVER = "99991231"

Holder: TypeAlias = Literal["customer", "price_list", "market"]

_WIDTHS = {"WAERK": 5}  # of the fields of a key that are not always full

_RRP_EUR = {  # lowest and highest RRP of a category, whole EUR
    "SHOES": (80, 190),
    "TEE": (25, 50),
    "HOODIE": (60, 100),
    "JACKET": (90, 250),
    "TROUSERS": (60, 130),
    "SHORTS": (30, 60),
    "BRA": (35, 65),
    "SOCKS": (10, 20),
    "CAP": (20, 35),
    "BAG": (40, 120),
    "BALL": (20, 80),
    "KIDS": (20, 70),
}
_TIERS = ((10, 0.96), (50, 0.91))  # from pieces, share of the list price
_LARGE_EVERY = 18
_LARGE_AT = 14
"""Styles whose largest size costs more."""
_UNPRICED_EVERY = 45
_UNPRICED_AT = 3


@dataclass(frozen=True, slots=True)
class Price:
    """A style's list prices in one currency, in hundredths."""

    wholesale: int
    rrp: int


def list_prices(seed: int, style: Style, system: DemoSystem) -> dict[str, Price]:
    """The style's prices by currency; a few styles have none in one currency."""
    rng = Random(f"{seed}/price/{style.number}")
    low, high = _RRP_EUR[style.category]
    euros = rng.randint(low // 5, high // 5) * 5
    share = rng.choice((0.46, 0.48, 0.5))
    return {
        currency: _price(tariff, euros, share)
        for currency, tariff in TARIFFS.items()
        if currency in system.currencies and currency != unpriced_currency(style, system)
    }


def unpriced_currency(style: Style, system: DemoSystem) -> str:
    """The currency that somebody forgot to price this style in, mostly ""."""
    turn, place = divmod(style.position, _UNPRICED_EVERY)
    if place != _UNPRICED_AT or style.exclusive:
        return ""
    return system.unpriced[turn % len(system.unpriced)]


def _price(tariff: Tariff, euros: int, share: float) -> Price:
    """`share` is the wholesale part of the RRP."""
    steps = max(1, round(euros * 100 * tariff.rate / tariff.step))
    rrp = steps * tariff.step - tariff.charm
    return Price(_round(rrp * share, tariff.wholesale), rrp)


def _round(amount: float, step: int) -> int:
    return round(amount / step) * step


class PriceBook:
    """Writes the condition records of one run; numbers them (KNUMH) as it goes."""

    def __init__(self, outbox: Outbox, today: date) -> None:
        self._outbox = outbox
        self._records = 0
        self._since = date(today.year - 1, today.month, 1)
        self._change = (today + timedelta(days=70)).replace(day=1)

    def market(self, style: Style, currency: str, price: Price) -> Iterator[Idoc]:
        """Market list: wholesale price and RRP; some wholesale prices go up at a date."""
        periods = [(price.wholesale, dats(self._since), FOREVER)]
        if style.position % 29 == 5:
            tariff = TARIFFS[currency]
            raised = _round(price.wholesale * 1.06, tariff.wholesale)
            last = dats(self._change - timedelta(days=1))
            periods = [
                (price.wholesale, dats(self._since), last),
                (max(raised, price.wholesale + tariff.fine), dats(self._change), FOREVER),
            ]
        yield self._condition("wholesale", "market", style, currency, periods)
        rrp = [(price.rrp, dats(self._since), FOREVER)]
        yield self._condition("rrp", "market", style, currency, rrp)

    def large_size(self, style: Style, currency: str, price: Price) -> Iterator[Idoc]:
        """The market's price of each colour's last size, which is above the style's."""
        tariff = TARIFFS[currency]
        above = max(_round(price.wholesale * 1.1, tariff.wholesale), price.wholesale + tariff.fine)
        for colourway in style.colourways:
            periods = [(above, dats(self._since), FOREVER)]
            article = colourway.skus[-1].article
            yield self._condition("wholesale", "market", style, currency, periods, article=article)

    def group(self, style: Style, price_list: str, price: Price) -> Idoc:
        """Price list of a key-account group, with tiers from 10 and 50 pieces."""
        currency = GROUP_LISTS[price_list]
        fine = TARIFFS[currency].fine
        amount = _round(price.wholesale * (0.94 if price_list != "VE" else 0.92), fine)
        tiers = [(pieces, _round(amount * share, fine)) for pieces, share in _TIERS]
        periods = [(amount, dats(self._since), FOREVER)]
        return self._condition(
            "wholesale", "price_list", style, currency, periods, owner=price_list, tiers=tiers
        )

    def customer(self, style: Style, company: Company, price: Price) -> Idoc:
        """Price agreed with one company."""
        currency = company.market.currency
        amount = _round(price.wholesale * 0.88, TARIFFS[currency].fine)
        periods = [(amount, dats(self._since), FOREVER)]
        customer = partner(company.id)
        return self._condition("wholesale", "customer", style, currency, periods, owner=customer)

    def _condition(
        self,
        kind: PriceKind,
        holder: Holder,
        style: Style,
        currency: str,
        periods: list[tuple[int, str, str]],
        *,
        owner: str = "",
        tiers: list[tuple[int, int]] | None = None,
        article: str = "",
    ) -> Idoc:
        """`periods` are (hundredths, first day, last day); `tiers` hold for the only period.

        `owner` is the customer or price list; `article` is a variant of the style, "" for the style.
        """
        system = self._outbox.system
        table, condition = system.condition_table(holder), system.condition_type(kind)
        fields = {
            "VKORG": SALES_ORGS[currency],
            "VTWEG": "10",
            "KUNNR": owner if holder == "customer" else "",
            "PLTYP": owner if holder == "price_list" else "",
            "WAERK": currency,
            "MATNR": material(article or style.number),
        }
        key = {
            "KVEWE": "A",
            "KAPPL": system.settings.prices.application,
            "KSCHL": condition,
            "KOTABNR": table.number,
            **fields,
            "VAKEY": "".join(fields[name].ljust(_WIDTHS.get(name, 0)) for name in table.key),
        }
        headers: Rows = []
        for amount, first, last in periods:
            self._records += 1
            item = _item(condition, amount, currency, base_unit(style)[0], tiers or [])
            record = f"{self._records:010d}"
            headers.append({"KNUMH": record, "DATAB": first, "DATBI": last, "E1KONP": [item]})
        return self._outbox.idoc("COND_A", "COND_A04", E1KOMG=[{**key, "E1KONH": headers}])


def _item(
    kind: str, amount: int, currency: str, unit: str, tiers: list[tuple[int, int]]
) -> dict[str, Any]:
    return {
        "KOPOS": "01",
        "KSCHL": kind,
        "STFKZ": "A",
        "KZBZG": "C",
        "KRECH": "C",
        "KBETR": curr(amount, currency),
        "KONWA": currency,
        "KPEIN": "1",
        "KMEIN": unit,
        "LOEVM_KO": "",
        "E1KONM": _scales(tiers, currency),
    }


def _scales(tiers: list[tuple[int, int]], currency: str) -> list[dict[str, str]]:
    return [
        {
            "KOPOS": "01",
            "KLFN1": f"{line:04d}",
            "KSTBM": quan(pieces),
            "KBETR": curr(amount, currency),
        }
        for line, (pieces, amount) in enumerate(tiers, 1)
    ]


def condition_idocs(
    outbox: Outbox,
    seed: int,
    styles: tuple[Style, ...],
    companies: tuple[Company, ...],
    today: date,
) -> Iterator[Idoc]:
    """All condition records: market lists, group lists and agreements with companies.

    A group list holds about two styles in three, the first one always; every fifth company,
    and the first and fourth, have agreed prices for some styles.
    """
    book, system = PriceBook(outbox, today), outbox.system
    bargaining = [c for c in companies if c.position in (0, 3) or c.position % 5 == 0]
    for style in styles:
        prices = list_prices(seed, style, system)
        for currency, price in prices.items():
            yield from book.market(style, currency, price)
            if style.position % _LARGE_EVERY == _LARGE_AT:
                yield from book.large_size(style, currency, price)
        for turn, (price_list, currency) in enumerate(GROUP_LISTS.items()):
            listed = style.position == 0 or (style.position + turn) % 3 != 2
            # A price list goes before the market's prices, those of large sizes among them.
            listed = listed and style.position % _LARGE_EVERY != _LARGE_AT
            if listed and currency in prices:
                yield book.group(style, price_list, prices[currency])
        for company in bargaining:
            agreed = prices.get(company.market.currency)
            if agreed and (style.position + company.position) % 17 == 1:
                yield book.customer(style, company, agreed)
