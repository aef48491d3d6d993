"""The schemas of SAP's topics against what the functions take: the frame, and nothing more.

A message that does not fit is refused when SAP publishes it, and stays with SAP; so a schema
must not refuse anything that a function could apply, nor what it could quarantine with a
reason that helps somebody.
"""

import base64
import copy
import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest.mock import patch

import grpc
import pytest
from google.api_core.exceptions import InvalidArgument
from google.cloud.pubsub_v1 import PublisherClient, SchemaServiceClient, SubscriberClient
from google.pubsub_v1.services.schema_service.transports import SchemaServiceGrpcTransport
from google.pubsub_v1.types import Schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulators.local.plan import TOPIC_TO_FUNCTION
from emulators.sap.idoc import KINDS, master_messages
from emulators.sap.master import Data
from emulators.sap.ordering import KEYS, ordering_key
from emulators.sap.publisher import to_pubsub
from emulators.sap.schema import check, schema_file
from emulators.sap.stock import StockRow
from shared.event.message import SapMessage
from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import Control, Idoc, read_packet
from shared.sap.stock import _Row, stock
from tests.factories.sap import ECC, PUBLISHED_AT
from tests.support.demo_world import demo_data
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


def _record(schema: Mapping[str, Any], *path: str) -> dict[str, Any]:
    """Name to type of the fields of a record within a schema."""
    fields = {field["name"]: field["type"] for field in schema["fields"]}
    if not path:
        return fields
    inner = fields[path[0]]
    return _record(inner.get("items", inner), *path[1:])


@pytest.mark.parametrize("topic", IDOC_TOPICS)
def test_a_packet_names_the_kinds_and_the_control_record_that_its_function_reads(
    topic: str,
) -> None:
    schema = json.loads(schema_file(topic).read_text())
    assert set(_record(schema)) == {"IDOCS"}
    assert set(_record(schema, "IDOCS")) == {"EDI_DC40"}
    control = _record(schema, "IDOCS", "EDI_DC40")
    assert set(control) == set(Control.model_fields)
    kinds = control.pop("MESTYP")["symbols"]
    assert kinds == list(_translators(topic))
    assert set(kinds) <= set(KEYS)
    assert set(control.values()) == {"string"}


def test_a_stock_row_names_what_its_function_cannot_do_without() -> None:
    schema = json.loads(schema_file("sap-inventory").read_text())
    assert set(_record(schema)) == {"ROWS"}
    row = _record(schema, "ROWS")
    assert set(row) == {name for name, field in _Row.model_fields.items() if field.is_required()}
    assert set(row.values()) == {"string"}


def test_the_schemas_are_schemas(pubsub_host: str) -> None:
    channel = grpc.insecure_channel(pubsub_host)
    with SchemaServiceClient(transport=SchemaServiceGrpcTransport(channel=channel)) as schemas:
        for topic in TOPICS:
            definition = schema_file(topic).read_text()
            schema = Schema(type_=Schema.Type.AVRO, definition=definition)
            schemas.validate_schema(parent="projects/test-schemas", schema=schema)


def _fits(topic: str, data: bytes) -> bool:
    try:
        check(topic, data)
    except InvalidArgument:
        return False
    return True


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
def test_what_a_function_applies_fits_and_what_it_cannot_it_says(
    topic: str,
) -> None:
    original = _payload(topic)
    read, places = _reader(topic), list(_places(original))
    seen = {"applied": 0, "quarantined": 0, "refused": 0}

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
            seen["quarantined" if _fits(topic, data) else "refused"] += 1
        else:
            seen["applied"] += 1
            assert _fits(topic, data), payload

    try_out()
    assert all(seen.values()), seen


@pytest.mark.parametrize("data", [b"", b"\xff", b"IDOC", b"[]", b"null", b'{"IDOCS": {}}'])
@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_no_message_at_all_is_refused(topic: str, data: bytes) -> None:
    assert not _fits(topic, data)


def test_a_kind_that_belongs_elsewhere_is_refused() -> None:
    assert not _fits("sap-prices", json.dumps(_payload("sap-customers")).encode())


def test_all_that_sap_publishes_arrives_with_its_key(pubsub_host: str, project_id: str) -> None:
    """Demo data in full, and a message of each topic about one record, through the topics."""
    demo = demo_data()
    parts = ("articles", "listings", "conditions", "customers", "credits", "stock")
    data = Data(**{name: getattr(demo, name) for name in parts})
    rows = [StockRow.from_sap(row) for row in demo.stock]
    messages = [
        message for kind in KINDS for message in master_messages(data, rows, kind, lambda: "1")
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


def test_sap_is_told_what_is_refused_and_goes_on(pubsub_host: str, project_id: str) -> None:
    _subscribed(project_id, "sap-prices")
    publish = to_pubsub(project_id)
    good = _payload("sap-prices")
    bad = copy.deepcopy(good)
    del bad["IDOCS"][0]["EDI_DC40"]["SERIAL"]
    assert ordering_key(bad) == ordering_key(good) != ""
    with pytest.raises(InvalidArgument):
        publish("sap-prices", bad)
    publish("sap-prices", good)


def test_a_packet_about_several_records_has_no_place_in_a_row() -> None:
    one, other = _payload("sap-customers"), _payload("sap-customers")
    assert ordering_key(one) == "0000100001"
    other["IDOCS"][0]["E1KNA1M"][0]["KUNNR"] = "0000100002"
    assert ordering_key({"IDOCS": one["IDOCS"] + other["IDOCS"]}) == ""
