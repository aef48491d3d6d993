"""The business day of the market that sells (docs/domain.md, "Days and times").

The one place where an instant becomes a business day, and a day instants: of a cut-off, a price's
validity, a filter by days, a paper's date, SAP's PURCH_DATE.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from shared.company.model import Company, SalesArea
from shared.day import day_in
from shared.market.model import MARKETS, SALES_ORGANISATIONS, Market


def selling_market(country: str, area: SalesArea) -> Market:
    """The market of a company: of its country, if `area` is who sells there.

    Otherwise (a retailer in a country that is no market, or that a sales organisation elsewhere
    sells to) that of the country which the sales organisation is established in.
    """
    own = MARKETS.get(country)
    if own is not None and own.organisation == area.organisation:
        return own
    return MARKETS[SALES_ORGANISATIONS[area.organisation].country]


def market_of(company: Company) -> Market:
    """The market that sells to the company."""
    profile = company.profile
    return selling_market(profile.address.country, profile.sales_area)


def business_day(market: Market, at: datetime) -> date:
    """The day that the aware instant `at` belongs to in the market."""
    return day_in(ZoneInfo(market.time_zone), at)


def first_instant(market: Market, day: date) -> datetime:
    """When the market's `day` begins, in UTC; its last instant is before the next one's first."""
    # East of Greenwich it would begin before the first instant that there is.
    if day == date.min:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(day, time.min, ZoneInfo(market.time_zone)).astimezone(UTC)
