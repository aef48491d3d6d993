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

    `priced` are the SKUs of the others; `serial` differs for every offer ever made, and
    `by_price` are (piece price in minor units, index) ascending.
    """

    serial: int
    currency: str
    offered: tuple[Offered | None, ...]
    priced: int
    by_price: tuple[tuple[int, int], ...]

    def unpriced(self, listing: Listing) -> list[str]:
        """The style numbers that are listed and have no price."""
        return [
            entry.style.number
            for entry, offered in zip(listing.entries, self.offered, strict=True)
            if offered is None
        ]


def make_offer(
    listing: Listing, company: Company, tariff: Tariff, today: date, serial: int
) -> Offer:
    """Price every style of the listing."""
    offered = tuple(
        _offered(tariff, company, entry.style.number, today) for entry in listing.entries
    )
    priced = [(one.to.amount, index) for index, one in enumerate(offered) if one]
    return Offer(
        serial=serial,
        currency=company.profile.currency,
        offered=offered,
        priced=listing.spans(index for _, index in priced),
        by_price=tuple(sorted(priced)),
    )


def _offered(tariff: Tariff, company: Company, style: str, today: date) -> Offered | None:
    prices = tariff.prices_for(style, company)
    price = price_of(prices, company, today)
    if price is None:
        return None
    best = min([price.unit.amount, *(tier.amount for tier in price.tiers)])
    return Offered(
        price=price,
        rrp=rrp_of(prices, company, today),
        from_=price.unit.model_copy(update={"amount": best}).line_amount(1),
        to=price.unit.line_amount(1),
    )
