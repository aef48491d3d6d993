"""What SAP sent and waits for something: published again once that has come, told of when it is old."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from google.api_core.exceptions import NotFound
from google.cloud.firestore import Client, FieldFilter, Query

from shared.event.passing import PASSING
from shared.event.waiting import Waiting
from shared.optimistic import Attempt, optimistically
from shared.store import Read, find_all

BATCH = 50
"""That are read at once; each may have a part of 900 kB, and an instance has some hundred MB."""

MOST = 40 * BATCH
"""That a sweep publishes; the next one goes on."""

AGAIN = timedelta(hours=1)
"""After which one that could not be published is tried again."""

_AWAY = tuple(one for one in PASSING if one is not NotFound)
"""That Pub/Sub or Firestore does not answer: none of the others could be published either. A topic
that is not there is the part's own fault."""

TOLD = 200
"""That a sweep tells of."""

SHOWN = 20
"""Of what is waited for, in the log."""

Replay = Callable[[Iterable[Waiting]], int]
"""`shared.event.waiting.replay` for this region."""


def replay_arrived(db: Client, replay: Replay, now: datetime) -> int:
    """Publish again what waits for something that came, the longest ago first; how many.

    One that can't be published is told of, tried again after `AGAIN`, and keeps no other waiting.
    """
    count = 0
    while count < MOST and (found := find_all(db, _due(db, "arrived_at", now).limit(BATCH))):
        try:
            count += replay([_waiting(one) for one in found])
        except _AWAY:
            raise
        except Exception:  # noqa: BLE001 (whichever it is, each stands for itself)
            count += sum(_replayed_alone(db, replay, one, now) for one in found)
    return count


def _replayed_alone(db: Client, replay: Replay, one: Read, now: datetime) -> int:
    """1 where it was published, maybe once more; else 0, and it is put off."""
    try:
        return replay([_waiting(one)])
    except _AWAY:
        raise
    except Exception:  # noqa: BLE001 (as above)
        structlog.get_logger().exception("not published again", waiting=one.id)

    def put_off(attempt: Attempt) -> None:
        own = db.collection("waiting").document(one.id)
        [document] = attempt.read([own])
        if document is not None and document["arrived_at"] is not None:
            attempt.update(own, {"arrived_at": now + AGAIN})

    optimistically(db, put_off)
    return 0


def _waiting(one: Read) -> Waiting:
    return Waiting.model_validate({**one.data(), "id": one.id})


def tell_old(db: Client, now: datetime, after: timedelta) -> int:
    """Tell people of what waits for longer than `after`, once in that time; of how many."""
    found = find_all(db, _due(db, "told_at", now - after).select(["awaits"]).limit(TOLD))
    awaited: Counter[str] = Counter()
    for one in found:
        awaited.update(one.data()["awaits"])

        def mark(attempt: Attempt, id_: str = one.id) -> None:
            own = db.collection("waiting").document(id_)
            [document] = attempt.read([own])
            if document is not None and document["open"]:
                attempt.update(own, {"told_at": now, "is_old": True})

        optimistically(db, mark)
    if found:
        names = [name for name, _ in awaited.most_common(SHOWN)]
        structlog.get_logger().error("waiting long", parts=len(found), awaits=names)
    return len(found)


def _due(db: Client, field: str, moment: datetime) -> Query:
    entries = db.collection("waiting")
    return entries.where(filter=FieldFilter(field, "<=", moment)).order_by(field)
