"""Brings lost documents back from a restored database: `python -m infra.restore`.

    python -m infra.restore --project P --from sellin-eu-restored --into sellin-eu [--apply]

--from is a database that Google restored from a backup or cloned as of a moment (see
docs/operations.md); --into is the live one. Without --apply it only says what it would do.
Only documents that are gone are brought back: what is there is newer than the backup. An
order that had not been handed over then may have been since, so it comes back with an
attempt of unknown outcome, after which export_order asks SAP before it creates anything.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from google.api_core.exceptions import AlreadyExists
from google.cloud.firestore import Client
from google.cloud.firestore_v1 import DocumentReference, DocumentSnapshot

from shared.order.handover import ExportAttempt, Handover, HandoverState
from shared.store import to_document

Snapshot = DocumentSnapshot[DocumentReference]

_SUBCOLLECTIONS = ("parts", "prices", "doors", "import_mappings", "versions", "revisions", "past")
"""Collections inside documents: parts of quarantined messages; companies' own prices, doors and
mappings of columns; what assortments, rules for approvals, prices, styles and companies' terms were
before. The catalogue's snapshot is missing on purpose: it is made anew from what it is of."""
_AT_ONCE = 16
_LOOKED_UP = 300
"""Documents asked for in one RPC."""
_UNSETTLED = {HandoverState.WAITING, HandoverState.SENDING}


def documents(db: Client) -> Iterator[Snapshot]:
    """Every document of a database."""
    for collection in db.collections():
        yield from collection.stream()
    for name in _SUBCOLLECTIONS:
        # A group holds collections of that name at the top, too.
        inside = (found for found in db.collection_group(name).stream() if _is_inside(found))
        yield from inside


def _is_inside(snapshot: Snapshot) -> bool:
    return snapshot.reference.parent.parent is not None


def lost(source: Client, target: Client) -> Iterator[Snapshot]:
    """Documents of `source` whose path has none in `target`."""
    for some in _batches(documents(source)):
        references = [target.document(snapshot.reference.path) for snapshot in some]
        there = {found.reference.path for found in target.get_all(references, ()) if found.exists}
        yield from (snapshot for snapshot in some if snapshot.reference.path not in there)


def restored(snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """The content that a document comes back with."""
    content: dict[str, Any] = snapshot.to_dict() or {}
    if snapshot.reference.parent.id != "orders":
        return content
    handover = Handover.model_validate(content["handover"])
    if handover.state not in _UNSETTLED:
        return content
    attempt = ExportAttempt(at=now, outcome="unknown", detail="restored from a backup")
    changed = handover.model_copy(update={"attempts": [*handover.attempts, attempt]})
    return {**content, "handover": to_document(changed)}


def bring_back(snapshots: Iterable[Snapshot], target: Client, now: datetime) -> Counter[str]:
    """Create each document in `target`; how many by collection.

    One that somebody else has created meanwhile stays as it is.
    """

    def create(snapshot: Snapshot) -> bool:
        try:
            target.document(snapshot.reference.path).create(restored(snapshot, now))
        except AlreadyExists:
            return False
        return True

    counts: Counter[str] = Counter()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for some in _batches(snapshots):
            created = pool.map(create, some)
            counts.update(_kind(one) for one, done in zip(some, created, strict=True) if done)
    return counts


def _kind(snapshot: Snapshot) -> str:
    return str(snapshot.reference.parent.id)


def _batches(snapshots: Iterable[Snapshot]) -> Iterator[list[Snapshot]]:
    some: list[Snapshot] = []
    for snapshot in snapshots:
        some.append(snapshot)
        if len(some) == _LOOKED_UP:
            yield some
            some = []
    if some:
        yield some


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.restore", description=__doc__)
    parser.add_argument("--project", required=True)
    parser.add_argument("--from", dest="source", required=True, metavar="DATABASE")
    parser.add_argument("--into", dest="target", required=True, metavar="DATABASE")
    parser.add_argument("--apply", action="store_true", help="write; else only say what")
    options = parser.parse_args(arguments)
    if options.source == options.target:
        parser.error("both are the same database")
    source = Client(project=options.project, database=options.source)
    target = Client(project=options.project, database=options.target)
    gone = lost(source, target)
    if options.apply:
        counts = bring_back(gone, target, datetime.now(UTC))
    else:
        counts = Counter(map(_kind, gone))
    verb = "brought back" if options.apply else "lost"
    for kind, count in sorted(counts.items()):
        print(f"{kind:<16} {count:>8} {verb}")
    print(f"{counts.total()} documents {verb}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
