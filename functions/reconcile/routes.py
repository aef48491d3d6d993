"""The route that Cloud Scheduler calls."""

from dataclasses import dataclass

import structlog
from google.cloud.firestore import Client

from functions.reconcile.schema import SweepResult
from functions.reconcile.sweep import Enqueue, sweep
from functions.reconcile.vat_checks import request_due_checks
from shared.catalogue.snapshot_writer import update_snapshot
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from shared.vat.request import EnqueueVatCheck


@dataclass(frozen=True)
class Resources:
    """What the handler works with."""

    db: Client
    enqueue: Enqueue
    enqueue_vat_check: EnqueueVatCheck


def reconcile(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Sweep once, then keep the catalogue's snapshot current, which is only for speed."""
    swept = sweep(resources.db, resources.enqueue, call.now)
    checks = request_due_checks(resources.db, resources.enqueue_vat_check, call.now)
    try:
        update_snapshot(resources.db)
    except Exception:  # noqa: BLE001 (whatever it is, the sweep is done)
        structlog.get_logger().exception("snapshot of the catalogue failed")
    return Answer(SweepResult(enqueued=swept.enqueued, released=swept.released, vat_checks=checks))


SERVICE: Service[Resources] = Service(
    name="reconcile",
    version="1.1.0",
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
