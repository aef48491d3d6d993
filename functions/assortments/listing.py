"""Assortments as the desk sees them: by pages, one with what is planned, and what it was before."""

from google.cloud.firestore import Client, FieldFilter, Query

from functions.assortments.companies import count_companies
from functions.assortments.paging import require_cursor
from functions.assortments.schema import (
    AssortmentHead,
    AssortmentList,
    AssortmentView,
    Colourways,
    ContentView,
    History,
    PageQuery,
    Plan,
    VersionView,
    Window,
)
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment, AssortmentVersion, Content
from shared.store import find_all, read_all


def list_assortments(db: Client, query: PageQuery) -> AssortmentList:
    """A page of those that are not deleted, by id.

    Raises:
        InvalidInputProblem: the cursor is none of a page before.
    """
    found = (
        db.collection("assortments")
        .where(filter=FieldFilter("deleted", "==", False))
        .order_by("__name__")
        .select(["id", "stamp", "name", "keeper", "version", "planned_for"])
    )
    if query.cursor is not None:
        last = assortments.reference(db, query.cursor)
        require_cursor(db, last)
        found = found.start_after({"__name__": last})
    reads = find_all(db, found.limit(query.limit + 1))
    items = [head(Assortment.model_validate(one.data())) for one in reads[: query.limit]]
    return AssortmentList(items=items, next=items[-1].id if len(reads) > query.limit else None)


def read_assortment(db: Client, id_: str) -> Assortment:
    """The assortment as it is now.

    Raises:
        NotFoundProblem: there is none.
    """
    [document] = read_all(db, [assortments.reference(db, id_)])
    return assortments.parse_existing(id_, document)


def view(db: Client, one: Assortment) -> AssortmentView:
    """An assortment, with what is planned and how many companies have it."""
    return AssortmentView(
        **head(one).model_dump(),
        **content_fields(one),
        companies=count_companies(db, one.id),
        plan=_plan(one),
    )


def history(db: Client, id_: str, query: PageQuery) -> History:
    """A page of its versions, the newest first.

    Raises:
        NotFoundProblem: there is no such assortment.
        InvalidInputProblem: the cursor is none of a page before.
    """
    read_assortment(db, id_)
    found = assortments.versions(db, id_).order_by("number", direction=Query.DESCENDING)
    if query.cursor is not None:
        last = assortments.versions(db, id_).document(query.cursor)
        require_cursor(db, last)
        found = found.start_after({"number": int(last.id)})
    reads = find_all(db, found.limit(query.limit + 1))
    versions = [AssortmentVersion.model_validate(one.data()) for one in reads[: query.limit]]
    items = [
        VersionView(
            number=one.number,
            name=one.name,
            since=one.since,
            by=one.by,
            by_kind=one.by_kind,
            reason=one.reason,
            **content_fields(one),
        )
        for one in versions
    ]
    more = len(reads) > query.limit
    return History(items=items, next=reads[query.limit - 1].id if more else None)


def head(one: Assortment) -> AssortmentHead:
    """An assortment in a list."""
    return AssortmentHead(
        id=one.id,
        name=one.name,
        keeper=one.keeper,
        planned_for=one.planned_for,
        etag=etag(one),
    )


def etag(one: Assortment) -> str:
    """The ETag: another one after each change by the desk or SAP, and of what is planned."""
    planned = one.planned.at.isoformat() if one.planned else ""
    return f'"{one.version}.{one.stamp}.{planned}"'


def content_fields(one: Content) -> dict[str, object]:
    """The fields of ContentView but for the name."""
    shown = ContentView(
        name="",
        rules=one.rules,
        included=[Colourways(**item.model_dump()) for item in one.included],
        excluded=[Colourways(**item.model_dump()) for item in one.excluded],
        windows=[Window(**window.model_dump()) for window in one.windows.values()],
    )
    return {name: getattr(shown, name) for name in ContentView.model_fields if name != "name"}


def _plan(one: Assortment) -> Plan | None:
    if one.planned is None or one.planned_for is None:
        return None
    return Plan(
        holds_from=one.planned_for,
        name=one.planned.name,
        by=one.planned.by,
        reason=one.planned.reason,
        **content_fields(one.planned),
    )
