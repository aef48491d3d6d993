"""Commits that only succeed on what was read."""

from functools import partial

import pytest
from google.cloud.firestore import Client
from pydantic import BaseModel

from shared.optimistic import Attempt, optimistically
from shared.store import Document
from tests.support.crowd import at_once
from tests.support.firestore_counter import counting


def test_no_change_is_lost(firestore: Client) -> None:
    counter = firestore.collection("things").document("counter")
    counter.set({"count": 0})

    def add_one() -> None:
        def body(attempt: Attempt) -> None:
            [document] = attempt.read([counter])
            attempt.update(counter, {"count": (document or {})["count"] + 1})

        optimistically(firestore, body)

    at_once([add_one] * 20)
    assert counter.get().to_dict() == {"count": 20}


def test_only_one_creates(firestore: Client) -> None:
    thing = firestore.collection("things").document("one")

    def creator(name: str) -> str:
        def body(attempt: Attempt) -> str:
            [found] = attempt.read([thing])
            if found is not None:
                return str(found["by"])
            attempt.create(thing, {"by": name})
            return name

        return optimistically(firestore, body)

    answers = at_once([partial(creator, str(i)) for i in range(20)])
    assert set(answers) == {(thing.get().to_dict() or {})["by"]}


def test_all_or_nothing(firestore: Client) -> None:
    first, second = (firestore.collection("things").document(name) for name in "ab")
    second.set({"state": 1})
    tries: list[int] = []

    def body(attempt: Attempt) -> None:
        attempt.read([second])
        tries.append(1)
        if len(tries) == 1:
            second.update({"state": 2})
        attempt.create(first, {"seen": len(tries)})
        attempt.update(second, {"seen": len(tries)})

    optimistically(firestore, body)
    assert (first.get().to_dict(), second.get().to_dict()) == (
        {"seen": 2},
        {"state": 2, "seen": 2},
    )


def test_an_error_leaves_nothing_written(firestore: Client) -> None:
    thing = firestore.collection("things").document("one")

    def body(attempt: Attempt) -> None:
        attempt.create(thing, {})
        raise LookupError

    with pytest.raises(LookupError):
        optimistically(firestore, body)
    assert not thing.get().exists


def test_what_was_not_read_is_changed_as_it_is(firestore: Client) -> None:
    thing = firestore.collection("things").document("one")
    thing.set({"a": 1, "b": 1})
    optimistically(firestore, lambda attempt: attempt.update(thing, {"a": 2}))
    assert thing.get().to_dict() == {"a": 2, "b": 1}


def test_nothing_to_write_asks_for_nothing(firestore: Client) -> None:
    with counting(firestore) as count:
        assert optimistically(firestore, lambda attempt: 7) == 7
    assert count.rpcs == 0


def test_saving_writes_what_differs_only(firestore: Client) -> None:
    thing = firestore.collection("things").document("one")

    def save(after: dict[str, object]) -> dict[str, object]:
        def body(attempt: Attempt) -> dict[str, object]:
            [before] = attempt.read([thing])
            return attempt.save(thing, before, after)

        return optimistically(firestore, body)

    def stored() -> dict[str, object]:
        return {
            name: v for name, v in (thing.get().to_dict() or {}).items() if name != "updated_at"
        }

    save({"kept": 1, "gone": {"a": 1}, "odd.name": 1})
    first = thing.get()
    assert save({"kept": 1, "gone": {"a": 1}, "odd.name": 1}) == {}
    assert thing.get().update_time == first.update_time
    save({"kept": 1, "odd.name": 2, "new": {"b": 1}})
    assert stored() == {"kept": 1, "odd.name": 2, "new": {"b": 1}}


def test_a_document_is_read_once_in_an_attempt(firestore: Client) -> None:
    first, second = (firestore.collection("things").document(name) for name in "ab")
    first.set({"state": 1})

    def body(attempt: Attempt) -> list[Document | None]:
        seen = attempt.read([first])
        first.update({"state": 2})
        return [*seen, *attempt.read([first, second])]

    with counting(firestore) as count:
        assert optimistically(firestore, body) == [{"state": 1}, {"state": 1}, None]
    assert count.reads == 2


def test_increments_bear_all_others(firestore: Client) -> None:
    """Also where the document was read before: nobody has to try twice."""
    thing = firestore.collection("things").document("one")
    thing.set({"sums": {"untold": 1}})
    tries: list[int] = []

    def add() -> None:
        def body(attempt: Attempt) -> None:
            tries.append(1)
            attempt.read([thing])
            attempt.increment(thing, "sums", {"untold": 2, "2026": -1})

        optimistically(firestore, body)

    at_once([add] * 20)
    assert thing.get().to_dict() == {"sums": {"untold": 41, "2026": -20}}
    assert len(tries) == 20


class Named(BaseModel):
    """What today's release knows of a thing."""

    name: str
    size: int = 3


def test_saving_a_model_keeps_what_a_later_release_stored(firestore: Client) -> None:
    thing = firestore.collection("things").document("one")
    thing.set({"name": "old", "colour": "of a later release"})
    optimistically(firestore, lambda attempt: attempt.save_model(thing, Named(name="new")))
    stored = thing.get().to_dict() or {}
    del stored["updated_at"]
    assert stored == {"name": "new", "size": 3, "colour": "of a later release"}
