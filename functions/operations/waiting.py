"""What waits for something that SAP has not sent: found, shown, published again, discarded."""

from collections.abc import Callable, Iterable

from google.cloud.firestore import Client, FieldFilter

from functions.operations.content import show
from functions.operations.doing import Doing
from functions.operations.schema import WaitingHead, WaitingPage, WaitingQuery, WaitingView
from shared.event import waiting
from shared.event.keeping import Discarded
from shared.event.waiting import NotWaitingError, Waiting
from shared.optimistic import Attempt, optimistically
from shared.paging import newest_first
from shared.problem import NotFoundProblem, Problem
from shared.store import Read
from shared.text.message import N_

Replay = Callable[[Iterable[Waiting]], int]
"""`shared.event.waiting.replay` for this region."""


class NotWaitingProblem(Problem):
    """It was applied meanwhile, or discarded by somebody else or before."""

    status = 409
    code = "not_waiting"
    text = N_("This message waits for nothing any more.")


def list_waiting(db: Client, query: WaitingQuery) -> WaitingPage:
    """A page of what waits."""
    collection = db.collection("waiting")
    found = collection.where(filter=FieldFilter("open", "==", True))
    if query.family is not None:
        found = found.where(filter=FieldFilter("kind", "==", query.family))

    def read(document: Read) -> WaitingHead | None:
        entry = Waiting.model_validate({**document.data(), "id": document.id, "data": b""})
        return _head(entry) if _is_wanted(entry, query) else None

    # Not the parts themselves: a thousand of them would be more than an instance has room for.
    found = found.select([name for name in Waiting.model_fields if name not in ("id", "data")])
    page = newest_first(db, collection, found, "since", query, read)
    return WaitingPage(items=page.items, next=page.next)


def view(db: Client, entry: str) -> WaitingView:
    """One with its content.

    Raises:
        NotFoundProblem: there is none, since it was applied or never waited.
    """
    found = _read(db, entry)
    return WaitingView(
        **_head(found).model_dump(),
        message_id=found.message_id,
        number=found.number,
        place=found.place,
        attributes=found.attributes,
        reasons=found.reasons,
        is_open=found.open,
        replayed_as=found.replayed_as,
        discarded=found.discarded,
        message=show(found.data, found.reasons),
    )


def replay(db: Client, publish: Replay, entry: str, doing: Doing) -> WaitingView:
    """Publish it again, whether or not what it waits for has come; it waits until it is applied.

    Raises:
        NotFoundProblem, NotWaitingProblem: it can't be.
    """
    found = _read(db, entry)
    if not found.open:
        raise NotWaitingProblem
    before = view(db, entry)
    doing.tell(db, f"waiting/{found.id}")
    publish([found])
    try:
        return view(db, entry)
    except NotFoundProblem:
        # It is applied already.
        return before


def discard(db: Client, entry: str, doing: Doing) -> WaitingView:
    """Say that it is not needed.

    Raises:
        NotFoundProblem, NotWaitingProblem: it can't be.
    """
    found = _read(db, entry)
    discarded = Discarded(**doing.person.brand_actor.signature, at=doing.now, reason=doing.reason)

    def body(attempt: Attempt) -> None:
        waiting.discard(attempt, db, found.id, discarded)
        doing.tell_with(attempt, db, f"waiting/{found.id}")

    try:
        optimistically(db, body)
    except NotWaitingError as error:
        raise NotWaitingProblem from error
    return view(db, entry)


def _read(db: Client, entry: str) -> Waiting:
    try:
        return waiting.read(db, entry)
    except NotWaitingError as error:
        raise NotFoundProblem from error


def _head(found: Waiting) -> WaitingHead:
    return WaitingHead(
        entry=found.id,
        topic=found.topic,
        kind=found.kind,
        object=found.object,
        stamp=found.stamp,
        awaits=found.awaits,
        is_stored=found.is_stored,
        since=found.since,
        is_old=found.is_old,
        arrived_at=found.arrived_at,
        size=found.size,
    )


def _is_wanted(found: Waiting, query: WaitingQuery) -> bool:
    key = query.key.casefold()
    return (found.is_old or not query.old) and any(
        (query.waits_for is None or kind == query.waits_for) and key in name.casefold()
        for kind, _, name in (one.partition(" ") for one in found.awaits)
    )
