"""The routes of the desk: each parses, calls one use case, and maps its answer."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from google.cloud.firestore import Client

from functions.operations import history, orders, quarantine
from functions.operations.doing import Doing
from functions.operations.messages import day_of
from functions.operations.orders import Enqueue
from functions.operations.quarantine import Publish
from functions.operations.schema import (
    AuditPage,
    AuditQuery,
    CircuitView,
    DayQuery,
    HandoverPage,
    HandoverQuery,
    MessageDay,
    OrderView,
    QuarantinePage,
    QuarantineQuery,
    QuarantineView,
    Replayed,
    ReplayMany,
    Why,
)
from shared.audit import Action
from shared.day import day_in
from shared.http.route import Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import BRAND_ADMINS, OPERATORS
from shared.sap import circuit
from shared.sap.circuit import Circuit


@dataclass(frozen=True)
class Resources:
    """What the handlers work with: documents, the source system's name, Pub/Sub, and the queue of
    exports."""

    db: Client
    system: str
    publish: Publish
    enqueue: Enqueue


def get_messages(resources: Resources, call: Call[DayQuery, NoBody]) -> Answer:
    """What became of SAP's messages on a day."""
    return Answer(day_of(resources.db, call.query.day or day_in(UTC, call.now)))


def list_quarantine(resources: Resources, call: Call[QuarantineQuery, NoBody]) -> Answer:
    """What SAP sent and could not be taken in."""
    return Answer(quarantine.list_open(resources.db, call.query, call.now))


def get_quarantined(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """One of it, with the message."""
    return Answer(quarantine.view(resources.db, call.path["entry"]))


def replay_many(resources: Resources, call: Call[NoQuery, ReplayMany]) -> Answer:
    """All of a reason."""
    doing = _doing(call, Action.REPLAY)
    return Answer(quarantine.replay_many(resources.db, resources.publish, call.body, doing))


def replay(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """One."""
    doing = _doing(call, Action.REPLAY)
    found = quarantine.replay(resources.db, resources.publish, call.path["entry"], doing)
    return Answer(found)


def release(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """One that was held back, as accepted."""
    doing = _doing(call, Action.RELEASE, call.body.reason)
    found = quarantine.replay(resources.db, resources.publish, call.path["entry"], doing)
    return Answer(found)


def discard(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """One that is not needed."""
    doing = _doing(call, Action.DISCARD, call.body.reason)
    return Answer(quarantine.discard(resources.db, call.path["entry"], doing))


def list_orders(resources: Resources, call: Call[HandoverQuery, NoBody]) -> Answer:
    """Orders by how far they are."""
    return Answer(orders.list_orders(resources.db, call.query))


def get_order(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """One, with all that was tried."""
    return Answer(orders.view(resources.db, call.path["number"], call.now))


def retry(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Now."""
    doing = _doing(call, Action.RETRY)
    found = orders.retry(resources.db, resources.enqueue, call.path["number"], doing)
    return Answer(found)


def resend(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """One that was parked, or that SAP has not got."""
    return _decide(resources, call, Action.RESEND)


def accept(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """One that SAP has at another price."""
    return _decide(resources, call, Action.ACCEPT)


def reject(resources: Resources, call: Call[NoQuery, Why]) -> Answer:
    """One that SAP refuses."""
    return _decide(resources, call, Action.REJECT)


def get_circuit(resources: Resources, _: Call[NoQuery, NoBody]) -> Answer:
    """Whether SAP is called."""
    return Answer(_circuit(resources, circuit.read_circuit(resources.db, resources.system)))


def call_again(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """After a log-on was refused, or before the pause is over."""
    person = call.person
    after = circuit.release(resources.db, resources.system, person.name, call.now, uid=person.uid)
    return Answer(_circuit(resources, after))


def list_done(resources: Resources, call: Call[AuditQuery, NoBody]) -> Answer:
    """Who did what."""
    return Answer(history.list_done(resources.db, call.query))


def _decide(resources: Resources, call: Call[NoQuery, Why], action: Action) -> Answer:
    doing = _doing(call, action, call.body.reason)
    return Answer(orders.decide(resources.db, resources.enqueue, call.path["number"], doing))


def _circuit(resources: Resources, known: Circuit) -> CircuitView:
    return CircuitView(**known.model_dump(), system=resources.system)


def _doing(call: Call[Any, Any], action: Action, reason: str = "") -> Doing:
    return Doing(call.person, action, call.now, reason)


SERVICE: Service[Resources] = Service(
    name="operations",
    version="1.0.0",
    routes=(
        Route(
            method="GET",
            path="/messages",
            handler=get_messages,
            access=OPERATORS,
            summary="What became of SAP's messages on a day, by family",
            answer=MessageDay,
            query=DayQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/quarantine",
            handler=list_quarantine,
            access=OPERATORS,
            summary="Messages of SAP's that could not be taken in, by pages",
            answer=QuarantinePage,
            query=QuarantineQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="/replays",
            handler=replay_many,
            access=OPERATORS,
            summary="Publish all messages of a reason again, some at a time",
            answer=Replayed,
            query=NoQuery,
            body=ReplayMany,
        ),
        Route(
            method="GET",
            path="/quarantine/<entry>",
            handler=get_quarantined,
            access=OPERATORS,
            summary="One message with its content and the places of its faults",
            answer=QuarantineView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="/quarantine/<entry>/replay",
            handler=replay,
            access=OPERATORS,
            summary="Publish a message again",
            answer=QuarantineView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="/quarantine/<entry>/release",
            handler=release,
            access=OPERATORS,
            summary="Publish a price that was held back, as accepted",
            answer=QuarantineView,
            query=NoQuery,
            body=Why,
        ),
        Route(
            method="POST",
            path="/quarantine/<entry>/discard",
            handler=discard,
            access=OPERATORS,
            summary="Say that a message is not needed",
            answer=QuarantineView,
            query=NoQuery,
            body=Why,
        ),
        Route(
            method="GET",
            path="/orders",
            handler=list_orders,
            access=OPERATORS,
            summary="Orders of all companies by how far their hand-over to SAP is, by pages",
            answer=HandoverPage,
            query=HandoverQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/orders/<number>",
            handler=get_order,
            access=OPERATORS,
            summary="One order's hand-over with every attempt",
            answer=OrderView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="/orders/<number>/retry",
            handler=retry,
            access=OPERATORS,
            summary="Hand an order, or its change, over now",
            answer=OrderView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="/orders/<number>/resend",
            handler=resend,
            access=OPERATORS,
            summary="Send an order that is parked, or that SAP has not got, or its change, again",
            answer=OrderView,
            query=NoQuery,
            body=Why,
        ),
        Route(
            method="POST",
            path="/orders/<number>/accept",
            handler=accept,
            access=OPERATORS,
            summary="Leave an order in SAP at SAP's price",
            answer=OrderView,
            query=NoQuery,
            body=Why,
        ),
        Route(
            method="POST",
            path="/orders/<number>/reject",
            handler=reject,
            access=OPERATORS,
            summary="Reject an order that SAP refuses, or take its change back; the buyer reads why",
            answer=OrderView,
            query=NoQuery,
            body=Why,
        ),
        Route(
            method="GET",
            path="/circuit",
            handler=get_circuit,
            access=OPERATORS,
            summary="Whether SAP is called, and since when it is away",
            answer=CircuitView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="/circuit/release",
            handler=call_again,
            access=OPERATORS,
            summary="Have SAP called again at once",
            answer=CircuitView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/audit",
            handler=list_done,
            access=BRAND_ADMINS,
            summary="What was done at the desk, by pages",
            answer=AuditPage,
            query=AuditQuery,
            body=NoBody,
        ),
    ),
)
