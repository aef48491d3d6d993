"""The route that Cloud Scheduler calls."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from google.cloud.firestore import Client

from functions.reconcile import runs, snapshots
from functions.reconcile.approvals import expire_approvals
from functions.reconcile.runs import Connections
from functions.reconcile.schema import SweepResult
from functions.reconcile.shared_gtins import update_shared_gtins
from functions.reconcile.silence import tell_silent
from functions.reconcile.sweep import Enqueue, sweep
from functions.reconcile.vat_checks import request_due_checks
from functions.reconcile.waiting import Replay, replay_arrived, tell_old
from shared.assortment.keeping import apply_planned
from shared.catalogue.snapshot_writer import update_snapshot
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from shared.vat.request import EnqueueVatCheck


@dataclass(frozen=True)
class Resources:
    """What the handler works with."""

    db: Client
    enqueue: Enqueue
    enqueue_vat_check: EnqueueVatCheck
    replay: Replay
    waiting_long: timedelta
    connections: Connections


def reconcile(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Sweep once, bring planned assortments into effect, keep the catalogue's snapshot current, which is only for speed, and what is found in
    it, go on with SAP's full snapshots, then with comparing orders with SAP, which takes longest."""
    swept = sweep(resources.db, resources.enqueue, call.now)
    expired = expire_approvals(resources.db, call.now)
    checks = request_due_checks(resources.db, resources.enqueue_vat_check, call.now)
    replayed = replay_arrived(resources.db, resources.replay, call.now)
    told = tell_old(resources.db, call.now, resources.waiting_long)
    planned = apply_planned(resources.db, call.now)
    try:
        update_snapshot(resources.db)
        update_shared_gtins(resources.db, call.now)
    except Exception:  # noqa: BLE001 (whatever it is, the sweep is done)
        structlog.get_logger().exception("snapshot of the catalogue failed")
    to = resources.connections
    snapshots.work(to.db, to.publish, to.system, call.now)
    tell_silent(to.db, to.system, call.now)
    runs.tell_overdue(resources.db, call.now)
    runs.work(to, call.now)
    return Answer(
        SweepResult(
            enqueued=swept.enqueued,
            released=swept.released,
            vat_checks=checks,
            replayed=replayed,
            old=told,
            expired=expired,
            planned=planned,
        )
    )


SERVICE: Service[Resources] = Service(
    name="reconcile",
    version="1.3.0",
    routes=(
        Route(
            method="POST",
            path="",
            handler=reconcile,
            access=Access.MACHINE,
            summary="Mend what a crash left undone",
            answer=SweepResult,
            query=NoQuery,
            body=NoBody,
        ),
    ),
)
