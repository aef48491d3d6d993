"""Notes what a part of a full snapshot compared and mended: once, however often its message comes.

What is mended is added in the commits that mend it (`Recording.tally`), the rest when all of the part
was applied (`finish`); a message that comes again afterwards adds nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from google.cloud.firestore import (
    ArrayUnion,
    Client,
    DocumentReference,
    FieldFilter,
    Increment,
)

from shared.event.outcome import MessageOutcome, Result
from shared.event.verdict import Verdict
from shared.event.writing import Mended
from shared.optimistic import Attempt, optimistically
from shared.reconciliation.model import Family, RunOutcome
from shared.reconciliation.snapshot import (
    EMPTIED,
    MOST_EXAMPLES,
    PartCounts,
    Sides,
    SnapshotPart,
    SnapshotRun,
)
from shared.reconciliation.snapshots import run_reference
from shared.sap.snapshots import Snapshot
from shared.store import find_all, to_document

KEPT = timedelta(days=30)
"""Parts: longer than Pub/Sub keeps a message that can be played back."""

RUNS_KEPT = timedelta(days=400)
"""As the runs of orders."""

MOST_UNREAD = 500
"""Articles or customers whose records could not be read; of more, none is looked for."""

TEXT = 200
"""Characters of a side."""

_HELD = (Verdict.QUARANTINED, Verdict.CONFLICT)


def digest(key: str) -> bytes:
    """A record's key in 8 bytes: of a million keys hardly two have the same."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def digests(keys: bytes) -> set[bytes]:
    """The digests of the keys that a part holds."""
    return {keys[start : start + 8] for start in range(0, len(keys), 8)}


@dataclass(frozen=True)
class Held:
    """Which records a part holds: their keys, and those that can't be told."""

    keys: Iterable[str]
    plants: Iterable[str] = ()
    unread: Iterable[str] = ()
    is_read: bool = True


@dataclass(frozen=True)
class Recording:
    """What becomes of the part of a snapshot that a message is; `places` are those of its parts."""

    db: Client
    family: Family
    system: str
    snapshot: Snapshot
    places: Mapping[str, int]
    _shown: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The snapshot's id."""
        return f"{self.family.value}.{self.snapshot.as_of}"

    def tally(self, attempt: Attempt, mended: Mended) -> None:
        """Add what a commit mends to it."""
        counts: dict[str, int] = {}
        examples: list[Sides] = []
        emptied = 0
        for place, sides in mended.items():
            records = {one.key for one in sides if one.field != EMPTIED}
            emptied += len({one.key for one in sides} - records)
            if records:
                counts[str(self.places[place])] = len(records)
            if place in self._shown or len(self._shown) < MOST_EXAMPLES:
                self._shown.add(place)
                examples += sides[:MOST_EXAMPLES]
        update = {**self._head(), "emptied": Increment(emptied)}
        if counts:  # nothing in its place would be all that there is
            update["mended"] = counts
        if examples:
            shown = [to_document(one) for one in examples[:MOST_EXAMPLES]]
            update["examples"] = ArrayUnion(shown)
        attempt.batch.set(self._part, update, merge=True)

    def tally_swept(self, attempt: Attempt, mended: Mended) -> None:
        """Add what no part has, and a commit takes out of stock, to the snapshot."""
        emptied = sum(len({one.key for one in some}) for some in mended.values())
        attempt.batch.update(run_reference(self.db, self.id), {"emptied": Increment(emptied)})

    def swept(self) -> None:
        """Note that what no part has was looked for."""

        def body(attempt: Attempt) -> None:
            reference = run_reference(self.db, self.id)
            [stored] = attempt.read([reference])
            if stored and stored.get("swept_at") is None:
                attempt.update(reference, {"swept_at": datetime.now(UTC)})

        optimistically(self.db, body)

    def parts(self) -> list[SnapshotPart]:
        """Those of the snapshot that were applied, with the keys that they hold."""
        fields = [
            "snapshot",
            "part",
            "parts",
            "keys",
            "plants",
            "is_read",
            "ended_at",
            "expires_at",
        ]
        query = (
            self.db.collection("snapshot_parts")
            .where(filter=FieldFilter("snapshot", "==", self.id))
            .select(fields)
        )
        found = [SnapshotPart.model_validate(read.data()) for read in find_all(self.db, query)]
        return [one for one in found if one.ended_at]

    def finish(self, outcome: MessageOutcome, records: Mapping[str, int], held: Held) -> None:
        """Note what the part compared; `records` are those of each place, one where none is said."""
        now = datetime.now(UTC)
        keys = sorted({digest(key) for key in held.keys})
        unread = sorted({*held.unread})

        def body(attempt: Attempt) -> None:
            run, part = run_reference(self.db, self.id), self._part
            stored_run, stored = attempt.read([run, part])
            if stored and stored.get("ended_at"):
                return
            known = SnapshotPart.model_validate({**self._head(), **(stored or {})})
            ended = known.model_copy(
                update={
                    "counts": self._counts(outcome, records, known),
                    "keys": b"".join(keys),
                    "plants": sorted({*held.plants}),
                    "unread": unread[:MOST_UNREAD],
                    "is_read": held.is_read and len(unread) <= MOST_UNREAD,
                    "ended_at": now,
                }
            )
            attempt.save(part, stored, to_document(ended))
            self._open(attempt, run, stored_run, now)

        optimistically(self.db, body)

    @property
    def _part(self) -> DocumentReference:
        name = f"{self.id}.{self.snapshot.part}"
        return self.db.collection("snapshot_parts").document(name)

    def _head(self) -> dict[str, object]:
        return {
            "snapshot": self.id,
            "part": self.snapshot.part,
            "parts": self.snapshot.parts,
            "expires_at": datetime.now(UTC) + KEPT,
        }

    def _counts(
        self, outcome: MessageOutcome, records: Mapping[str, int], known: SnapshotPart
    ) -> PartCounts:
        """What was mended before the message came again now agrees, and counts as mended."""
        counts = PartCounts(mended=sum(known.mended.values()), emptied=known.emptied)
        others = 0
        for one in outcome.results:
            number = records.get(one.part.place, _records(one))
            rest = number - known.mended.get(str(self.places.get(one.part.place)), 0)
            if one.verdict is Verdict.IGNORED:
                counts.ignored += rest
                continue
            counts.compared += number
            if one.verdict in _HELD:
                counts.held += rest
            elif one.verdict is Verdict.WAITING:
                counts.waiting += rest
            else:
                others += rest
        counts.compared += counts.emptied
        counts.agreed = others
        return counts

    def _open(
        self,
        attempt: Attempt,
        reference: DocumentReference,
        stored: dict[str, object] | None,
        now: datetime,
    ) -> None:
        """Begin the snapshot with its first part, and go on with one that had failed for want of it."""
        if stored is None:
            run = SnapshotRun(
                id=self.id,
                family=self.family,
                system=self.system,
                as_of=self.snapshot.as_of,
                began_at=now,
                last_part_at=now,
                parts=self.snapshot.parts,
                expires_at=now + RUNS_KEPT,
            )
            attempt.create(reference, to_document(run))
        elif stored.get("outcome") == RunOutcome.FAILED.value:
            attempt.update(reference, {"ended_at": None, "outcome": None, "failure": ""})


def _records(one: Result) -> int:
    """Rows of stock that could not be read; else the part is one record."""
    return len(one.part.content.get("ROWS", [None]))


def sides(key: str, stored: dict[str, object] | None, new: dict[str, object]) -> list[Sides]:
    """Both sides of each field that differs, as they are stored; nothing where only the stamp does."""
    before = stored or {}
    return [
        Sides(key=key, field=name, ours=_text(before.get(name)), saps=_text(value))
        for name, value in new.items()
        if name != "stamp" and before.get(name) != value
    ]


def _text(value: object) -> str:
    match value:
        case None:
            text = ""
        case dict() | list():
            text = json.dumps(value, ensure_ascii=False, default=str)
        case _:
            text = str(value)
    return text if len(text) <= TEXT else f"{text[: TEXT - 1]}…"
