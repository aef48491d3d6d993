"""The desk on the command line, against the emulators of Firestore and Pub/Sub."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

from infra.desk import main
from shared.event.awaiting import keep_waiting
from shared.event.counting import count
from shared.event.keeping import keep
from shared.event.message import EXCERPT, FIRST_PUBLISHED, RELEASED, SapMessage
from shared.event.outcome import MessageOutcome, Result, whole
from shared.event.verdict import Verdict
from shared.sap.fields import read_stamp
from shared.sap.part import Part
from shared.store import to_document
from shared.style.shared_gtin import GtinArticle, SharedGtin, reference
from tests.factories.sap import PUBLISHED_AT, stamp

MESSAGE = SapMessage("77", "sap-prices", b'{"IDOCS": []}', {"sender": "S4"}, PUBLISHED_AT)
FIRST = {FIRST_PUBLISHED: PUBLISHED_AT.isoformat()}


@pytest.fixture
def seen(pubsub_host: str, project_id: str) -> tuple[SubscriberClient, str]:
    """What sees the messages that come to sap-prices."""
    publisher, subscriber = PublisherClient(), SubscriberClient()
    topic = publisher.topic_path(project_id, "sap-prices")
    subscription = subscriber.subscription_path(project_id, "seen")
    publisher.create_topic(name=topic)
    subscriber.create_subscription(name=subscription, topic=topic)
    return subscriber, subscription


def _attributes(seen: tuple[SubscriberClient, str]) -> dict[str, str]:
    subscriber, subscription = seen
    [received] = subscriber.pull(subscription=subscription, max_messages=5).received_messages
    subscriber.acknowledge(subscription=subscription, ack_ids=[received.ack_id])
    return dict(received.message.attributes)


def _audit(db: Client) -> list[dict[str, Any]]:
    told = [one.to_dict() or {} for one in db.collection("audit").order_by("at").stream()]
    return [{name: one[name] for name in ("by", "action", "object", "reason")} for one in told]


def _waits(db: Client) -> str:
    part = Part("IDOCS/0 (COND_A 1)", "COND_A", "1", "COND_A 1", stamp(1), content={"IDOCS": [{}]})
    awaits = frozenset({"article 10123"})
    result = Result(part, Verdict.WAITING, ["not there"], awaits, is_stored=False)
    keep_waiting(db, MESSAGE, MessageOutcome([result]), datetime.now(UTC))
    [found] = db.collection("waiting").stream()
    return str(found.id)


def test_a_message_in_quarantine_is_listed_replayed_released_and_discarded(
    firestore: Client,
    project_id: str,
    seen: tuple[SubscriberClient, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number in ("77", "78", "79"):
        message = SapMessage(number, "sap-prices", MESSAGE.data, {"sender": "S4"}, PUBLISHED_AT)
        keep(firestore, message, whole(["held back: 0.00 EUR"], message.data))
    where = ["--project", project_id]
    signed = [*where, "--by", "Maria Berg"]
    assert main(["quarantine", "list", *where]) == 0
    listed = [json.loads(line)["entry"] for line in capsys.readouterr().out.splitlines()]
    assert sorted(listed) == ["sap-prices.77", "sap-prices.78", "sap-prices.79"]
    assert main(["quarantine", "list", *where, "--says", "no article"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["quarantine", "show", *where, "sap-prices.77"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["reasons"] == ["held back: 0.00 EUR"]
    assert "".join(line.strip() for line in shown["message"]["lines"]) == '{"IDOCS": []}'
    assert main(["quarantine", "replay", *signed, "sap-prices.77", "sap-prices.1"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "sap-prices.77 published again\n"
    assert "sap-prices.1" in captured.err
    assert _attributes(seen) == {"sender": "S4", **FIRST}
    why = ["--reason", "It is meant"]
    assert main(["quarantine", "release", *signed, *why, "sap-prices.78"]) == 0
    assert _attributes(seen) == {"sender": "S4", RELEASED: "true", **FIRST}
    discard = ["quarantine", "discard", *signed, "--reason", "A test", "sap-prices.79"]
    assert main(discard) == 0
    assert main(discard) == 1
    assert _audit(firestore) == [
        {"by": "Maria Berg", "action": action, "object": f"quarantine/{id_}", "reason": reason}
        for action, id_, reason in (
            ("replay", "sap-prices~77", ""),
            ("release", "sap-prices~78", "It is meant"),
            ("discard", "sap-prices~79", "A test"),
        )
    ]


def test_all_of_a_reason_are_replayed_and_told_of_in_the_audit(
    firestore: Client,
    project_id: str,
    seen: tuple[SubscriberClient, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number, reason in (("77", "no article 1"), ("78", "no article 2"), ("79", "no price")):
        message = SapMessage(number, "sap-prices", MESSAGE.data, {}, PUBLISHED_AT)
        keep(firestore, message, whole([reason], message.data))
    where = ["--project", project_id]
    signed = [*where, "--by", "Maria Berg"]
    assert main(["quarantine", "replay-all", *signed, "--says", "No Article"]) == 0
    assert capsys.readouterr().out == "2 published again\n"
    assert main(["quarantine", "list", *where]) == 0
    [left] = map(json.loads, capsys.readouterr().out.splitlines())
    assert left["reasons"] == ["no price"]
    assert main(["audit", "list", *where, "--action", "replay"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(one["object"] for one in told) == [
        "quarantine/sap-prices~77",
        "quarantine/sap-prices~78",
    ]
    assert main(["audit", "list", *where, "--action", "discard"]) == 0
    assert capsys.readouterr().out == ""


def test_the_counters_of_a_day_are_shown_with_the_lag_of_who_fell_silent(
    firestore: Client, project_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC)
    part = Part("IDOCS/0", "COND_A", "1", "COND_A 1", stamp(1))
    outcome = MessageOutcome([Result(part, Verdict.APPLIED)])
    count(firestore, MESSAGE, outcome, now - timedelta(days=2))
    where = ["--project", project_id]
    assert main(["messages", "show", *where]) == 0
    [family] = json.loads(capsys.readouterr().out)["families"]
    said = (now - read_stamp(stamp(1))).total_seconds()
    assert (family["family"], family["received"]) == ("COND_A", 0)
    assert 0 <= family["lag"] - said < 60
    then = f"{now - timedelta(days=2):%Y-%m-%d}"
    assert main(["messages", "show", *where, "--day", then]) == 0
    [family] = json.loads(capsys.readouterr().out)["families"]
    assert (family["applied"], family["lag"]) == (1, None)


def test_what_waits_is_listed_replayed_and_discarded(
    firestore: Client,
    project_id: str,
    seen: tuple[SubscriberClient, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    id_ = _waits(firestore)
    where = ["--project", project_id]
    signed = [*where, "--by", "Maria Berg"]
    assert main(["waiting", "list", *where]) == 0
    [found] = map(json.loads, capsys.readouterr().out.splitlines())
    assert (found["entry"], found["awaits"]) == (id_, ["article 10123"])
    assert main(["waiting", "show", *where, id_]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["entry"], shown["message"]["format"]) == (id_, "json")
    assert main(["waiting", "replay", *signed, id_]) == 0
    assert _attributes(seen) == {"sender": "S4", EXCERPT: "true", **FIRST}
    # It waits until it is applied.
    assert main(["waiting", "discard", *signed, "--reason", "A test", id_]) == 0
    capsys.readouterr()
    assert main(["waiting", "list", *where]) == 0
    assert capsys.readouterr().out == ""
    assert [(one["action"], one["object"]) for one in _audit(firestore)] == [
        ("replay", f"waiting/{id_}"),
        ("discard", f"waiting/{id_}"),
    ]
    # A redelivery of what was discarded does not wait again; a newer message of it does.
    assert _waits(firestore) == id_
    assert main(["waiting", "list", *where]) == 0
    assert capsys.readouterr().out == ""


def test_gtins_of_several_articles_are_listed(
    firestore: Client, project_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = [GtinArticle(style="10123", article="1"), GtinArticle(style="10200", article="2")]
    entry = SharedGtin(gtin="4006381333931", articles=articles, article_count=2, since=PUBLISHED_AT)
    reference(firestore, entry.gtin).set(to_document(entry))
    assert main(["shared-gtins", "list", "--project", project_id]) == 0
    assert SharedGtin.model_validate_json(capsys.readouterr().out) == entry
