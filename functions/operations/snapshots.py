"""SAP's full snapshots of stock, prices and customers: listed, and what each compared."""

from google.cloud.firestore import Client

from functions.operations.reconciling_schema import (
    ExpectedSnapshot,
    SnapshotHead,
    SnapshotPage,
    SnapshotView,
)
from shared.paging import PageQuery, newest_first
from shared.problem import NotFoundProblem
from shared.reconciliation.snapshot import SnapshotRun
from shared.reconciliation.snapshots import read_last, run_reference
from shared.sap.fields import read_stamp
from shared.store import Read, read_all


def list_snapshots(db: Client, query: PageQuery) -> SnapshotPage:
    """A page of snapshots."""
    collection = db.collection("snapshots")

    def read(document: Read) -> SnapshotHead:
        return SnapshotHead(**_head(SnapshotRun.model_validate(document.data())))

    fields = [name for name in SnapshotRun.model_fields if name != "examples"]
    page = newest_first(db, collection, collection.select(fields), "began_at", query, read)
    expected = [] if query.cursor else _expected_snapshots(db)
    return SnapshotPage(items=page.items, expected=expected, next=page.next)


def view_snapshot(db: Client, id_: str) -> SnapshotView:
    """One snapshot with examples of what it mended.

    Raises:
        NotFoundProblem: there is none.
    """
    [document] = read_all(db, [run_reference(db, id_)])
    if document is None:
        raise NotFoundProblem
    run = SnapshotRun.model_validate(document)
    return SnapshotView(**_head(run), missing=run.missing, examples=run.examples)


def _head(run: SnapshotRun) -> dict[str, object]:
    told = run.model_dump(include=SnapshotHead.model_fields.keys() - {"as_of", "parts_came"})
    return {**told, "as_of": read_stamp(run.as_of), "parts_came": len(run.came)}


def _expected_snapshots(db: Client) -> list[ExpectedSnapshot]:
    return [
        ExpectedSnapshot(
            family=family,
            as_of=read_stamp(one.as_of) if one.as_of else None,
            done_at=one.done_at,
            late_at=one.late_at,
        )
        for family, one in sorted(read_last(db).families.items())
    ]
