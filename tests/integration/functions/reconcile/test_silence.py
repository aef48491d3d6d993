"""That a family of SAP's messages fell silent is told, and shown at the desk."""

from datetime import UTC, datetime, timedelta

from google.cloud.firestore import Client
from structlog.testing import capture_logs

from functions.operations.messages import day_of
from functions.reconcile.silence import tell_silent
from shared.event.counting import count
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, Result
from shared.event.verdict import Verdict
from shared.sap.expected import Expected
from shared.sap.part import Part
from tests.factories.sap import ECC

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
EXPECTED = Expected(within_hours={"stock": 4, "COND_A": 24}, opens=8, closes=18)
SYSTEM = ECC.model_copy(update={"expected": EXPECTED, "time_zone": "UTC"})


def _comes(db: Client, at: datetime, verdict: Verdict = Verdict.UNCHANGED) -> None:
    part = Part(kind="stock")
    message = SapMessage(f"{at}", "sap-inventory", b"", {}, at)
    count(db, message, MessageOutcome([Result(part, verdict)]), at)


def _alerted_families(db: Client, now: datetime) -> list[str]:
    with capture_logs() as logs:
        tell_silent(db, SYSTEM, now)
    return sorted(log["family"] for log in logs if log["event"] == "family silent")


def _shown(db: Client, now: datetime) -> dict[str, datetime | None]:
    families = day_of(db, now.date(), now).families
    return {one.family: one.silent_since for one in families}


def test_a_family_that_falls_silent_is_told_once_a_day_until_it_is_heard(
    firestore: Client,
) -> None:
    _comes(firestore, MONDAY)
    assert _alerted_families(firestore, MONDAY) == []
    assert _alerted_families(firestore, MONDAY + 4 * HOUR) == []
    silent = MONDAY + 5 * HOUR
    assert _alerted_families(firestore, silent) == ["stock"]
    assert _alerted_families(firestore, silent + HOUR) == []
    assert _shown(firestore, silent + HOUR) == {"stock": MONDAY}
    # It is found in the days before, too.
    assert _alerted_families(firestore, silent + timedelta(days=1)) == ["stock"]
    _comes(firestore, silent + timedelta(days=1, hours=1))
    assert _alerted_families(firestore, silent + timedelta(days=1, hours=2)) == []
    assert _shown(firestore, silent + timedelta(days=1, hours=2)) == {"stock": None}


def test_what_never_came_is_silent_since_it_is_expected(firestore: Client) -> None:
    assert _alerted_families(firestore, MONDAY) == []
    # Ten hours a day.
    assert _alerted_families(firestore, MONDAY + timedelta(days=1)) == ["stock"]
    assert _alerted_families(firestore, MONDAY + timedelta(days=3)) == ["COND_A", "stock"]
    assert _shown(firestore, MONDAY + timedelta(days=3)) == {"COND_A": MONDAY, "stock": MONDAY}


def test_a_message_that_is_quarantined_breaks_the_silence(firestore: Client) -> None:
    _comes(firestore, MONDAY)
    _comes(firestore, MONDAY + 3 * HOUR, Verdict.QUARANTINED)
    assert _alerted_families(firestore, MONDAY + 5 * HOUR) == []


def test_nothing_is_told_where_the_settings_expect_nothing(firestore: Client) -> None:
    with capture_logs() as logs:
        tell_silent(firestore, ECC.model_copy(update={"expected": None}), MONDAY)
    assert logs == []
