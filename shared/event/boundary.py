"""What every function that SAP's messages come to does around its own work.

The answer decides what Pub/Sub does next: a return acknowledges; any exception is a 4xx
or 5xx, so the message comes again and in the end goes to the dead-letter topic.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from flask import Request, abort
from google.cloud.firestore import Client

from shared.event.awaiting import come_meanwhile, keep_waiting, settle
from shared.event.counting import by_family, count, lag
from shared.event.keeping import keep, shorten
from shared.event.mending import mend
from shared.event.message import NotAPushError, SapMessage, read_message
from shared.event.outcome import MessageOutcome, whole
from shared.event.passing import PASSING, why
from shared.event.verdict import Verdict
from shared.identity.tokens import (
    CertificatesUnavailableError,
    InvalidTokenError,
    VerifyMachine,
    verify_machine,
)
from shared.sap.fault import UntranslatableMessageError
from shared.sap.source_system import SourceSystem, SourceSystemSettings
from shared.settings import InternalFunctionSettings
from shared.telemetry import bind_request, configure_logging

Apply = Callable[[Client, SourceSystem, SapMessage], MessageOutcome]


class EventFunctionSettings(InternalFunctionSettings, SourceSystemSettings):
    """What every function reads that SAP's messages come to."""


@dataclass(frozen=True)
class Receiver:
    """What receives the messages of one topic."""

    db: Client
    verify: VerifyMachine
    topic: str
    system: SourceSystem
    apply: Apply


def connect(settings: type[EventFunctionSettings], topic: str, apply: Apply) -> Receiver:
    """A receiver from the environment; `apply` must bear any message twice and in any order."""
    known = settings.load(os.environ)
    configure_logging(known.google_cloud_project, known.log_level)
    db = Client(project=known.google_cloud_project, database=known.firestore_database)
    return Receiver(db, verify_machine(known), topic, known.source_system, apply)


def receive(receiver: Receiver, request: Request) -> tuple[str, int]:
    """Apply the message that the request pushes; what of it can never succeed is quarantined.

    Nothing of the request is parsed before its caller is known. Returns an empty answer.

    Raises:
        werkzeug.exceptions.HTTPException: nobody, or the wrong one, called; or no Pub/Sub.
        Exception: whatever came from a fault that passes; the message comes again.
    """
    bind_request()
    _authenticate(receiver.verify, request)
    if request.method != "POST":
        abort(405)
    try:
        message = read_message(request.get_data(), receiver.topic)
    except NotAPushError:
        abort(400)
    structlog.contextvars.bind_contextvars(topic=message.topic, message_id=message.id)
    try:
        take(receiver, message)
    except Exception:
        # functions-framework would only print it, without topic, message and trace.
        structlog.get_logger().exception("not applied, comes again")
        raise
    return "", 204


def take(receiver: Receiver, message: SapMessage) -> None:
    """Apply a message, keep what of it can't be applied or waits, and count it.

    Raises:
        Exception: whatever came from a fault that passes; the message comes again.
    """
    outcome = _apply(receiver, message)
    if outcome.waiting:
        outcome = keep_waiting(receiver.db, message, outcome, datetime.now(UTC))
        # What came after it was looked for, and before this was kept, woke nobody.
        outcome = come_meanwhile(message, outcome, _apply(receiver, message))
    _settle(receiver.db, message, outcome)


def _apply(receiver: Receiver, message: SapMessage) -> MessageOutcome:
    try:
        return receiver.apply(receiver.db, receiver.system, message)
    except PASSING:
        raise
    except UntranslatableMessageError as error:
        return whole(error.reasons, message.data)
    except Exception as error:  # noqa: BLE001 (what does not pass, comes again for ever)
        structlog.get_logger().warning("not understood", exc_info=True)
        return whole([why(error)], message.data)


def _settle(db: Client, message: SapMessage, outcome: MessageOutcome) -> None:
    """Keep what failed, close what is mended or waits no more, count everything, and say so.

    What a message that comes again brings in vain was told and counted before.
    """
    log = structlog.get_logger()
    known = keep(db, message, outcome)
    mended = mend(db, message, outcome)
    now = datetime.now(UTC)
    ended = settle(db, message, outcome, now)
    outcome = outcome.with_known(known)
    count(db, message, outcome, now)
    verdicts = Counter(one.verdict.value for one in outcome.results)
    stamps = Counter(one.part.stamp_source for one in outcome.results if one.part.stamp_source)
    for family, results in by_family(outcome).items():
        for verdict, number in Counter(one.verdict.value for one in results).items():
            log.info("counted", family=family, verdict=verdict, parts=number)
        if (late := lag(results, now)) is not None:
            log.info("lag", family=family, lag_seconds=round(late))
    if len(outcome.quarantined) < len(outcome.results):
        log.info(
            "applied",
            documents=outcome.documents,
            mended=mended,
            waited=ended,
            received=len(outcome.results),
            stamps=dict(stamps),
            verdicts=dict(verdicts),
        )
    if verdicts[Verdict.CONFLICT.value]:
        places = [one.part.place for one in outcome.results if one.verdict is Verdict.CONFLICT]
        log.error("same stamp, other content", places=places[:20])
    if outcome.quarantined:
        log.error("quarantined", reasons=shorten(outcome.reasons[:20]))


def _authenticate(verify: VerifyMachine, request: Request) -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        abort(401)
    try:
        verify(token)
    except InvalidTokenError:
        abort(403)
    except CertificatesUnavailableError:
        abort(503)
