"""Tells which families of SAP's messages fell silent, where the settings say how often one is to come."""

from datetime import UTC, datetime, timedelta

import structlog
from google.cloud.firestore import Client

from shared.day import day_in
from shared.event.counting import counts, last_heard
from shared.event.silence import Silence, SilentFamily, read_silence, reference
from shared.optimistic import Attempt, optimistically
from shared.sap.source_system import SourceSystem

LOOKED_AT_EACH = timedelta(minutes=15)

TOLD_AGAIN = timedelta(days=1)


def tell_silent(db: Client, system: SourceSystem, now: datetime) -> None:
    """Log an error, once a day, for each family that is silent."""
    if system.expected is None:
        return
    known = read_silence(db)
    if known.looked_at and now < known.looked_at + LOOKED_AT_EACH:
        return
    silent = _silent(db, system, known.expected_since or now, now)

    def body(attempt: Attempt) -> list[str]:
        [document] = attempt.read([reference(db)])
        before = Silence.model_validate(document or {})
        told = {
            family: SilentFamily(since=since, told_at=_alert_time(before, family, since, now))
            for family, since in silent.items()
        }
        since = before.expected_since or now
        after = Silence(expected_since=since, looked_at=now, families=told)
        attempt.save_model(reference(db), after)
        return [family for family, one in told.items() if one.told_at == now]

    for family in optimistically(db, body):
        log = structlog.get_logger().bind(family=family, since=silent[family].isoformat())
        log.error("family silent")


def _alert_time(before: Silence, family: str, since: datetime, now: datetime) -> datetime:
    known = before.families.get(family)
    is_told = known is not None and known.since == since and now < known.told_at + TOLD_AGAIN
    return known.told_at if known and is_told else now


def _silent(
    db: Client, system: SourceSystem, expected_since: datetime, now: datetime
) -> dict[str, datetime]:
    """Since when each silent family is; earlier days are read only where today's say nothing."""
    if (expected := system.expected) is None:
        return {}
    today = day_in(UTC, now)
    heard = {name: one.heard for name, one in counts(db, today).items() if one.heard}
    if not expected.within_hours.keys() <= heard.keys():
        heard = last_heard(db, today) | heard
    silent = {}
    for family in expected.within_hours:
        came = datetime.fromtimestamp(heard[family], UTC) if family in heard else expected_since
        if expected.is_silent(family, came, now, system.zone):
            silent[family] = came
    return silent
