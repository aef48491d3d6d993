"""Bytes of a document as Firestore's documentation counts them."""

from datetime import UTC, datetime

from shared.document_size import size_of


def test_the_documentations_example() -> None:
    # https://firebase.google.com/docs/firestore/storage-size: users/jeff/tasks/my_task_id, 147.
    task = {
        "type": "Personal",
        "done": False,
        "priority": 1,
        "description": "Learn Cloud Firestore",
    }
    assert size_of("users/jeff/tasks/my_task_id", task) == 147


def test_values_within_values() -> None:
    empty = size_of("a/b", {})
    at = datetime(2026, 11, 26, tzinfo=UTC)
    nested = {"ü": {"list": ["a", None, 1.5, at, b"12"]}}
    assert size_of("a/b", nested) - empty == 3 + 5 + (2 + 1 + 8 + 8 + 2)
