"""What SAP publishes against what the functions take."""

import base64
import copy
import importlib
import json
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulators.local.plan import TOPIC_TO_FUNCTION
from emulators.sap.idoc import KINDS, master_messages
from emulators.sap.master import Data
from emulators.sap.ordering import KEYS, ordering_key
from emulators.sap.publisher import to_pubsub
from emulators.sap.stock import StockRow
from shared.event.message import SapMessage
from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import Idoc
from tests.factories.sap import ECC, PUBLISHED_AT
from tests.support.demo_world import demo_data
from tests.support.idocs import read_packet, stock
from tests.support.pushing import recorded
from tests.support.wait import wait_until

TOPICS = sorted(TOPIC_TO_FUNCTION)
IDOC_TOPICS = [topic for topic in TOPICS if topic != "sap-inventory"]


def _payload(topic: str) -> dict[str, Any]:
    data = base64.b64decode(recorded(topic)["message"]["data"])
    found: dict[str, Any] = json.loads(data)
    return found


def _translators(topic: str) -> dict[str, Callable[[Idoc], object]]:
    """What the function of a topic hands to `read_packet`: kind of IDoc to what reads it."""
    handler = importlib.import_module(f"functions.{TOPIC_TO_FUNCTION[topic]}.handler")
    nothing = UntranslatableMessageError([])
    with (
        patch.object(handler, "read_packet", side_effect=nothing) as asked,
        pytest.raises(UntranslatableMessageError),
    ):
        handler.apply(None, ECC, SapMessage("1", topic, b"", {}, PUBLISHED_AT))
    found: dict[str, Callable[[Idoc], object]] = asked.call_args.args[2]
    return found


def _reader(topic: str) -> Callable[[bytes], object]:
    if topic not in IDOC_TOPICS:
        return stock
    translators = _translators(topic)
    return lambda data: read_packet(data, ECC, translators)


@pytest.mark.parametrize("topic", IDOC_TOPICS)
def test_each_kind_that_a_function_reads_has_a_key_for_its_place_in_a_row(topic: str) -> None:
    assert set(_translators(topic)) <= set(KEYS)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in inside:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from _places(inner, (*path, key))


OTHERS: st.SearchStrategy[Any] = st.sampled_from(
    ["", "X", "-1", 12, 1.5, True, None, [], {}, [{}], {"A": "b"}, "20261122141800999999"]
)


@pytest.mark.parametrize("topic", TOPICS)
def test_whatever_is_changed_in_a_message_it_is_applied_or_its_faults_are_named(topic: str) -> None:
    original = _payload(topic)
    read, places = _reader(topic), list(_places(original))
    seen = {"applied": 0, "quarantined": 0}

    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(places), st.sampled_from(["drop", "set", "add"]), OTHERS)
    def try_out(place: tuple[Any, ...], how: str, other: Any) -> None:
        payload = copy.deepcopy(original)
        holder: Any = payload
        for key in place[:-1]:
            holder = holder[key]
        if how == "drop":
            del holder[place[-1]]
        elif how == "set":
            holder[place[-1]] = other
        elif isinstance(holder, dict):
            holder["ZNEW"] = other
        data = json.dumps(payload, ensure_ascii=False).encode()
        try:
            read(data)
        except UntranslatableMessageError:
            seen["quarantined"] += 1
        else:
            seen["applied"] += 1

    try_out()
    assert all(seen.values()), seen


def test_all_that_sap_publishes_arrives_with_its_key(pubsub_host: str, project_id: str) -> None:
    """Demo data in full, and a message of each topic about one record, through the topics."""
    demo = demo_data()
    parts = ("articles", "listings", "conditions", "customers", "credits", "stock")
    data = Data(**{name: getattr(demo, name) for name in parts})
    rows = [StockRow.from_sap(row) for row in demo.stock]
    messages = [
        message for kind in KINDS for message in master_messages(data, rows, kind, lambda: "1", ECC)
    ]
    messages += [(topic, _payload(topic)) for topic in TOPICS]
    for topic in TOPICS:
        _subscribed(project_id, topic)
    publish = to_pubsub(project_id)
    for topic, payload in messages:
        publish(topic, payload)
    got = wait_until(
        lambda: found if len(found := _pulled(project_id)) == len(messages) else None,
        what="all messages",
    )
    sent = {json.dumps(payload, sort_keys=True): ordering_key(payload) for _, payload in messages}
    assert got == sent
    assert {key for key in sent.values() if key} >= {"0000004711", "000000000000010123"}


def _subscribed(project: str, topic: str) -> None:
    path = PublisherClient.topic_path(project, topic)
    PublisherClient().create_topic(name=path)
    with SubscriberClient() as subscriber:
        name = subscriber.subscription_path(project, topic)
        subscriber.create_subscription(
            request={"name": name, "topic": path, "enable_message_ordering": True}
        )


def _pulled(project: str) -> dict[str, str]:
    """Message to its ordering key, of all that waits; it stays."""
    found = {}
    with SubscriberClient() as subscriber:
        for topic in TOPICS:
            name = subscriber.subscription_path(project, topic)
            answer = subscriber.pull(subscription=name, max_messages=100, timeout=20)
            for each in answer.received_messages:
                message = each.message
                found[json.dumps(json.loads(message.data), sort_keys=True)] = message.ordering_key
            keys = [each.ack_id for each in answer.received_messages]
            if keys:
                subscriber.modify_ack_deadline(
                    subscription=name, ack_ids=keys, ack_deadline_seconds=0
                )
    return found


def test_a_packet_about_several_records_has_no_place_in_a_row() -> None:
    one, other = _payload("sap-customers"), _payload("sap-customers")
    assert ordering_key(one) == "0000100001"
    other["IDOCS"][0]["E1KNA1M"][0]["KUNNR"] = "0000100002"
    assert ordering_key({"IDOCS": one["IDOCS"] + other["IDOCS"]}) == ""
