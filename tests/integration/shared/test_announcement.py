"""Changes are announced before they are committed, by few writes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from google.cloud.firestore import Client

from shared.catalogue import announcement
from shared.catalogue.announcement import CatalogueKind
from shared.event.writing import Change, write_changes
from tests.factories.catalogue import let_announcements_pass
from tests.support.firestore_counter import counting

KIND: CatalogueKind = "styles"


def change(db: Client, number: int) -> Change:
    """A document of its own."""
    return Change(db.document(f"things/{number}"), lambda stored: None if stored else {"a": 1})


def state(db: Client) -> announcement.CatalogueState:
    return announcement.parse(announcement.reference(db).get().to_dict())


def test_many_transactions_are_one_write_of_the_announcement(firestore: Client) -> None:
    with counting(firestore) as count, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: write_changes(firestore, [change(firestore, i)], KIND), range(64)))
    # Threads that begin together may each find none yet.
    assert 64 < count.writes <= 64 + 8


def test_what_another_process_announced_serves_too(firestore: Client) -> None:
    write_changes(firestore, [change(firestore, 1)], KIND)
    announcement._renewals.pop(firestore)
    with counting(firestore) as count:
        write_changes(firestore, [change(firestore, 2), change(firestore, 3)], KIND)
    assert (count.reads, count.writes) == (3, 2)


def test_it_is_renewed_in_time(firestore: Client) -> None:
    announcement.announce(firestore, KIND)
    first = state(firestore).changes_until(KIND)
    let_announcements_pass(firestore)
    announcement.announce(firestore, KIND)
    assert state(firestore).changes_until(KIND) > first
    assert state(firestore).changes_until("prices") < first


def test_nothing_is_announced_where_nothing_changes(firestore: Client) -> None:
    write_changes(firestore, [change(firestore, 1)])
    write_changes(firestore, [change(firestore, 1)], KIND)
    assert not announcement.reference(firestore).get().exists


def test_it_is_announced_before_the_commit(
    firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: Client, __: str) -> None:
        raise ConnectionError

    monkeypatch.setattr("shared.event.writing.announce", die)
    with pytest.raises(ConnectionError):
        write_changes(firestore, [change(firestore, 1)], KIND)
    assert not firestore.document("things/1").get().exists
