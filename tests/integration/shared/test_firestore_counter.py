"""The counter counts what is billed, so that tests of budgets mean something."""

from google.cloud.firestore import Client, FieldFilter

from shared.optimistic import Attempt, optimistically
from shared.store import read_all
from tests.support.firestore_counter import counting


def test_counts_reads_writes_and_round_trips(firestore: Client) -> None:
    things = firestore.collection("things")
    with counting(firestore) as count:
        batch = firestore.batch()
        for number in range(3):
            batch.set(things.document(str(number)), {"number": number})
        batch.commit()
        assert (count.reads, count.writes, count.rpcs) == (0, 3, 1)

        read_all(firestore, [things.document("0"), things.document("none")])
        assert (count.reads, count.rpcs) == (2, 2)
        list(things.where(filter=FieldFilter("number", ">", 0)).stream())
        assert (count.reads, count.rpcs) == (4, 3)
        list(things.where(filter=FieldFilter("number", ">", 9)).stream())
        assert (count.reads, count.rpcs) == (5, 4)
        things.document("0").get()
        assert (count.reads, count.rpcs) == (6, 5)
        assert len(count.queries) == 2
    list(things.stream())
    assert count.reads == 6


def test_a_change_is_reads_and_a_commit(firestore: Client) -> None:
    reference = firestore.collection("things").document("one")

    def body(attempt: Attempt) -> None:
        [before] = attempt.read([reference])
        attempt.save(reference, before, {"number": 1})

    with counting(firestore) as count:
        optimistically(firestore, body)
    assert count.methods == {"BatchGetDocuments": 1, "Commit": 1}
    assert (count.reads, count.writes) == (1, 1)
