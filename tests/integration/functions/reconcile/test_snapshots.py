"""Full snapshots of SAP's: summed up, ended, and what they lack parked and decided."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client, DocumentReference
from structlog.testing import capture_logs

from functions.reconcile import lacking, snapshots
from functions.sync_prices.handler import apply as apply_prices
from shared.audit import Doer
from shared.company import doors
from shared.event.message import SapMessage
from shared.past.keeping import BEGAN
from shared.reconciliation.model import Choice, Difference, Family, RunOutcome, State
from shared.reconciliation.repository import decide, difference_reference
from shared.reconciliation.snapshot import PartCounts, SnapshotRun
from shared.reconciliation.snapshots import read_last, run_reference
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, PUBLISHED_AT, S4, kunnr, packet, stamp
from tests.factories.sap_customers import debmas
from tests.factories.sap_prices import cond_a, discount
from tests.support.snapshots import Source, sources

SOON = timedelta(minutes=20)
ASKING = Doer("Maria", PUBLISHED_AT, reason="Agreed by phone")


@dataclass
class Minute:
    """Reconcile's minutes, and what it publishes in SAP's name."""

    db: Client
    system: SourceSystem = ECC
    published: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def passes(self, after: timedelta = SOON) -> None:
        """It is called when that much time has passed."""
        publish = lambda topic, message: self.published.append((topic, message))  # noqa: E731
        snapshots.work(self.db, publish, self.system, datetime.now(UTC) + after)

    def run(self, family: Family, second: int) -> SnapshotRun:
        """The snapshot of a second."""
        found = run_reference(self.db, f"{family.value}.{stamp(second)}").get()
        return SnapshotRun.model_validate(found.to_dict())

    def difference(self, order: str) -> Difference:
        """The difference of a record."""
        return Difference.model_validate(difference_reference(self.db, order).get().to_dict())


PRICES, CUSTOMERS, STOCK = (
    sources()[family] for family in (Family.PRICES, Family.CUSTOMERS, Family.STOCK)
)


@pytest.mark.parametrize("source", [PRICES, CUSTOMERS], ids=["prices", "customers"])
def test_what_a_snapshot_lacks_is_parked_ended_and_found_ended(
    firestore: Client, source: Source
) -> None:
    first, second = ("10123", "10200") if source is PRICES else ("100001", "100002")
    minute = Minute(firestore)
    for key in (first, second):
        source.apply(firestore, ECC, source.change(key, 2500, 1))
    source.apply(firestore, ECC, source.part({first: (2500, 1)}, 5))
    with capture_logs() as logs:
        minute.passes()
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["difference parked"]
    run = minute.run(source.family, 5)
    assert (run.outcome, run.lacking, run.counts) == (
        RunOutcome.DONE,
        1,
        PartCounts(compared=1, agreed=1),
    )
    name = f"prices.{second}.EUR" if source is PRICES else f"customers.{second}"
    found = minute.difference(name)
    assert [(row.saps, bool(row.ours)) for row in found.rows] == [("", True)]
    decide(firestore, name, Choice.TAKE, ASKING)
    minute.passes()
    minute.passes()
    [(topic, message)] = minute.published
    assert (topic, source.read(firestore)) == (source.topic, {first: 2500, second: 2500})
    data = json.dumps(message).encode()
    source.apply(firestore, ECC, SapMessage("9", topic, data, {}, PUBLISHED_AT))
    assert source.read(firestore) == {first: 2500}
    minute.passes(timedelta(hours=1))
    assert minute.difference(name).state is State.MENDED


def test_what_came_back_or_changed_since_is_not_ended(firestore: Client) -> None:
    minute = Minute(firestore)
    PRICES.apply(firestore, ECC, PRICES.change("10123", 2500, 1))
    PRICES.apply(firestore, ECC, PRICES.part({"10200": (2500, 1)}, 5))
    minute.passes()
    decide(firestore, "prices.10123.EUR", Choice.TAKE, ASKING)
    PRICES.apply(firestore, ECC, PRICES.change("10123", 2600, 7))
    minute.passes()
    assert minute.published == []
    assert minute.difference("prices.10123.EUR").state is State.MENDED
    assert PRICES.read(firestore)["10123"] == 2600


def test_the_next_snapshot_closes_what_is_there_again_and_leaves_what_was_settled(
    firestore: Client,
) -> None:
    minute = Minute(firestore)
    for key in ("100001", "100002", "100003"):
        CUSTOMERS.apply(firestore, ECC, CUSTOMERS.change(key, 1, 1))
    CUSTOMERS.apply(firestore, ECC, CUSTOMERS.part({"100001": (1, 1)}, 5))
    minute.passes()
    decide(firestore, "customers.100002", Choice.SETTLE, ASKING)
    CUSTOMERS.apply(firestore, ECC, CUSTOMERS.part({"100001": (1, 1), "100003": (1, 1)}, 8))
    minute.passes()
    assert minute.difference("customers.100002").state is State.SETTLED
    assert minute.difference("customers.100003").state is State.GONE
    later = minute.run(Family.CUSTOMERS, 8)
    assert (later.lacking, later.known, later.outcome) == (0, 1, RunOutcome.DONE)


def test_parts_that_never_come_fail_the_snapshot_and_late_ones_go_on_with_it(
    firestore: Client,
) -> None:
    minute = Minute(firestore)
    PRICES.apply(firestore, ECC, PRICES.part({"10123": (2500, 1)}, 5, part=2, parts=3))
    minute.passes()
    assert minute.run(Family.PRICES, 5).ended_at is None
    with capture_logs() as logs:
        minute.passes(timedelta(hours=4))
    [failed] = [one for one in logs if one["event"] == "snapshot failed"]
    assert failed["reason"] == "parts have not come: 1, 3 of 3"
    assert minute.run(Family.PRICES, 5).outcome is RunOutcome.FAILED
    for part in (1, 3):
        message = PRICES.part({f"1020{part}": (2500, 1)}, 5, part=part, parts=3)
        PRICES.apply(firestore, ECC, message)
    minute.passes()
    assert minute.run(Family.PRICES, 5).outcome is RunOutcome.DONE
    assert read_last(firestore).families[Family.PRICES].as_of == stamp(5)


def test_a_snapshot_wins_over_what_was_stored_before_it_and_loses_to_what_came_after(
    firestore: Client,
) -> None:
    # Of a stamp that SAP never had, as after a restored backup of SAP's.
    PRICES.apply(firestore, ECC, PRICES.change("10123", 2500, 3))
    PRICES.apply(firestore, ECC, PRICES.change("10200", 2500, 9))
    PRICES.apply(firestore, ECC, PRICES.part({"10123": (2400, 1), "10200": (2400, 1)}, 5))
    assert PRICES.read(firestore) == {"10123": 2400, "10200": 2500}
    PRICES.apply(firestore, ECC, PRICES.change("10123", 2500, 4))
    assert PRICES.read(firestore)["10123"] == 2400
    minute = Minute(firestore)
    minute.passes()
    run = minute.run(Family.PRICES, 5)
    assert run.counts == PartCounts(compared=2, agreed=1, mended=1)
    assert {one.field for one in run.examples} == {"records"}


def test_what_is_held_back_waits_or_is_anothers_is_counted_as_that(firestore: Client) -> None:
    marks = ECC.prices.snapshots
    assert marks
    PRICES.apply(firestore, ECC, PRICES.change("10123", 2500, 1))
    held = cond_a("10123", stamp(2), "0.00")
    foreign = cond_a("10123", stamp(2), KAPPL="M")
    broken = cond_a("10200", stamp(2))
    broken["E1KOMG"][0]["KOTABNR"] = "999"
    carton = cond_a("10300", stamp(2))
    carton["E1KOMG"][0]["E1KONH"][0]["E1KONP"][0]["KMEIN"] = "KAR"
    kind = ECC.prices.discounts[0].type
    on_all = discount(kind, "007", "50.00-", stamp(2), KUNNR=kunnr("100001"), SPART="00")
    says = {marks.as_of: stamp(5)}
    data = packet(held, foreign, broken, carton, on_all)
    apply_prices(firestore, ECC, SapMessage("1", "sap-prices", data, says, PUBLISHED_AT))
    minute = Minute(firestore)
    minute.passes()
    run = minute.run(Family.PRICES, 5)
    # The discount is stored, and waits for its customer; the carton is not, before its article.
    assert run.counts == PartCounts(compared=4, mended=1, held=2, waiting=1, ignored=1)
    # What could not be read or waits is there all the same.
    assert (run.lacking, run.outcome) == (0, RunOutcome.DONE)


def test_a_record_of_nobody_knows_what_ends_the_search_for_what_lacks(firestore: Client) -> None:
    minute = Minute(firestore)
    CUSTOMERS.apply(firestore, ECC, CUSTOMERS.change("100001", 1, 1))
    message = CUSTOMERS.part({"100002": (1, 1)}, 5)
    content = json.loads(message.data)
    content["IDOCS"].append({"EDI_DC40": {}})
    data = json.dumps(content).encode()
    whole = SapMessage("2", message.topic, data, message.attributes, PUBLISHED_AT)
    CUSTOMERS.apply(firestore, ECC, whole)
    minute.passes()
    run = minute.run(Family.CUSTOMERS, 5)
    assert (run.outcome, run.lacking) == (RunOutcome.FAILED, 0)
    assert "part 1" in run.failure


@pytest.mark.parametrize("source", [PRICES, CUSTOMERS], ids=["prices", "customers"])
def test_a_message_from_before_a_complete_snapshot_brings_nothing_back(
    firestore: Client, source: Source
) -> None:
    minute = Minute(firestore)
    kept, lacked, late = "100001", "100002", "100003"
    source.apply(firestore, ECC, source.part({kept: (1, 1)}, 5))
    minute.passes()
    assert minute.run(source.family, 5).outcome is RunOutcome.DONE
    for key, second in ((lacked, 2), (late, 6)):
        source.apply(firestore, ECC, source.change(key, 7, second))
    assert source.read(firestore) == {kept: 1, late: 7}


def test_a_condition_without_its_article_keeps_no_other_from_being_looked_for(
    firestore: Client,
) -> None:
    minute = Minute(firestore)
    PRICES.apply(firestore, ECC, PRICES.change("100001", 1, 1))
    content = json.loads((message := PRICES.part({"100002": (1, 1)}, 5)).data)
    broken = json.loads(json.dumps(content["IDOCS"][0]))
    broken["E1KOMG"][0] |= {"MATNR": "", "VAKEY": ""}
    content["IDOCS"].append(broken)
    data = json.dumps(content).encode()
    whole = SapMessage("2", message.topic, data, message.attributes, PUBLISHED_AT)
    outcome = PRICES.apply(firestore, ECC, whole)
    assert len(outcome.quarantined) == 1
    minute.passes()
    run = minute.run(Family.PRICES, 5)
    assert (run.outcome, run.lacking) == (RunOutcome.DONE, 1)


def _said(reference: DocumentReference) -> dict[str, Any]:
    document = reference.get().to_dict() or {}
    return {
        name: one for name, one in document.items() if name not in ("stamp", "updated_at", BEGAN)
    }


def test_a_door_of_many_that_is_not_as_saps_is_mended(firestore: Client) -> None:
    minute = Minute(firestore)
    shops = [f"{200_001 + n}" for n in range(60)]
    idoc = debmas("100001", stamp(1), doors=shops)
    told = SapMessage("1", CUSTOMERS.topic, packet(idoc), {}, PUBLISHED_AT)
    CUSTOMERS.apply(firestore, ECC, told)
    wrong, missing = (doors.reference(firestore, "100001", shops[n]) for n in (3, 5))
    right = [_said(one) for one in (wrong, missing)]
    wrong.update({"name": "Another"})
    missing.delete()

    marks = CUSTOMERS.marks
    says = {marks.as_of: stamp(5), marks.part: "1", marks.parts: "1"}
    whole = SapMessage("2", CUSTOMERS.topic, packet(idoc), says, PUBLISHED_AT)
    CUSTOMERS.apply(firestore, ECC, whole)
    CUSTOMERS.apply(firestore, ECC, whole)
    minute.passes()

    assert [_said(one) for one in (wrong, missing)] == right
    run = minute.run(Family.CUSTOMERS, 5)
    assert run.counts == PartCounts(compared=61, mended=2, agreed=59)
    assert {one.key for one in run.examples} == {f"100001/{shops[n]}" for n in (3, 5)}


def test_many_records_are_looked_for_page_by_page_and_counted_once(
    firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lacking, "PAGE", 2)
    minute = Minute(firestore)
    keys = [f"{10000 + number}" for number in range(7)]
    for key in keys:
        PRICES.apply(firestore, ECC, PRICES.change(key, 2500, 1))
    PRICES.apply(firestore, ECC, PRICES.part({keys[0]: (2500, 1)}, 5))
    minute.passes()
    run = minute.run(Family.PRICES, 5)
    assert (run.lacking, run.looked_for) == (6, 7)


def test_that_no_snapshot_comes_is_told_once_a_day_for_each_family(firestore: Client) -> None:
    minute = Minute(firestore)
    minute.passes(timedelta())
    with capture_logs() as logs:
        for hours in (25, 27, 28, 52):
            minute.passes(timedelta(hours=hours))
    told = [one["family"] for one in logs if one["event"] == "no snapshot"]
    assert told == ["stock", "prices", "customers"] * 2


def test_a_head_beside_the_idocs_says_that_they_are_a_snapshot(firestore: Client) -> None:
    source = sources(S4)[Family.PRICES]
    idoc = cond_a("10123", stamp(1), system=S4, WAERK="USD")
    content = json.loads(source.part({}, 5, part=1, parts=1).data)
    content["IDOCS"] = [idoc]
    data = json.dumps(content).encode()
    apply_prices(firestore, S4, SapMessage("1", "sap-prices", data, {}, PUBLISHED_AT))
    minute = Minute(firestore, S4)
    minute.passes()
    assert minute.run(Family.PRICES, 5).counts == PartCounts(compared=1, mended=1)
