"""What became of SAP's messages."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from google.cloud.firestore import Client, FieldFilter, Query

from functions.operations.schema import FamilyView, MessageDay
from shared.day import day_in
from shared.event.counting import FamilyCount, counts, latest_stamps
from shared.event.silence import SilentFamily, read_silence
from shared.paging import MOST_READ
from shared.store import count


def day_of(db: Client, day: date, now: datetime) -> MessageDay:
    """The counters of a day, by family; and how long ago SAP said what was applied last.

    Also of a family that was silent on that day, if it was not in the days before.
    """
    before = {} if day > day_in(UTC, now) else latest_stamps(db, day)
    counted = counts(db, day)
    silent = read_silence(db).families if day == day_in(UTC, now) else {}
    families = [
        _view(name, counted.get(name, FamilyCount()), before.get(name, 0.0), silent, day, now)
        for name in sorted({*counted, *before, *silent})
    ]
    waits = db.collection("waiting").where(filter=_OPEN)
    return MessageDay(
        day=day,
        families=families,
        open=_count(db.collection("quarantine").where(filter=_OPEN)),
        waiting=_count(waits),
        old=_count(waits.where(filter=FieldFilter("is_old", "==", True))),
    )


def _view(
    name: str,
    count: FamilyCount,
    before: float,
    silent: Mapping[str, SilentFamily],
    day: date,
    now: datetime,
) -> FamilyView:
    latest = max(count.latest, before)
    is_today = day == day_in(UTC, now)
    return FamilyView(
        **count.model_dump(),
        family=name,
        latest_at=datetime.fromtimestamp(latest, UTC) if latest else None,
        lag=max(0.0, now.timestamp() - latest) if latest and is_today else None,
        silent_since=silent[name].since if name in silent else None,
    )


_OPEN = FieldFilter("open", "==", True)


def _count(found: Query) -> int:
    return count(found.limit(MOST_READ))
