"""What waits for something that has not come, seen and dealt with at the desk."""

from datetime import timedelta
from typing import Any

from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

from shared.event.awaiting import keep_waiting
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, Result
from shared.event.verdict import Verdict
from shared.sap.part import Part
from tests.factories.assortment import NOW
from tests.factories.sap import PUBLISHED_AT, stamp
from tests.integration.functions.operations.conftest import Ask


def _keep(db: Client, object_: str, awaits: str, kind: str = "COND_A", minutes: int = 0) -> str:
    message = SapMessage("7", "sap-prices", b"", {"sender": "S4"}, PUBLISHED_AT)
    content = {"IDOCS": [{"E1KOMG": [{"MATNR": object_}]}]}
    part = Part("IDOCS/0", kind, "1", object_, stamp(1), content=content)
    names = frozenset({awaits})
    result = Result(part, Verdict.WAITING, [f"IDOCS/0: {awaits}"], names, is_stored=False)
    keep_waiting(db, message, MessageOutcome([result]), NOW - timedelta(minutes=minutes))
    wanted = [one.id for one in db.collection("waiting").stream() if one.get("object") == object_]
    return str(wanted[0])


def _entries(ask: Ask, query: str = "") -> list[str]:
    return [one["object"] for one in ask("GET", f"/waiting?{query}").body["items"]]


def _done(ask: Ask) -> list[Any]:
    items = ask("GET", "/audit", role="brand_admin").body["items"]
    return [(one["action"], one["object"], one["by"], one["reason"]) for one in items]


def test_it_is_listed_by_family_by_what_it_waits_for_and_by_age(
    firestore: Client, ask: Ask
) -> None:
    old = _keep(firestore, "COND_A 1", "article 10123", minutes=3)
    _keep(firestore, "COND_A 2", "unit 10200", minutes=2)
    _keep(firestore, "stock 10300 XX99", "plant XX99", kind="stock", minutes=1)
    firestore.document(f"waiting/{old}").update({"is_old": True})
    assert _entries(ask) == ["stock 10300 XX99", "COND_A 2", "COND_A 1"]
    assert _entries(ask, "family=COND_A") == ["COND_A 2", "COND_A 1"]
    assert _entries(ask, "waits_for=plant") == ["stock 10300 XX99"]
    assert _entries(ask, "waits_for=article&key=0123") == ["COND_A 1"]
    assert _entries(ask, "waits_for=unit&key=0123") == []
    assert _entries(ask, "old=true") == ["COND_A 1"]
    first = ask("GET", "/waiting?limit=2").body
    rest = ask("GET", f"/waiting?limit=2&cursor={first['next']}").body
    assert ([one["object"] for one in rest["items"]], rest["next"]) == (["COND_A 1"], None)
    day = ask("GET", "/messages").body
    assert (day["waiting"], day["old"]) == (3, 1)


def test_one_is_shown_with_its_content(firestore: Client, ask: Ask) -> None:
    id_ = _keep(firestore, "COND_A 1", "article 10123")
    view = ask("GET", f"/waiting/{id_}").body
    assert (view["awaits"], view["is_open"]) == (["article 10123"], True)
    assert any("MATNR" in line for line in view["message"]["lines"])
    assert ask("GET", "/waiting/nothing").status == 404


def test_a_replay_publishes_it_and_it_waits_until_it_is_applied(
    firestore: Client, ask: Ask
) -> None:
    publisher, subscriber = PublisherClient(), SubscriberClient()
    topic = publisher.topic_path(firestore.project, "sap-prices")
    subscription = subscriber.subscription_path(firestore.project, "seen")
    publisher.create_topic(name=topic)
    subscriber.create_subscription(name=subscription, topic=topic)
    id_ = _keep(firestore, "COND_A 1", "article 10123")
    view = ask("POST", f"/waiting/{id_}/replay").body
    [received] = subscriber.pull(subscription=subscription, max_messages=5).received_messages
    assert view["replayed_as"] == received.message.message_id
    assert b"E1KOMG" in received.message.data
    assert _entries(ask) == ["COND_A 1"]
    assert _done(ask) == [("replay", f"waiting/{id_}", "Maria", "")]


def test_what_is_discarded_waits_no_more_and_is_told(firestore: Client, ask: Ask) -> None:
    id_ = _keep(firestore, "COND_A 1", "article 10123")
    why = {"reason": "An article of another brand"}
    view = ask("POST", f"/waiting/{id_}/discard", why).body
    assert view["discarded"]["reason"] == why["reason"]
    assert _entries(ask) == []
    for path, body in (("discard", why), ("replay", None)):
        reply = ask("POST", f"/waiting/{id_}/{path}", body)
        assert (reply.status, reply.body["code"]) == (409, "not_waiting")
    assert _done(ask) == [("discard", f"waiting/{id_}", "Maria", why["reason"])]
