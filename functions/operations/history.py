"""What was done at the desk, and in companies about their people and rules."""

from datetime import UTC

from babel import Locale
from google.cloud.firestore import Client

from functions.operations.schema import AuditPage, DeskAuditQuery, DeskAuditSearch
from shared.audit_file import audit_file
from shared.audit_search import Wanted, all_entries, find_entries
from shared.http.route import Answer


def list_done(db: Client, query: DeskAuditQuery) -> AuditPage:
    """A page of it, the newest first.

    Raises:
        InvalidInputProblem: the cursor is garbled or of another search.
    """
    page = find_entries(db, _wanted(query), query)
    return AuditPage(items=page.items, next=page.next)


def done_file(db: Client, search: DeskAuditSearch, media_type: str, locale: Locale) -> Answer:
    """All of it as a file.

    Raises:
        TooManyEntriesProblem: no file holds as many.
    """
    return audit_file(media_type, all_entries(db, _wanted(search), search), UTC, locale)


def _wanted(search: DeskAuditSearch) -> Wanted:
    return Wanted(UTC, search.company, search.action)
