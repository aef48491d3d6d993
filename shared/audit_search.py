"""Looks for entries of the audit: for the brand's desk, and for a company's admins in their own."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from google.cloud.firestore import Client, FieldFilter, Query
from pydantic import Field

from shared.audit import OF_PEOPLE, Action, AuditEntry
from shared.http.fields import NO_CONTROLS, Day, Input
from shared.paging import Page, PageQuery, newest_first
from shared.problem import Problem
from shared.store import Read
from shared.text.folding import fold
from shared.text.message import N_

COMPANYS = OF_PEOPLE | {Action.CHANGE_RULES, Action.NAME_DEPUTY}
"""What a company's admins read: what is decided in their own house. What the brand's people do at
the desk has reasons that are theirs."""

MOST_EXPORTED = 5_000
"""Entries of a file."""

_PAGE = 200
_MOST_PAGES = 50


class TooManyEntriesProblem(Problem):
    """More than a file holds, or than one request looks through."""

    status = 422
    code = "too_many_entries"
    text = N_("These are too many for one file. Please choose fewer days.")


class AuditSearch(Input):
    """Which entries; what asks adds whose they are."""

    who: str = Field(
        default="",
        max_length=100,
        pattern=NO_CONTROLS,
        description="part of the name of who did it, or of whom or what it is about; in any case",
    )
    since: Day | None = None
    until: Day | None = None


class AuditQuery(AuditSearch, PageQuery):
    """Which page of them."""


@dataclass(frozen=True)
class Wanted:
    """Whose entries are looked for; days are those of `zone`."""

    zone: tzinfo
    company: str = ""
    action: Action | None = None
    readable: AbstractSet[Action] = frozenset(Action)


def find_entries(db: Client, wanted: Wanted, query: AuditQuery) -> Page[AuditEntry]:
    """A page of entries, the newest first.

    Raises:
        InvalidInputProblem: the cursor is garbled or of another search.
    """
    collection = db.collection("audit")
    found: Query = collection.select(list(AuditEntry.model_fields))
    if wanted.company:
        found = found.where(filter=FieldFilter("company", "==", wanted.company))
    if wanted.action is not None:
        found = found.where(filter=FieldFilter("action", "==", wanted.action.value))
    if query.since is not None:
        begin = _begin(query.since, wanted.zone)
        found = found.where(filter=FieldFilter("at", ">=", begin))
    if query.until is not None and query.until < date.max:
        end = _begin(query.until + timedelta(days=1), wanted.zone)
        found = found.where(filter=FieldFilter("at", "<", end))
    part = fold(query.who.strip())

    def read(document: Read) -> AuditEntry | None:
        entry = AuditEntry.model_validate(document.data())
        return entry if entry.action in wanted.readable and part in _told(entry) else None

    return newest_first(db, collection, found, "at", query, read)


def all_entries(db: Client, wanted: Wanted, search: AuditSearch) -> list[AuditEntry]:
    """All that `find_entries` has pages of.

    Raises:
        TooManyEntriesProblem: they are more than `MOST_EXPORTED`, or among too many others.
    """
    entries: list[AuditEntry] = []
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        page = find_entries(
            db,
            wanted,
            AuditQuery(
                who=search.who,
                since=search.since,
                until=search.until,
                limit=_PAGE,
                cursor=cursor,
            ),
        )
        entries += page.items
        cursor = page.next
        if cursor is None or len(entries) > MOST_EXPORTED:
            break
    if cursor is not None or len(entries) > MOST_EXPORTED:
        raise TooManyEntriesProblem
    return entries


def _begin(day: date, zone: tzinfo) -> datetime:
    # East of Greenwich it would begin before the first instant that there is.
    return datetime.combine(max(day, date(2, 1, 1)), time.min, zone)


def _told(entry: AuditEntry) -> str:
    return fold(f"{entry.by}\n{entry.about}\n{entry.object}\n{entry.before}\n{entry.after}")
