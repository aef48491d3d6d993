"""The routes of what was decided in a company."""

from typing import Any

from functions.accounts import history
from functions.accounts.resources import Resources
from functions.accounts.schema import CompanyAuditPage, CompanyAuditQuery, CompanyAuditSearch
from shared.http.rate import Counted, Rate
from shared.http.route import Answer, Call, NoBody, Route
from shared.identity.caller import ADMINS
from shared.text.table_file import CSV, EXTENSIONS, XLSX


def list_audit(resources: Resources, call: Call[CompanyAuditQuery, NoBody]) -> Answer:
    """What was decided in the company."""
    company = call.caller.company
    return Answer(history.list_decided(resources.db, company, call.query, call.locale))


def get_audit_csv(resources: Resources, call: Call[CompanyAuditSearch, NoBody]) -> Answer:
    """The log as a CSV file."""
    return _file(CSV, resources, call)


def get_audit_xlsx(resources: Resources, call: Call[CompanyAuditSearch, NoBody]) -> Answer:
    """The log as an XLSX file."""
    return _file(XLSX, resources, call)


def _file(media_type: str, resources: Resources, call: Call[CompanyAuditSearch, NoBody]) -> Answer:
    company = call.caller.company
    return history.decided_file(resources.db, company, call.query, media_type, call.locale)


HISTORY_ROUTES: tuple[Route[Resources, Any, NoBody], ...] = (
    Route(
        method="GET",
        path="/company/audit",
        handler=list_audit,
        access=ADMINS,
        summary="What was decided about the company's people and rules, by pages",
        answer=CompanyAuditPage,
        query=CompanyAuditQuery,
        body=NoBody,
    ),
    *(
        Route(
            method="GET",
            path=f"/company/audit.{EXTENSIONS[media_type]}",
            handler=handler,
            access=ADMINS,
            summary="What was decided, as a file in the reader's language",
            answer=None,
            query=CompanyAuditSearch,
            body=NoBody,
            file=media_type,
            rate=Rate("audit-file", burst=60, per_minute=30, counted=Counted.REGION),
        )
        for media_type, handler in ((XLSX, get_audit_xlsx), (CSV, get_audit_csv))
    ),
)
