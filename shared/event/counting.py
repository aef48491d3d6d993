"""Counts what became of SAP's messages, by day and family (`sap_days/{day}~{topic}~{shard}`).

One write a message, of increments and maxima, which need no reading; shards keep messages that come
at once from waiting for one document.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from google.cloud.firestore import Client, Increment, Maximum
from google.cloud.firestore_v1.base_query import FieldFilter
from pydantic import BaseModel, Field

from shared.day import day_in
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, Result
from shared.event.verdict import Verdict
from shared.sap.fields import read_stamp
from shared.sap.objects import KINDS

SHARDS = 8
KEPT = timedelta(days=400)
"""A year, to compare a season with that of the year before."""

SILENT = 7
"""Days for which a family that sends nothing is still shown."""

OTHER = "other"
"""The family of what can't be read, and of kinds that Sellin does not know."""


class FamilyCount(BaseModel):
    """What became of a family's messages on a day."""

    received: int = 0
    applied: int = 0
    unchanged: int = 0
    stale: int = 0
    duplicate: int = 0
    conflict: int = 0
    ignored: int = 0
    waiting: int = 0
    quarantined: int = 0
    longest_lag: float = Field(
        default=0, description="seconds from SAP's stamp to our applying it, of the slowest"
    )
    latest: float = Field(default=0, description="SAP's latest stamp, in seconds since 1970")
    heard: float = Field(
        default=0, description="when one came last, whatever became of it; the same"
    )


class DayCount(BaseModel):
    """`sap_days/{day}~{topic}~{shard}`: a share of what was counted on a day."""

    day: date
    topic: str
    families: dict[str, FamilyCount]


def count(db: Client, message: SapMessage, outcome: MessageOutcome, now: datetime) -> None:
    """Add a message's outcome to its day's counters."""
    shard = int(sha256(message.id.encode("utf-8", "surrogatepass")).hexdigest(), 16) % SHARDS
    day = day_in(UTC, now)
    families = by_family(outcome)
    reference = db.collection("sap_days").document(f"{day}~{message.topic}~{shard}")
    reference.set(
        {
            "day": day.isoformat(),
            "topic": message.topic,
            "expires_at": datetime(day.year, day.month, day.day, tzinfo=UTC) + KEPT,
            "families": {name: _increments(results, now) for name, results in families.items()},
        },
        merge=True,
    )


def by_family(outcome: MessageOutcome) -> dict[str, list[Result]]:
    """What became of the parts of each family."""
    families: dict[str, list[Result]] = {}
    for one in outcome.results:
        families.setdefault(_family(one), []).append(one)
    return families


def counts(db: Client, day: date) -> dict[str, FamilyCount]:
    """What was counted on a day (UTC), by family."""
    found: dict[str, FamilyCount] = {}
    query = db.collection("sap_days").where(filter=FieldFilter("day", "==", day.isoformat()))
    for snapshot in query.stream():
        for name, one in DayCount.model_validate(snapshot.to_dict()).families.items():
            found[name] = _sum(found[name], one) if name in found else one
    return found


def latest_stamps(db: Client, day: date) -> dict[str, float]:
    """SAP's latest stamps that were applied in the `SILENT` days before a day, by family."""
    return _latest(db, day, "latest")


def last_heard(db: Client, day: date) -> dict[str, float]:
    """When a message came last in those days, by family."""
    return _latest(db, day, "heard")


def _latest(db: Client, day: date, what: str) -> dict[str, float]:
    found: dict[str, float] = {}
    days = [(day - timedelta(days=ago)).isoformat() for ago in range(1, SILENT + 1)]
    query = db.collection("sap_days").where(filter=FieldFilter("day", "in", days))
    for snapshot in query.stream():
        for name, one in DayCount.model_validate(snapshot.to_dict()).families.items():
            if seconds := getattr(one, what):
                found[name] = max(seconds, found.get(name, 0.0))
    return found


def _sum(one: FamilyCount, other: FamilyCount) -> FamilyCount:
    largest = ("longest_lag", "latest", "heard")
    return FamilyCount.model_validate(
        {
            name: max(value, getattr(other, name))
            if name in largest
            else value + getattr(other, name)
            for name, value in one.model_dump().items()
        }
    )


def _family(one: Result) -> str:
    return one.part.kind if one.part.kind in KINDS else OTHER


def _increments(results: list[Result], now: datetime) -> dict[str, Increment | Maximum]:
    verdicts = Counter(one.verdict.value for one in results)
    counted: dict[str, Increment | Maximum] = {
        "received": Increment(len(results)),
        "heard": Maximum(now.timestamp()),
        **{verdict: Increment(number) for verdict, number in verdicts.items()},
    }
    if stamps := list(_applied_stamps(results)):
        counted["longest_lag"] = Maximum(lag(results, now))
        counted["latest"] = Maximum(read_stamp(max(stamps)).timestamp())
    return counted


def lag(results: list[Result], now: datetime) -> float | None:
    """Seconds from SAP's stamp of the oldest part that was applied; None where none was."""
    stamps = list(_applied_stamps(results))
    return max(0.0, (now - read_stamp(min(stamps))).total_seconds()) if stamps else None


def _applied_stamps(results: list[Result]) -> Iterable[str]:
    return (one.part.stamp for one in results if one.part.stamp and one.verdict is Verdict.APPLIED)
