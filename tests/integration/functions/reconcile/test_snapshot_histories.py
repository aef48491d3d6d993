"""Full snapshots and changes in any order, twice, late, by functions that are killed: random histories."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from uuid import uuid4

import pytest
from google.cloud.firestore import Client
from google.cloud.firestore_v1.services.firestore.client import FirestoreClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from functions.reconcile import snapshots
from shared.event.message import SapMessage
from shared.reconciliation.model import Difference, Family, RunOutcome, State
from shared.reconciliation.snapshot import SnapshotRun
from tests.factories.sap import ECC, stamp
from tests.factories.style import store_style, style
from tests.support.connection import Fuse, Killed, burning, database
from tests.support.snapshots import KEYS, Source, Values, sources

LATER = timedelta(minutes=30)
STYLES = sorted({key[:-3] for key in KEYS[Family.STOCK]})


@pytest.fixture(name="burns", scope="module")
def _burns(firestore_host: str) -> Iterator[tuple[FirestoreClient, Fuse]]:
    fuse = Fuse()
    with burning(firestore_host, fuse) as api:
        yield api, fuse


@dataclass
class History:
    """Both sides, and what a snapshot's parts were seen to change."""

    db: Client
    fuse: Fuse
    source: Source
    truth: dict[str, tuple[int, int]] = field(default_factory=dict)
    mail: list[SapMessage] = field(default_factory=list)
    second: int = 0
    seen: int = 0

    def change(self, key: str, value: int | None, *, is_lost: bool) -> None:
        """Somebody changes, or deletes, a record in SAP; the message may be lost."""
        self.second += 1
        if value is None:
            self.truth.pop(key, None)
        else:
            self.truth[key] = (value, self.second)
        if not is_lost:
            self.mail.append(self.source.change(key, value, self.second))

    def publish(self, parts: int) -> str:
        """SAP publishes all that it has; the stamp of that."""
        self.second += 1
        # All articles of a style are in one message.
        held = groupby(sorted(self.truth.items()), lambda one: self.source.group(one[0]))
        groups = [dict(some) for _, some in held]
        parts = min(parts, len(groups))
        for part in range(parts):
            rows = {key: one for some in groups[part::parts] for key, one in some.items()}
            self.mail.append(self.source.part(rows, self.second, part + 1, parts))
        return stamp(self.second)

    def deliver(self, message: SapMessage, calls: int | None) -> None:
        """A message comes; the function is killed after so many calls, if any are said."""
        before = self.source.read(self.db)
        with self.fuse.lit(calls), suppress(Killed):
            self.source.apply(self.db, ECC, message)
        if _is_part(self.source, message):
            self.seen += _changed(before, self.source.read(self.db))

    def reconcile(self, calls: int | None = None) -> None:
        """Reconcile's minute, half an hour later."""
        with self.fuse.lit(calls), suppress(Killed):
            snapshots.work(self.db, lambda *_: None, ECC, datetime.now(UTC) + LATER)


def _is_part(source: Source, message: SapMessage) -> bool:
    return source.marks.as_of in message.attributes


def _changed(before: Values, after: Values) -> int:
    return sum(before.get(key) != after.get(key) for key in {*before, *after})


changes = st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(1000, 9000)), st.booleans())
kills = st.one_of(st.none(), st.integers(1, 30))


@pytest.mark.parametrize("family", [Family.STOCK, Family.PRICES, Family.CUSTOMERS])
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    # Each step is some calls: what fails is shown as it was found.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_history_ends_with_what_sap_has_and_counts_what_differed_once(
    burns: tuple[FirestoreClient, Fuse], family: Family, data: st.DataObject
) -> None:
    api, fuse = burns
    source = sources()[family]
    history = History(database(f"test-{uuid4().hex[:20]}", api), fuse, source)
    # Else stock would wait for them.
    store_style(history.db, *(style(number) for number in STYLES))
    keys = KEYS[family]
    history.change(keys[0], 5000, is_lost=data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(1, 2))):
        for which, value, is_lost in data.draw(st.lists(changes, max_size=6)):
            is_gone = value is None and len(history.truth) < 2
            history.change(keys[which], 4000 if is_gone else value, is_lost=is_lost)
        history.publish(data.draw(st.integers(1, 2)))
    for which, value, _ in data.draw(st.lists(changes, max_size=3)):
        if value is not None:
            history.change(keys[which], value, is_lost=False)
    mail = data.draw(st.permutations(history.mail))
    again = data.draw(st.lists(st.sampled_from(mail), max_size=4))
    for message in [*again, *mail]:
        history.deliver(message, data.draw(kills))
        history.reconcile(data.draw(kills))
    for message in mail:
        history.deliver(message, None)
    # What came late, and SAP had deleted meanwhile without a word, the next snapshot finds.
    sent = len(history.mail)
    as_of = history.publish(2)
    for message in history.mail[sent:]:
        history.deliver(message, data.draw(kills))
        history.deliver(message, None)
    for _ in range(3):
        history.reconcile(data.draw(kills))
        history.reconcile()
    _check(history, as_of)


def _check(history: History, as_of: str) -> None:
    stored, truth = history.source.read(history.db), history.truth
    more = {key: value for key, value in stored.items() if key not in truth}
    assert {key: stored[key] for key in truth} == {key: value for key, (value, _) in truth.items()}
    runs = [
        SnapshotRun.model_validate(one.to_dict())
        for one in history.db.collection("snapshots").stream()
    ]
    assert {run.outcome for run in runs} == {RunOutcome.DONE}
    assert sum(run.counts.mended + run.counts.emptied for run in runs) == history.seen
    for run in runs:
        counts = run.counts
        assert counts.compared == counts.agreed + counts.mended + counts.emptied
        assert (counts.held, counts.waiting, counts.ignored) == (0, 0, 0)
    parked = [
        found
        for one in history.db.collection("differences").stream()
        if (found := Difference.model_validate(one.to_dict())).state is State.PARKED
    ]
    if history.source.family is Family.STOCK:
        assert not any(more.values())
        assert not parked
    else:
        assert sorted(one.order.split(".")[1] for one in parked) == sorted(more)
        assert {one.as_of for one in parked} <= {as_of}
