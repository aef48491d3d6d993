"""What SAP sent and could not be taken in, seen and dealt with at the desk."""

import json
from datetime import timedelta
from typing import Any

from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

from shared import paging
from shared.event.counting import count
from shared.event.keeping import keep
from shared.event.message import RELEASED, SapMessage
from shared.event.outcome import MessageOutcome, Result, whole
from shared.event.quarantine import list_open
from shared.event.verdict import Verdict
from shared.sap.part import Part
from tests.factories.assortment import NOW
from tests.factories.sap import PUBLISHED_AT
from tests.integration.functions.operations.conftest import Ask

DATA = json.dumps({"IDOCS": [{"EDI_DC40": {"MESTYP": "COND_A"}, "E1KOMG": [{"MATNR": "?"}]}]})
FAULT = "IDOCS/0 (COND_A 1): E1KOMG/0/MATNR: no such article"
HELD_BACK = "held back: VKORG of style 10123 from 2026-11-01: 0.00 EUR, was 25.00 EUR"


def _keep(db: Client, id_: str, reason: str = FAULT, topic: str = "sap-prices") -> str:
    message = SapMessage(id_, topic, DATA.encode(), {"sender": "S4"}, PUBLISHED_AT)
    keep(db, message, whole([reason], message.data))
    return f"/quarantine/{topic}.{id_}"


def _subscribed(project: str) -> tuple[SubscriberClient, str]:
    publisher, subscriber = PublisherClient(), SubscriberClient()
    topic = publisher.topic_path(project, "sap-prices")
    subscription = subscriber.subscription_path(project, "seen")
    publisher.create_topic(name=topic)
    subscriber.create_subscription(name=subscription, topic=topic)
    return subscriber, subscription


def _done(ask: Ask) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = ask("GET", "/audit", role="brand_admin").body["items"]
    told = ("action", "object", "by", "by_kind", "uid", "reason")
    return [{k: one[k] for k in told} for one in items]


def test_it_is_listed_by_topic_reason_and_age(firestore: Client, ask: Ask) -> None:
    _keep(firestore, "1")
    _keep(firestore, "2", topic="sap-products")
    _keep(firestore, "3", HELD_BACK)

    def found(query: str) -> set[str]:
        return {one["entry"] for one in ask("GET", f"/quarantine?{query}").body["items"]}

    assert found("") == {"sap-prices.1", "sap-products.2", "sap-prices.3"}
    assert found("topic=sap-prices") == {"sap-prices.1", "sap-prices.3"}
    assert found("says=NO SUCH") == {"sap-prices.1", "sap-products.2"}
    assert found("topic=sap-prices&says=no such") == {"sap-prices.1"}
    # The emulator's clock is the machine's; the desk's stands still long before.
    assert found("hours=1") == set()
    [held] = [
        one for one in ask("GET", "/quarantine?topic=sap-prices").body["items"] if one["held_back"]
    ]
    assert (held["reasons"], held["reason_count"]) == ([HELD_BACK], 1)


def test_pages_go_on_where_the_last_one_ended(
    firestore: Client, ask: Ask, monkeypatch: Any
) -> None:
    monkeypatch.setattr(paging, "MOST_READ", 4)
    for number in range(12):
        _keep(firestore, f"{number:02}", HELD_BACK if number % 4 == 0 else FAULT)
    for says, expected in (("", 12), ("held back", 3)):
        seen: list[str] = []
        cursor = ""
        while True:
            page = ask("GET", f"/quarantine?limit=2&says={says}{cursor}").body
            assert len(page["items"]) <= 2
            seen += [one["entry"] for one in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert len(seen) == len(set(seen)) == expected
        assert seen == sorted(seen, reverse=True)


def test_a_message_is_shown_with_the_place_of_its_fault(firestore: Client, ask: Ask) -> None:
    view = ask("GET", _keep(firestore, "1")).body
    assert (view["topic"], view["reasons"], view["is_open"]) == ("sap-prices", [FAULT], True)
    assert view["attributes"] == {"sender": "S4"}
    [mark] = view["message"]["marks"]
    assert view["message"]["lines"][mark["line"]].strip() == '"MATNR": "?"'


def test_an_idoc_of_a_packet_is_shown_for_itself(firestore: Client, ask: Ask) -> None:
    part = Part(
        "IDOCS/3 (COND_A 12)", "COND_A", "12", "COND_A X 1", content={"E1KOMG": [{"A": "?"}]}
    )
    outcome = MessageOutcome([Result(part, Verdict.QUARANTINED, ["E1KOMG/0/A: wrong"])])
    keep(firestore, SapMessage("1", "sap-prices", b"packet", {}, PUBLISHED_AT), outcome)
    [head] = ask("GET", "/quarantine").body["items"]
    assert (head["entry"], head["kind"]) == ("sap-prices.1.3", "COND_A")
    view = ask("GET", f"/quarantine/{head['entry']}").body
    assert (view["number"], view["place"]) == ("12", "IDOCS/3 (COND_A 12)")
    [mark] = view["message"]["marks"]
    assert view["message"]["lines"][mark["line"]].strip() == '"A": "?"'


def test_what_became_of_a_days_messages_is_counted(firestore: Client, ask: Ask) -> None:
    message = SapMessage("1", "sap-prices", b"", {}, PUBLISHED_AT)
    part = Part(kind="COND_A", stamp="20261122115900000000", content={"x": "y"})
    outcome = MessageOutcome(
        [Result(part, Verdict.APPLIED), Result(part, Verdict.QUARANTINED, ["x"])]
    )
    keep(firestore, message, outcome)
    count(firestore, message, outcome, NOW)
    told = ask("GET", "/messages").body
    [family] = told["families"]
    assert told["open"] == 1
    assert (family["family"], family["received"], family["applied"]) == ("COND_A", 2, 1)
    assert family["quarantined"] == 1
    assert family["latest_at"].startswith("2026-11-22T11:59:00")
    assert ask("GET", "/messages?day=2026-01-01").body["families"] == []


def test_a_replay_publishes_it_and_closes_the_entry(
    firestore: Client, ask: Ask, project_id: str
) -> None:
    subscriber, subscription = _subscribed(project_id)
    path = _keep(firestore, "1")
    view = ask("POST", f"{path}/replay").body
    [received] = subscriber.pull(subscription=subscription, max_messages=5).received_messages
    assert received.message.data == DATA.encode()
    assert (view["is_open"], view["replayed_as"]) == (False, received.message.message_id)
    assert ask("GET", "/quarantine").body["items"] == []
    again = ask("POST", f"{path}/replay")
    assert (again.status, again.body["code"]) == (409, "not_open")
    told = {
        "action": "replay",
        "object": "quarantine/sap-prices~1",
        "by": "Maria",
        "by_kind": "brand",
        "uid": "maria",
    }
    assert _done(ask) == [told | {"reason": ""}]


def test_only_what_is_held_back_is_released(firestore: Client, ask: Ask, project_id: str) -> None:
    subscriber, subscription = _subscribed(project_id)
    why = {"reason": "Sale from Monday"}
    refused = ask("POST", f"{_keep(firestore, '1')}/release", why)
    assert (refused.status, refused.body["code"]) == (409, "not_held_back")
    assert ask("POST", f"{_keep(firestore, '2', HELD_BACK)}/release", why).status == 200
    [received] = subscriber.pull(subscription=subscription, max_messages=5).received_messages
    assert received.message.attributes[RELEASED] == "true"
    [told] = _done(ask)
    assert (told["action"], told["reason"]) == ("release", "Sale from Monday")


def test_all_of_a_reason_are_replayed_and_no_others(
    firestore: Client, ask: Ask, project_id: str
) -> None:
    subscriber, subscription = _subscribed(project_id)
    for number in range(3):
        _keep(firestore, str(number))
    _keep(firestore, "other", HELD_BACK)
    answer = ask("POST", "/replays", {"says": "no such article"}).body
    assert answer == {"count": 3, "more": False}
    received = subscriber.pull(subscription=subscription, max_messages=10).received_messages
    assert len(received) == 3
    [left] = ask("GET", "/quarantine").body["items"]
    assert left["entry"] == "sap-prices.other"
    assert len(_done(ask)) == 3


def test_a_discarded_message_is_kept_and_never_replayed(firestore: Client, ask: Ask) -> None:
    path = _keep(firestore, "1")
    view = ask("POST", f"{path}/discard", {"reason": "A test of SAP's"}).body
    assert (view["discarded"]["by"], view["discarded"]["by_kind"]) == ("Maria", "brand")
    assert (view["is_open"], view["discarded"]["reason"]) == (False, "A test of SAP's")
    assert ask("GET", "/quarantine").body["items"] == []
    # The command line lists the same.
    assert list(list_open(firestore)) == []
    for action, body in (("discard", {"reason": "x"}), ("replay", None)):
        assert ask("POST", f"{path}/{action}", body).status == 409
    assert [one["action"] for one in _done(ask)] == ["discard"]


def test_what_was_done_is_for_the_admins_and_kept_ten_years(firestore: Client, ask: Ask) -> None:
    ask("POST", f"{_keep(firestore, '1')}/discard", {"reason": "x"})
    assert ask("GET", "/audit").status == 403
    [entry] = [one.to_dict() or {} for one in firestore.collection("audit").stream()]
    assert entry["expires_at"] - entry["at"] > timedelta(days=3652)
    assert entry["expires_at"].strftime("%m-%d") == "01-01"
    page = ask("GET", "/audit?action=replay", role="brand_admin").body
    assert page == {"items": [], "next": None}
