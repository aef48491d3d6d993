"""Writes made without the client's wrappers are those that the client makes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from google.cloud.firestore import DELETE_FIELD, SERVER_TIMESTAMP, Increment
from google.cloud.firestore_v1 import _helpers as client
from google.cloud.firestore_v1._helpers import ExistsOption, LastUpdateOption
from google.cloud.firestore_v1.field_path import FieldPath
from google.cloud.firestore_v1.types import Write
from google.protobuf.timestamp_pb2 import Timestamp  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from shared.firestore_writes import create_message, update_message

NAME = "projects/demo/databases/(default)/documents/orders/1"

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_NAMES = _TEXTS.filter(bool)
_TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | _TEXTS
    | st.binary(max_size=4)
    | _TIMES
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.dictionaries(_NAMES, inner, max_size=3)
        | st.lists(inner.filter(lambda one: not isinstance(one, list)), max_size=3)
    ),
    max_leaves=12,
)
_DOCUMENTS = st.dictionaries(_NAMES, _VALUES | st.just(SERVER_TIMESTAMP), max_size=5)
_CHANGES = st.dictionaries(
    _NAMES,
    _VALUES
    | st.just(SERVER_TIMESTAMP)
    | st.just(DELETE_FIELD)
    | st.builds(Increment, st.integers(-(2**62), 2**62)),
    min_size=1,
    max_size=5,
)


def _comparable(write: Any) -> Any:
    """With what is in no order in order."""
    write.update_mask.field_paths.sort()
    transforms = sorted(write.update_transforms, key=lambda one: one.field_path)
    del write.update_transforms[:]
    write.update_transforms.extend(transforms)
    return write


def _same(ours: Any, theirs: list[Write]) -> bool:
    (only,) = theirs
    return bool(_comparable(ours) == _comparable(Write.pb(only)))


@given(_DOCUMENTS)
def test_a_created_document_is_what_the_client_would_create(document: dict[str, Any]) -> None:
    assert _same(create_message(NAME, document), client.pbs_for_create(NAME, document))


@given(_CHANGES, st.none() | st.integers(1, 2**60))
def test_a_changed_document_is_what_the_client_would_change(
    changes: dict[str, Any], version: int | None
) -> None:
    fields = {FieldPath(name).to_api_repr(): value for name, value in changes.items()}
    at = Timestamp()
    at.FromNanoseconds(version or 0)
    option = ExistsOption(True) if version is None else LastUpdateOption(at)
    theirs = client.pbs_for_update(NAME, fields, option)
    assert _same(update_message(NAME, fields, version), theirs)


def test_a_field_within_a_map_is_changed_alone() -> None:
    fields = {FieldPath("promised", "a-1").to_api_repr(): Increment(2), "stock.`b c`.on_hand": 5}
    theirs = client.pbs_for_update(NAME, fields, None)
    assert _same(update_message(NAME, fields, None), theirs)


def test_a_value_that_nobody_stores_is_refused() -> None:
    with pytest.raises(TypeError):
        create_message(NAME, {"sizes": {"36", "37"}})
