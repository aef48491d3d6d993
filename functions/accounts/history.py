"""What was decided about a company's people and rules, as its admins read it."""

from zoneinfo import ZoneInfo

from babel import Locale
from google.cloud.firestore import Client

from functions.accounts.schema import (
    CompanyAuditEntry,
    CompanyAuditPage,
    CompanyAuditQuery,
    CompanyAuditSearch,
)
from shared.audit import Action
from shared.audit_file import audit_file, state_in_words
from shared.audit_search import COMPANYS, Wanted, all_entries, find_entries
from shared.company import repository as companies
from shared.http.route import Answer
from shared.market.day import market_of


def list_decided(
    db: Client, company: str, query: CompanyAuditQuery, locale: Locale
) -> CompanyAuditPage:
    """A page of it, the newest first.

    Raises:
        InvalidInputProblem: the cursor is garbled or of another search.
    """
    page = find_entries(db, _wanted(db, company, query), query)
    items = [
        CompanyAuditEntry(
            at=one.at,
            by=one.by,
            by_kind=one.by_kind,
            action=one.action.value,
            about=one.about,
            before=state_in_words(one, one.before, locale),
            after=state_in_words(one, one.after, locale),
        )
        for one in page.items
    ]
    return CompanyAuditPage(items=items, next=page.next)


def decided_file(
    db: Client, company: str, search: CompanyAuditSearch, media_type: str, locale: Locale
) -> Answer:
    """All of it as a file.

    Raises:
        TooManyEntriesProblem: no file holds as many.
    """
    wanted = _wanted(db, company, search)
    return audit_file(media_type, all_entries(db, wanted, search), wanted.zone, locale)


def _wanted(db: Client, company: str, search: CompanyAuditSearch) -> Wanted:
    zone = ZoneInfo(market_of(companies.read(db, company)).time_zone)
    action = None if search.action is None else Action(search.action)
    return Wanted(zone, company, action, COMPANYS)
