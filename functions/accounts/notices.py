"""What buyers should know of the brand's system: since when SAP is away, and how old stock is."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_time
from google.cloud.firestore import Client

from functions.accounts.schema import NoticeList, NoticeView
from shared.availability import freshness
from shared.availability.freshness import StockAsOf
from shared.company import repository as companies
from shared.day import day_in
from shared.market.day import market_of
from shared.sap import circuit
from shared.sap.circuit import Circuit, CircuitState
from shared.store import read_all
from shared.text.message import N_, Message

_AWAY = N_(
    "Your orders are taken as always. The brand's order system has not answered since "
    "%(since)s; what you order now is passed on as soon as it is back."
)
_REFUSED = N_(
    "Your orders are taken as always. Since %(since)s they can't be passed on to the brand's order "
    "system, which does not let us in; its people are told, and what you order now is passed on as "
    "soon as that is mended."
)


@dataclass(frozen=True)
class SapSystem:
    """The SAP of this region: its logical system, and from what age on buyers are told of stock's."""

    logical_system: str
    stock_old_after: timedelta


def notices(
    db: Client, system: SapSystem, company_id: str, locale: Locale, now: datetime
) -> NoticeList:
    """For the people of a company, in one read of three documents."""
    company_document, way, stock = read_all(
        db,
        [
            companies.reference(db, company_id),
            circuit.reference(db, system.logical_system),
            freshness.reference(db),
        ],
    )
    company = companies.parse(company_id, company_document)
    zone = ZoneInfo(market_of(company).time_zone)
    items = []
    known_way = Circuit.model_validate(way or {})
    if since := _away_since(known_way):
        text = _REFUSED if known_way.state is CircuitState.STOPPED else _AWAY
        at = _moment(since, now, zone, locale)
        message = Message(text, {"since": at}).render(locale)
        items.append(NoticeView(code="sap_away", since=since, text=message))
    as_of = StockAsOf.model_validate(stock or {}).as_of(company.profile.plant)
    if as_of and now - as_of > system.stock_old_after:
        text = N_("Stock as of %(since)s. The brand has told nothing newer.")
        at = _moment(as_of, now, zone, locale)
        message = Message(text, {"since": at}).render(locale)
        items.append(NoticeView(code="stock_old", since=as_of, text=message))
    return NoticeList(items=items)


def _away_since(way: Circuit) -> datetime | None:
    return None if way.state is CircuitState.CLOSED else way.since


def _moment(at: datetime, now: datetime, zone: tzinfo, locale: Locale) -> str:
    """The time, with the day where that is not today's."""
    if day_in(zone, at) == day_in(zone, now):
        return str(format_time(at, "short", tzinfo=zone, locale=locale))
    return str(format_datetime(at, "short", tzinfo=zone, locale=locale))
