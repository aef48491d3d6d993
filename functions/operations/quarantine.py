"""Messages in quarantine: found, shown, published again, discarded."""

from collections.abc import Callable
from datetime import datetime, timedelta

from google.cloud.firestore import Client, FieldFilter

from functions.operations.content import show
from functions.operations.doing import Doing
from functions.operations.schema import (
    QuarantineHead,
    QuarantinePage,
    QuarantineQuery,
    QuarantineView,
    Replayed,
    ReplayMany,
)
from shared.audit import Action
from shared.event import quarantine
from shared.event.keeping import Discarded
from shared.event.quarantine import NotOpenError, NotQuarantinedError, Quarantined
from shared.optimistic import Attempt, optimistically
from shared.paging import newest_first
from shared.problem import NotFoundProblem, Problem
from shared.store import Read
from shared.text.message import N_

AT_ONCE = 50
"""Messages that one request publishes again; each waits for Pub/Sub's answer."""

HELD_BACK = "held back: "
"""How the reasons of prices in doubt begin (docs/operations.md, "Messages that failed")."""

Publish = Callable[..., str]
"""`shared.event.quarantine.replay` for this region: an id, and whether to `release` it."""


class NotOpenProblem(Problem):
    """The message was replayed, or discarded, by somebody else or before."""

    status = 409
    code = "not_open"
    text = N_("This message has been dealt with already.")


class NotHeldBackProblem(Problem):
    """Only what is held back can be released; anything else would fail again."""

    status = 409
    code = "not_held_back"
    text = N_("This message is not held back, so there is nothing to release.")


def list_open(db: Client, query: QuarantineQuery, now: datetime) -> QuarantinePage:
    """A page of what somebody still has to do something about."""
    collection = db.collection("quarantine")
    found = collection.where(filter=FieldFilter("replayed_as", "==", None))
    if query.topic is not None:
        found = found.where(filter=FieldFilter("topic", "==", query.topic))
    if query.hours:
        latest = now - timedelta(hours=query.hours)
        found = found.where(filter=FieldFilter("received_at", "<=", latest))

    def read(document: Read) -> QuarantineHead | None:
        entry = Quarantined.model_validate({**document.data(), "id": document.id})
        return _head(entry) if entry.is_open and _says(entry, query.says) else None

    page = newest_first(db, collection, found, "received_at", query, read)
    return QuarantinePage(items=page.items, next=page.next)


def view(db: Client, entry: str) -> QuarantineView:
    """One message with its content.

    Raises:
        NotFoundProblem: there is none.
    """
    found = _read(db, entry)
    return QuarantineView(
        entry=entry,
        topic=found.topic,
        message_id=found.message_id,
        kind=found.kind,
        number=found.number,
        object=found.object,
        place=found.place,
        received_at=found.received_at,
        size=found.size,
        attributes=found.attributes,
        reasons=found.reasons,
        held_back=_is_held_back(found),
        is_open=found.is_open,
        replayed_as=found.replayed_as,
        mended_by=found.mended_by,
        discarded=found.discarded,
        message=show(quarantine.content(db, found.id), found.reasons),
    )


def replay(db: Client, publish: Publish, entry: str, doing: Doing) -> QuarantineView:
    """Publish the message again, as it is or as one that a person has accepted.

    Raises:
        NotFoundProblem, NotOpenProblem, NotHeldBackProblem: it can't be.
    """
    found = _read(db, entry)
    if not found.is_open:
        raise NotOpenProblem
    is_release = doing.action is Action.RELEASE
    if is_release and not _is_held_back(found):
        raise NotHeldBackProblem
    doing.tell(db, f"quarantine/{found.id}")
    publish(found.id, release=is_release)
    return view(db, entry)


def replay_many(db: Client, publish: Publish, which: ReplayMany, doing: Doing) -> Replayed:
    """Publish again the newest of those that the filters name, each audited for itself."""
    query = QuarantineQuery(limit=AT_ONCE, topic=which.topic, says=which.says)
    page = list_open(db, query, doing.now)
    for head in page.items:
        id_ = _id(head.entry)
        doing.tell(db, f"quarantine/{id_}")
        publish(id_, release=False)
    return Replayed(count=len(page.items), more=page.next is not None)


def discard(db: Client, entry: str, doing: Doing) -> QuarantineView:
    """Say that it is not needed.

    Raises:
        NotFoundProblem, NotOpenProblem: it can't be.
    """
    id_ = _id(entry)
    discarded = Discarded(**doing.person.brand_actor.signature, at=doing.now, reason=doing.reason)

    def body(attempt: Attempt) -> None:
        quarantine.discard(attempt, db, id_, discarded)
        doing.tell_with(attempt, db, f"quarantine/{id_}")

    try:
        optimistically(db, body)
    except NotQuarantinedError as error:
        raise NotFoundProblem from error
    except NotOpenError as error:
        raise NotOpenProblem from error
    return view(db, entry)


def _read(db: Client, entry: str) -> Quarantined:
    try:
        return quarantine.read(db, _id(entry))
    except NotQuarantinedError as error:
        raise NotFoundProblem from error


def _id(entry: str) -> str:
    """The id of the document; a path has none of its tildes."""
    return entry.replace(".", "~")


def _head(found: Quarantined) -> QuarantineHead:
    return QuarantineHead(
        entry=found.id.replace("~", "."),
        topic=found.topic,
        kind=found.kind,
        object=found.object,
        received_at=found.received_at,
        size=found.size,
        reasons=found.reasons[:3],
        reason_count=len(found.reasons),
        held_back=_is_held_back(found),
    )


def _is_held_back(found: Quarantined) -> bool:
    return any(HELD_BACK in reason for reason in found.reasons)


def _says(found: Quarantined, words: str) -> bool:
    wanted = words.casefold()
    return not wanted or any(wanted in reason.casefold() for reason in found.reasons)
