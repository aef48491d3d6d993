"""Changes of many documents, of which some can't be written, or are written by others, too."""

from functools import partial
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.document_size import LARGEST_DOCUMENT
from shared.event.writing import Change, write_changes
from shared.store import Document
from tests.support.firestore_counter import counting


def _set(value: Any, stored: Document | None) -> Document | None:
    return None if stored and stored["value"] == value else {**(stored or {}), "value": value}


def _change(db: Client, name: str, value: Any) -> Change:
    return Change(db.collection("things").document(name), partial(_set, value))


def _stored(db: Client) -> dict[str, Any]:
    return {s.id: (s.to_dict() or {})["value"] for s in db.collection("things").stream()}


def test_only_what_changes_is_written(firestore: Client) -> None:
    changes = [_change(firestore, str(i), i) for i in range(250)]
    with counting(firestore) as first:
        assert write_changes(firestore, changes).documents == 250
    with counting(firestore) as again:
        assert write_changes(firestore, changes).documents == 0
    assert (first.reads, first.writes, first.methods["Commit"]) == (250, 250, 3)
    assert (again.reads, again.writes) == (250, 0)


def test_one_that_is_too_large_is_told_and_all_others_are_written(firestore: Client) -> None:
    sizes = {"a": 10, "b": LARGEST_DOCUMENT + 1, "c": 20}
    changes = [_change(firestore, name, "x" * size) for name, size in sizes.items()]
    written = write_changes(firestore, changes)
    assert written.documents == 2
    [reason] = written.reasons
    assert reason.startswith("things/b: ")
    assert _stored(firestore).keys() == {"a", "c"}


def test_one_that_is_too_large_already_may_change_as_long_as_it_does_not_grow(
    firestore: Client,
) -> None:
    size = LARGEST_DOCUMENT + 1_000
    firestore.document("things/a").set({"value": "x" * size})
    assert write_changes(firestore, [_change(firestore, "a", "y" * size)]).documents == 1
    assert write_changes(firestore, [_change(firestore, "a", "z" * (size + 1))]).reasons
    assert _stored(firestore) == {"a": "y" * size}


def _deep(levels: int) -> Any:
    return {"a": _deep(levels - 1)} if levels else 1


@pytest.mark.parametrize(
    "value", [2**63, -(2**63) - 1, "Stiefel\udc00", {"__a__": 1}, {"": 1}, _deep(25)]
)
def test_what_no_document_can_hold_is_told_and_all_others_are_written(
    firestore: Client, value: Any
) -> None:
    changes = [_change(firestore, str(i), i) for i in range(230)]
    changes[171] = _change(firestore, "171", value)
    written = write_changes(firestore, changes)
    assert written.documents == 229
    [reason] = written.reasons
    assert reason.startswith("things/171: ")


@pytest.mark.parametrize("name", ["__all__", "..", "x" * 1_501, "a\ud83d"])
def test_a_name_that_no_document_may_have_is_told_too(firestore: Client, name: str) -> None:
    changes = [_change(firestore, each, 1) for each in ("a", name, "b")]
    written = write_changes(firestore, changes)
    assert (written.documents, len(written.reasons)) == (2, 1)
    assert _stored(firestore).keys() == {"a", "b"}


def test_one_that_firestore_refuses_is_told_and_all_others_are_written(firestore: Client) -> None:
    changes = [_change(firestore, str(i), i) for i in range(5)]
    changes.insert(2, _change(firestore, "bad", {"__reserved__": 1}))
    written = write_changes(firestore, changes)
    assert written.documents == 5
    [reason] = written.reasons
    assert reason.startswith("things/bad: ")
    assert _stored(firestore) == {str(i): i for i in range(5)}


def test_large_documents_are_written_in_as_many_commits_as_it_takes(firestore: Client) -> None:
    many = [f"{i:07}" for i in range(90_000)]
    changes = [_change(firestore, str(i), many) for i in range(15)]
    with counting(firestore) as count:
        assert write_changes(firestore, changes).documents == 15
    assert count.methods["Commit"] > 1
    assert len(_stored(firestore)) == 15


def test_a_document_that_others_write_keeps_none_waiting(firestore: Client) -> None:
    hot = firestore.collection("things").document("hot")
    hot.set({"value": 0})
    rivals = 4

    def overtaken(stored: Document | None) -> Document | None:
        nonlocal rivals
        if rivals:
            # Somebody else writes between our read and our commit.
            rivals -= 1
            hot.update({"rival": rivals})
        return _set(1, stored)

    changes = [_change(firestore, str(i), i) for i in range(8)]
    changes.insert(3, Change(hot, overtaken))
    assert write_changes(firestore, changes).documents == 9
    assert _stored(firestore) == {"hot": 1} | {str(i): i for i in range(8)}
    assert (hot.get().to_dict() or {})["rival"] == 0
