"""What the styles of a listing cost a company today, and which have no price at all."""

from dataclasses import dataclass
from datetime import date

from functions.catalog.listing import Listing
from functions.catalog.tariff import Tariff
from shared.company.model import Company
from shared.money import Money, UnitPrice
from shared.price.model import Price
from shared.price.rules import price_of, rrp_of


@dataclass(frozen=True, slots=True)
class Offered:
    """The prices of a style; `from_` and `to` are of one piece at the best tier and at none."""

    price: Price
    rrp: UnitPrice | None
    from_: Money
    to: Money


@dataclass(frozen=True, slots=True)
class Offer:
    """Prices by an entry's index; None has no valid price, so it is not shown (DOMAIN.md).

    `priced` are the SKUs of the others; `by_price` are (piece price in minor units, index)
    ascending. `serial` differs for every offer ever made, `listing` is the listing's, and
    `revision` the tariff's.
    """

    serial: int
    listing: int
    revision: int
    currency: str
    by_number: dict[str, Offered | None]
    offered: tuple[Offered | None, ...]
    priced: int
    by_price: tuple[tuple[int, int], ...]

    def unpriced(self) -> list[str]:
        """The style numbers that are listed and have no price."""
        return [number for number, offered in self.by_number.items() if offered is None]


def make_offer(
    listing: Listing,
    company: Company,
    tariff: Tariff,
    today: date,
    serial: int,
    previous: Offer | None = None,
) -> Offer:
    """Price every style of the listing.

    `previous`, made for the same company and day, saves pricing what has not changed.
    """

    def price(style: str) -> Offered | None:
        if previous and style in previous.by_number and tariff.is_same(style, previous.revision):
            return previous.by_number[style]
        return _offered(tariff, company, style, today)

    by_number = {entry.style.number: price(entry.style.number) for entry in listing.entries}
    offered = tuple(by_number.values())
    priced = [(one.to.amount, index) for index, one in enumerate(offered) if one]
    return Offer(
        serial=serial,
        listing=listing.serial,
        revision=tariff.revision,
        currency=company.profile.currency,
        by_number=by_number,
        offered=offered,
        priced=listing.spans(index for _, index in priced),
        by_price=tuple(sorted(priced)),
    )


def _offered(tariff: Tariff, company: Company, style: str, today: date) -> Offered | None:
    prices = tariff.prices_for(style, company)
    price = price_of(prices, None, company, today)
    if price is None:
        return None
    best = min([price.unit.amount, *(tier.amount for tier in price.tiers)])
    return Offered(
        price=price,
        rrp=rrp_of(prices, None, company, today),
        from_=price.unit.model_copy(update={"amount": best}).line_amount(1),
        to=price.unit.line_amount(1),
    )
