"""Whatever a message holds, it is applied or quarantined, and acknowledged: none comes for ever."""

import base64
import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
import structlog
from google.cloud.firestore import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from emulators.oidc import Issuer, load_issuer
from infra.functions import topics
from shared.event.quarantine import list_open
from tests.factories.sap import packet, push_body
from tests.factories.sap_customers import zcredit
from tests.support.pushing import (
    AUDIENCE,
    CALLER,
    certificates,
    entry_point,
    environment,
    recorded,
)

TOPICS = topics()
IDS = count(1)
HALF = "\ud83d"

NASTY: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            *("", ".", "..", "/", "a/b", "__id__", "__", "\x00", "\u202e", HALF, f"Schuh{HALF}"),
            *("9" * 18, "9" * 18 + "-", "99991231", "00010101", "00000000", "1E99", "NaN", "-0"),
            *("9" * 5_000, "x" * 1_600, "ß" * 40, None, True, 0, -1, 2**63, 2**64, 10**400),
            *(0.5, float("nan"), float("inf"), [], {}, [[]], {"": ""}, {"__x__": 1}),
        ]
    ),
    st.text(max_size=20),
    st.integers(),
)
ANYTHING = st.recursive(
    NASTY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return load_issuer(None)


Send = Callable[..., int]


@pytest.fixture(params=TOPICS)
def send(
    request: pytest.FixtureRequest,
    issuer: Issuer,
    firestore: Client,
    project_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[str, Send]]:
    """A topic, and what pushes bytes to its function, that answers the status."""
    topic = request.param
    with certificates(issuer) as url:
        for name, value in environment(project_id, url).items():
            monkeypatch.setenv(name, value)
        client = entry_point(TOPICS[topic])
        client.application.config["PROPAGATE_EXCEPTIONS"] = False
        bearer = {"Authorization": f"Bearer {issuer.mint(AUDIENCE, CALLER)}"}

        def push(data: bytes, message_id: str, **attributes: str) -> int:
            body = push_body(data, message_id, topic)
            body["message"]["attributes"] = attributes
            return int(client.post("/", json=body, headers=bearer).status_code)

        yield topic, push
    structlog.reset_defaults()


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a message something else may stand."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, item in items:
        yield (*path, name)
        if isinstance(item, dict | list):
            yield from _places(item, (*path, name))


def _replaced(message: Any, path: tuple[Any, ...], value: Any) -> bytes:
    changed = json.loads(json.dumps(message))
    inner = changed
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return json.dumps(changed).encode()


def _message(topic: str) -> Any:
    return json.loads(base64.b64decode(recorded(topic)["message"]["data"]))


slowly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@slowly
@given(data=st.data())
def test_a_good_message_with_anything_somewhere_is_acknowledged(
    send: tuple[str, Send], data: st.DataObject
) -> None:
    topic, push = send
    message = _message(topic)
    place = data.draw(st.sampled_from(list(_places(message))))
    value = data.draw(ANYTHING)
    assert push(_replaced(message, place, value), str(next(IDS))) == 204


@slowly
@given(ANYTHING)
@example({"IDOCS": [{"EDI_DC40": {"DOCNUM": HALF, "MESTYP": HALF, "SERIAL": "2" * 20}}]})
@example({"IDOCS": [{HALF: HALF}], "ROWS": [{"MATNR": HALF}]})
@example({"IDOCS": [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]})
def test_anything_is_acknowledged_and_what_is_no_message_of_saps_kept(
    send: tuple[str, Send], firestore: Client, anything: Any
) -> None:
    topic, push = send
    number = str(next(IDS))
    data = json.dumps(anything).encode()
    assert push(data, number, sender=HALF, __x__="1") == 204
    kept = [one for one in list_open(firestore) if one.message_id == number]
    assert kept
    whole = firestore.document(f"quarantine/{topic}~{number}")
    if whole.get().exists:
        [part] = whole.collection("parts").stream()
        assert (part.to_dict() or {})["data"] == data


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 1_000_000, b"9" * 100_000, b"{} {}"])
def test_what_is_no_json_is_kept(send: tuple[str, Send], firestore: Client, data: bytes) -> None:
    topic, push = send
    assert push(data, "m/1 .. __x__") == 204
    [kept] = firestore.collection("quarantine").stream()
    assert kept.id.startswith(f"{topic}~")
    assert (kept.to_dict() or {})["message_id"] == "m/1 .. __x__"


@pytest.mark.parametrize("send", ["sap-customers"], indirect=True)
@pytest.mark.parametrize("bad", [0, 99, 136])
def test_of_many_customers_all_but_the_impossible_one_are_stored(
    send: tuple[str, Send], firestore: Client, bad: int
) -> None:
    """A limit of more cents than Firestore's 64 bits count."""
    _, push = send
    numbers = [str(300_001 + each) for each in range(150)]
    idocs = [zcredit(number) for number in numbers]
    idocs[bad] = zcredit(numbers[bad], limit=f"{'9' * 17}.00")
    for _ in range(2):
        assert push(packet(*idocs), "150") == 204
    stored = {one.id for one in firestore.collection("companies").stream()}
    assert stored == set(numbers) - {numbers[bad]}
    [kept] = firestore.collection("quarantine").stream()
    [reason] = (kept.to_dict() or {})["reasons"]
    assert reason.startswith("Z1CREDIT: ")
