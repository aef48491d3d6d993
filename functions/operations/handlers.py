"""What the routes of the desk do: each calls one use case, and maps its answer."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from google.cloud.firestore import Client

from functions.operations import (
    dead_letters,
    history,
    orders,
    quarantine,
    reconciling,
    shared_gtins,
    snapshots,
    waiting,
)
from functions.operations.dead_letters import DeadLetters
from functions.operations.doing import Doing
from functions.operations.messages import day_of
from functions.operations.quarantine import Publish
from functions.operations.reconciling_schema import DifferenceQuery, SharedGtinQuery, StartRun
from functions.operations.schema import (
    CircuitView,
    DayQuery,
    DeadLetterQuery,
    DeskAuditQuery,
    DeskAuditSearch,
    HandoverQuery,
    QuarantineQuery,
    ReplayMany,
    WaitingQuery,
    Why,
)
from functions.operations.waiting import Replay
from shared.audit import Action
from shared.day import day_in
from shared.http.route import Answer, Call, NoBody, NoQuery
from shared.order.exporting import EnqueueExport
from shared.paging import PageQuery
from shared.reconciliation.model import Choice
from shared.sap import circuit
from shared.sap.circuit import Circuit
from shared.text.table_file import CSV, XLSX


@dataclass(frozen=True)
class Resources:
    """What the handlers work with: documents, the source system's name, the queue of exports, and
    what Pub/Sub is to publish or give."""

    db: Client
    system: str
    publish: Publish
    enqueue: EnqueueExport
    replay: Replay
    dead_letters: DeadLetters


def get_messages(resources: Resources, call: Call[DayQuery, NoBody]) -> Answer:
    """What became of SAP's messages on a day."""
    return Answer(day_of(resources.db, call.query.day or day_in(UTC, call.now), call.now))


def list_quarantine(resources: Resources, call: Call[QuarantineQuery, NoBody]) -> Answer:
    """A page of what SAP sent and could not be taken in."""
    return Answer(quarantine.list_open(resources.db, call.query, call.now))


def get_quarantined(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """A message in quarantine, with its content."""
    return Answer(quarantine.view(resources.db, call.path["entry"]))


def replay_many(resources: Resources, call: Call[NoQuery, ReplayMany]) -> Answer:
    """Publish all that is in quarantine for a reason again, some at a time."""
    doing = _doing(call, Action.REPLAY)
    return Answer(quarantine.replay_many(resources.db, resources.publish, call.body, doing))


def replay(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Publish a message in quarantine again."""
    doing = _doing(call, Action.REPLAY)
    found = quarantine.replay(resources.db, resources.publish, call.path["entry"], doing)
    return Answer(found)


def release(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Publish a message again, and accept what it was held back for."""
    doing = _doing(call, Action.RELEASE, call.body.reason)
    found = quarantine.replay(resources.db, resources.publish, call.path["entry"], doing)
    return Answer(found)


def discard(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Say that a message in quarantine is not needed."""
    doing = _doing(call, Action.DISCARD, call.body.reason)
    return Answer(quarantine.discard(resources.db, call.path["entry"], doing))


def list_waiting(resources: Resources, call: Call[WaitingQuery, NoBody]) -> Answer:
    """A page of what waits for something that SAP has not sent."""
    return Answer(waiting.list_waiting(resources.db, call.query))


def get_waiting(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """A message that waits, with its content."""
    return Answer(waiting.view(resources.db, call.path["entry"]))


def replay_waiting(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Publish a message that waits again, whether or not that has come."""
    doing = _doing(call, Action.REPLAY)
    return Answer(waiting.replay(resources.db, resources.replay, call.path["entry"], doing))


def discard_waiting(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Say that a message that waits is not needed."""
    doing = _doing(call, Action.DISCARD, call.body.reason)
    return Answer(waiting.discard(resources.db, call.path["entry"], doing))


def list_dead_letters(resources: Resources, call: Call[DeadLetterQuery, NoBody]) -> Answer:
    """Messages that could not be delivered, up to a number of each topic."""
    return Answer(dead_letters.list_dead(resources.dead_letters, call.query))


def get_dead_letter(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """A dead letter, with its content."""
    return Answer(dead_letters.view(resources.dead_letters, call.path["entry"]))


def replay_dead_letter(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Publish a dead letter to its topic again."""
    doing = _doing(call, Action.REPLAY)
    letters = resources.dead_letters
    return Answer(dead_letters.replay(resources.db, letters, call.path["entry"], doing))


def discard_dead_letter(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Take a dead letter away that is not needed."""
    doing = _doing(call, Action.DISCARD, call.body.reason)
    letters = resources.dead_letters
    return Answer(dead_letters.discard(resources.db, letters, call.path["entry"], doing))


def list_orders(resources: Resources, call: Call[HandoverQuery, NoBody]) -> Answer:
    """A page of orders or changes by how far they are on their way to SAP."""
    return Answer(orders.list_orders(resources.db, call.query))


def get_order(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """An order on its way to SAP, with all that was tried."""
    return Answer(orders.view(resources.db, call.path["number"], call.now))


def retry(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Hand an order that waits over now."""
    return _decide(resources, call, Action.RETRY)


def resend(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Hand an order over again that was parked, or that SAP has not got."""
    return _decide(resources, call, Action.RESEND)


def accept(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Accept an order as SAP has it, at another price."""
    return _decide(resources, call, Action.ACCEPT)


def reject(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Reject an order that SAP refuses."""
    return _decide(resources, call, Action.REJECT)


def park(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Have an order that waits for SAP wait for a person."""
    return _decide(resources, call, Action.PARK)


def cancel(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Cancel an order, here or in SAP."""
    return _decide(resources, call, Action.CANCEL)


def get_circuit(resources: Resources, _: Call[NoQuery, NoBody]) -> Answer:
    """Whether SAP is called."""
    return Answer(_circuit(resources, circuit.read_circuit(resources.db, resources.system)))


def call_again(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Have SAP called again after it refused a log-on, or before the pause is over."""
    person = call.person
    after = circuit.release(resources.db, resources.system, person.name, call.now, uid=person.uid)
    return Answer(_circuit(resources, after))


def list_shared_gtins(resources: Resources, call: Call[SharedGtinQuery, NoBody]) -> Answer:
    """A page of GTINs that several articles have."""
    return Answer(shared_gtins.list_shared(resources.db, call.query, call.locale))


def list_done(resources: Resources, call: Call[DeskAuditQuery, NoBody]) -> Answer:
    """A page of the audit: who did what."""
    return Answer(history.list_done(resources.db, call.query))


def get_audit_csv(resources: Resources, call: Call[DeskAuditSearch, NoBody]) -> Answer:
    """The audit for other programs."""
    return history.done_file(resources.db, call.query, CSV, call.locale)


def get_audit_xlsx(resources: Resources, call: Call[DeskAuditSearch, NoBody]) -> Answer:
    """The audit for spreadsheets."""
    return history.done_file(resources.db, call.query, XLSX, call.locale)


def list_runs(resources: Resources, call: Call[PageQuery, NoBody]) -> Answer:
    """A page of the reconciliation's runs."""
    return Answer(reconciling.list_runs(resources.db, call.query))


def start_run(resources: Resources, call: Call[NoQuery, StartRun]) -> Answer:
    """Have orders compared with SAP's."""
    doing = _doing(call, Action.RECONCILE)
    return Answer(reconciling.start(resources.db, resources.system, call.body, doing), status=201)


def get_run(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """A run of the reconciliation."""
    return Answer(reconciling.view_run(resources.db, call.path["entry"]))


def list_snapshots(resources: Resources, call: Call[PageQuery, NoBody]) -> Answer:
    """A page of SAP's full snapshots."""
    return Answer(snapshots.list_snapshots(resources.db, call.query))


def get_snapshot(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """A full snapshot of SAP's."""
    return Answer(snapshots.view_snapshot(resources.db, call.path["entry"]))


def list_differences(resources: Resources, call: Call[DifferenceQuery, NoBody]) -> Answer:
    """A page of what differs from SAP's."""
    return Answer(reconciling.list_differences(resources.db, call.query))


def get_difference(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """What differs of an order, a customer or prices, with both sides."""
    return Answer(reconciling.view_difference(resources.db, call.path["number"]))


def take_saps(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Decide that SAP's side of a difference becomes ours."""
    return _choose(resources, call, Choice.TAKE, Action.TAKE)


def send_ours(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Decide that an order that SAP has no more is handed over again."""
    return _choose(resources, call, Choice.RESEND, Action.RESEND)


def settle(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """Decide that both sides of a difference stay as they are."""
    return _choose(resources, call, Choice.SETTLE, Action.SETTLE)


def _choose(
    resources: Resources, call: Call[NoQuery, Why], choice: Choice, action: Action
) -> Answer:
    doing = _doing(call, action, call.body.reason)
    return Answer(reconciling.decide(resources.db, call.path["number"], choice, doing))


def _decide(
    resources: Resources, call: Call[NoQuery, Why] | Call[NoQuery, NoBody], action: Action
) -> Answer:
    reason = call.body.reason if isinstance(call.body, Why) else ""
    doing = _doing(call, action, reason)
    return Answer(orders.decide(resources.db, resources.enqueue, call.path["number"], doing))


def _circuit(resources: Resources, known: Circuit) -> CircuitView:
    return CircuitView(**known.model_dump(), system=resources.system)


def _doing(call: Call[Any, Any], action: Action, reason: str = "") -> Doing:
    return Doing(call.person, action, call.now, reason)
