"""Reading documents decodes what the client's own decoder does, and keeps order and gaps."""

from datetime import UTC, datetime
from typing import Any

from google.cloud.firestore import Client, FieldFilter, GeoPoint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.store import find_all, read_all, read_lazily

names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8"), max_size=8)
    | st.binary(max_size=8)
    | st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
    | st.builds(GeoPoint, st.floats(-90, 90), st.floats(-180, 180)),
    lambda inner: (
        st.dictionaries(names.filter(lambda name: not name.startswith("__")), inner, max_size=4)
        | st.lists(inner.filter(lambda value: not isinstance(value, list)), max_size=4)
    ),
    max_leaves=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=values)
def test_decodes_as_the_client_does(firestore: Client, value: Any) -> None:
    reference = firestore.collection("things").document("one")
    reference.set({"value": value})
    expected = reference.get().to_dict()
    assert read_all(firestore, [reference]) == [expected]


def test_answers_in_the_order_asked_with_gaps_and_repetitions(firestore: Client) -> None:
    things = firestore.collection("things")
    for name in "ab":
        things.document(name).set({"name": name})
    wanted = [things.document(name) for name in "bxabx"]
    assert read_all(firestore, wanted) == [{"name": "b"}, None, {"name": "a"}, {"name": "b"}, None]
    assert read_all(firestore, []) == []


def test_the_version_differs_for_every_state(firestore: Client) -> None:
    reference = firestore.collection("things").document("one")
    seen = []
    for number in (1, 2):
        reference.set({"number": number})
        (read,) = read_lazily(firestore, [reference])
        (again,) = read_lazily(firestore, [reference])
        assert read is not None
        assert again is not None
        assert (read.id, read.version) == ("one", again.version)
        seen.append(read.version)
    assert seen[0] < seen[1]


def test_finds_what_the_clients_query_finds(firestore: Client) -> None:
    things = firestore.collection("things")
    for number in (3, 1, 2):
        things.document(f"n{number}").set({"number": number})
    query = things.where(filter=FieldFilter("number", ">", 1)).order_by("number")
    found = find_all(firestore, query)
    assert [(read.id, read.data()) for read in found] == [
        (snapshot.id, snapshot.to_dict()) for snapshot in query.stream()
    ]
    assert find_all(firestore, things.where(filter=FieldFilter("number", ">", 9))) == []
