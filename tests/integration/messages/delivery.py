"""Messages as Pub/Sub pushes them to the function of their topic, in this process."""

from collections.abc import Mapping
from importlib import import_module

import flask
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from emulators.local.plan import TOPIC_TO_FUNCTION
from shared.event.boundary import Receiver, receive
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome
from shared.sap.source_system import SourceSystem
from tests.factories.sap import push_body

_APP = flask.Flask(__name__)

_UNFORESEEN = ("not understood", "not translated")


def deliver(
    db: Client,
    system: SourceSystem,
    topic: str,
    data: bytes,
    message_id: str = "1",
    attributes: Mapping[str, str] | None = None,
) -> MessageOutcome | None:
    """What became of a message; None where it could not be read at all.

    Raises:
        AssertionError: it would come again, or nobody foresaw what is wrong with it: then it is in
            quarantine, but the reason tells SAP's people nothing.
    """
    handler = import_module(f"functions.{TOPIC_TO_FUNCTION[topic]}.handler")
    seen: list[MessageOutcome] = []

    def apply(db: Client, system: SourceSystem, message: SapMessage) -> MessageOutcome:
        found = handler.apply(db, system, message)
        seen.append(found[0] if isinstance(found, tuple) else found)
        return seen[-1]

    receiver = Receiver(db, lambda _: None, topic, system, apply)
    body = push_body(data, message_id, topic)
    body["message"]["attributes"] = dict(attributes or {})
    headers = {"Authorization": "Bearer of Pub/Sub"}
    with (
        _APP.test_request_context(method="POST", json=body, headers=headers),
        capture_logs() as logged,
    ):
        assert receive(receiver, flask.request) == ("", 204)
    assert not [line for line in logged if line["event"] in _UNFORESEEN]
    return seen[0] if seen else None
