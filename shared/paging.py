"""Pages of a list: a query finds candidates, and those that do not belong to the list are left out."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar

from google.cloud.firestore import Client, CollectionReference, Query
from pydantic import BaseModel, Field

from shared.http.fields import NO_CONTROLS, Input
from shared.problem import Fault, InvalidInputProblem
from shared.store import Read, find_all
from shared.text.message import N_, Message

MOST_READ = 1_000
"""Documents that one request looks at; the page is then shorter, and the next one goes on."""

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of items, and where the next one begins."""

    items: list[T]
    next: str | None


class PageQuery(Input):
    """Which page of a list; what asks for one adds its filters, for which alone a cursor holds."""

    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(
        default=None, max_length=400, pattern=NO_CONTROLS, description="of the page before"
    )


def newest_first(
    db: Client,
    collection: CollectionReference,
    found: Query,
    field: str,
    query: PageQuery,
    read: Callable[[Read], T | None],
) -> Page[T]:
    """One page of what `read` makes of documents, leaving out those that it answers None for.

    `found` are those of `collection` that its filters let through; they are sorted by `field`.

    Raises:
        InvalidInputProblem: the cursor is garbled or of other filters.
    """
    limit = query.limit
    ordered = found.order_by(field, direction=Query.DESCENDING)
    ordered = ordered.order_by("__name__", direction=Query.DESCENDING)

    def behind(position: datetime, id_: str) -> Query:
        return ordered.start_after({field: position, "__name__": collection.document(id_)})

    page = ordered
    if query.cursor is not None:
        page = behind(*read_cursor(query.cursor, fingerprint(query)))
    items: list[T] = []
    last: Read | None = None
    for _ in range(0, MOST_READ, limit + 1):
        documents = find_all(db, page.limit(limit + 1))
        for document in documents:
            item = read(document)
            if item is not None and len(items) == limit:
                return Page(items, _cursor(last, field, query))
            if item is not None:
                items.append(item)
            last = document
        if last is None or len(documents) <= limit:
            return Page(items, None)
        page = behind(_time_of(last, field), last.id)
    return Page(items, _cursor(last, field, query))


def _cursor(last: Read | None, field: str, query: PageQuery) -> str | None:
    if last is None:
        return None
    return make_cursor(_time_of(last, field), last.id, fingerprint(query))


def _time_of(document: Read, field: str) -> datetime:
    """The value of a field, "handover.parked.at" within others."""
    value: Any = document.data()
    for name in field.split("."):
        value = value[name]
    moment: datetime = value
    return moment


def make_cursor(moment: datetime, id_: str, of_list: str) -> str:
    """Where the page after a document begins, opaque; `of_list` is its list's `fingerprint`."""
    return pack_cursor([moment.isoformat(), id_, of_list])


def pack_cursor(content: list[str]) -> str:
    """Texts as an opaque cursor; `unpack_cursor` has them back."""
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def unpack_cursor(cursor: str) -> Any:
    """What a cursor holds, which anybody may have written.

    Raises:
        InvalidInputProblem: it is garbled.
    """
    try:
        return json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise stale_cursor() from error


def stale_cursor() -> InvalidInputProblem:
    """The page behind the cursor can't be had, of a list whose pages go on behind a document."""
    text = Message(N_("This page is not available any more. Please start from the first."))
    return InvalidInputProblem((Fault("stale_cursor", "/cursor", text, "query"),))


def read_cursor(cursor: str, of_list: str) -> tuple[datetime, str]:
    """The time and the id of the document that the page begins after.

    Raises:
        InvalidInputProblem: the cursor is garbled, or another list's than `of_list`.
    """
    stale = stale_cursor()
    try:
        moment, id_, known = unpack_cursor(cursor)
        position = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, TypeError, OverflowError) as error:
        raise stale from error
    if known != of_list or not isinstance(id_, str) or not id_ or "/" in id_:
        raise stale
    return position, id_


def fingerprint(query: BaseModel, company: str = "") -> str:
    """What tells a list from others: its filters, and whose it is where the query does not say so."""
    filters = query.model_dump_json(exclude={"limit", "cursor"})
    told = f"{company}\n{filters}" if company else filters
    return sha256(told.encode()).hexdigest()[:16]
