"""What became of SAP's messages."""

from datetime import UTC, date, datetime

from google.cloud.firestore import Client, FieldFilter, Query
from google.cloud.firestore_v1.aggregation import AggregationQuery

from functions.operations.paging import MOST_READ
from functions.operations.schema import FamilyView, MessageDay
from shared.event.counting import counts


def day_of(db: Client, day: date) -> MessageDay:
    """The counters of a day, by family."""
    families = [
        FamilyView(
            **count.model_dump(),
            family=name,
            latest_at=datetime.fromtimestamp(count.latest, UTC) if count.latest else None,
        )
        for name, count in sorted(counts(db, day).items())
    ]
    waits = db.collection("waiting").where(filter=_OPEN)
    return MessageDay(
        day=day,
        families=families,
        open=_count(db.collection("quarantine").where(filter=_OPEN)),
        waiting=_count(waits),
        old=_count(waits.where(filter=FieldFilter("is_old", "==", True))),
    )


_OPEN = FieldFilter("open", "==", True)


def _count(found: Query) -> int:
    [[counted]] = AggregationQuery(found.limit(MOST_READ)).count().get()
    return int(counted.value)
