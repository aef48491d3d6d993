"""sync_inventory against Firestore."""

from itertools import permutations

from google.cloud.firestore import Client

from functions.sync_inventory.handler import apply
from shared.availability import repository as availabilities
from shared.availability.model import Availability
from shared.event.message import SapMessage
from tests.factories.assortment import TODAY
from tests.factories.availability import promised, store_availability
from tests.factories.sap import ECC, PUBLISHED_AT, stamp, stock_message, stock_row
from tests.support.firestore_counter import counting

STYLES, SIZES = 250, 12


def _message(*rows: dict) -> SapMessage:
    return SapMessage("1", "sap-inventory", stock_message(*rows), {}, PUBLISHED_AT)


def _snapshot(changed: dict[str, str]) -> SapMessage:
    articles = (f"{10000 + style}{i:03}" for style in range(STYLES) for i in range(1, SIZES + 1))
    return _message(*(stock_row(a, changed.get(a[:5], stamp(1))) for a in articles))


def test_any_order_of_messages_ends_in_the_same_state(firestore: Client) -> None:
    first, second = "10123001", "10123002"
    messages = [
        _message(stock_row(first, stamp(1), 5), stock_row(second, stamp(1), 6)),
        _message(stock_row(first, stamp(3), 3, ordered=2), stock_row(second, stamp(1), 6)),
        _message(stock_row(second, stamp(2), 2), stock_row("10200001", stamp(2), 9)),
    ]
    held = promised(TODAY, {first: 2}, stamp(2)) | promised(TODAY, {second: 1})
    states = []
    for order in permutations(messages):
        store_availability(firestore, Availability(style="10123", plant="EU01", promised=held))
        for message in (*order, order[0]):
            apply(firestore, ECC, message)
        stored = {}
        for snapshot in firestore.collection("availability").stream():
            stored[snapshot.id] = availabilities.parse(snapshot.to_dict())
            snapshot.reference.delete()
        states.append(stored)
    assert all(state == states[0] for state in states)
    found = states[0]["10123~EU01"]
    assert found is not None
    assert {article: row.on_hand for article, row in found.stock.items()} == {first: 3, second: 2}
    assert found.promised == promised(TODAY, {second: 1})


def test_a_snapshot_writes_what_changed_only(firestore: Client) -> None:
    with counting(firestore) as first:
        apply(firestore, ECC, _snapshot({}))
    with counting(firestore) as again:
        apply(firestore, ECC, _snapshot({}))
    with counting(firestore) as changed:
        apply(firestore, ECC, _snapshot({"10007": stamp(2), "10200": stamp(2)}))
    assert (first.reads, first.writes) == (STYLES, STYLES)
    assert (again.reads, again.writes) == (STYLES, 0)
    assert (changed.reads, changed.writes) == (STYLES, 2)
    assert again.methods["BatchGetDocuments"] == 3  # a hundred documents at a time
