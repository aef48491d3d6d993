"""sync_inventory against Firestore."""

import json
from itertools import permutations
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.sync_inventory.handler import apply
from shared.availability import repository as availabilities
from shared.availability.model import Availability
from shared.event.message import SapMessage
from shared.event.verdict import Verdict
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import TODAY
from tests.factories.availability import promised, store_availability
from tests.factories.sap import ECC, PUBLISHED_AT, S4, stamp, stock_message, stock_row
from tests.factories.style import store_style, style
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
    store_style(firestore, *(style(str(10000 + number), ["010"]) for number in range(STYLES)))
    with counting(firestore) as first:
        apply(firestore, ECC, _snapshot({}))
    with counting(firestore) as again:
        apply(firestore, ECC, _snapshot({}))
    with counting(firestore) as changed:
        apply(firestore, ECC, _snapshot({"10007": stamp(2), "10200": stamp(2)}))
    # One read says as of when the latest full snapshots are; the first change also notes when it is,
    # and looks whether the styles are there.
    assert (first.reads, first.writes) == (2 * STYLES + 2, STYLES + 1)
    assert (again.reads, again.writes) == (STYLES + 1, 0)
    assert (changed.reads, changed.writes) == (STYLES + 1, 2)
    assert again.methods["BatchGetDocuments"] == 4  # a hundred documents at a time


def test_stock_of_a_style_that_has_not_come_waits_for_it(firestore: Client) -> None:
    store_style(firestore, style("10200"))
    message = _message(stock_row(FIRST, stamp(1), 5), stock_row(OTHER, stamp(1), 6))
    first = apply(firestore, ECC, message)
    [waiting] = first.waiting
    assert waiting.awaits == {"article 10123"}
    assert waiting.is_stored
    assert _on_hand(firestore) == {FIRST: 5, OTHER: 6}
    # What is told of it meanwhile waits, too, and a message that comes twice.
    later = _message(stock_row(FIRST, stamp(2), 4))
    assert [apply(firestore, ECC, one).waiting[0].awaits for one in (later, later)] == [
        {"article 10123"},
        {"article 10123"},
    ]
    store_style(firestore, style("10123"))
    assert apply(firestore, ECC, later).waiting == []
    with counting(firestore) as known:
        assert apply(firestore, ECC, later).waiting == []
    # From then on nobody asks for the style.
    assert (known.reads, known.writes) == (2, 0)


def _full(
    system: SourceSystem, second: int, *rows: dict[str, Any], part: int = 1, parts: int = 1
) -> SapMessage:
    """A part of a full snapshot, that says so as the system does."""
    names = system.stock.snapshots
    says = {names.as_of: stamp(second), names.part: str(part), names.parts: str(parts)}
    data = json.loads(stock_message(*rows))
    if names.segment is None:
        return SapMessage("1", "sap-inventory", json.dumps(data).encode(), says, PUBLISHED_AT)
    data = {names.segment: [says], **data}
    return SapMessage("1", "sap-inventory", json.dumps(data).encode(), {}, PUBLISHED_AT)


def _on_hand(db: Client) -> dict[str, int]:
    return {
        article: row["on_hand"]
        for one in db.collection("availability").stream()
        for article, row in (one.to_dict() or {})["stock"].items()
    }


systems = pytest.mark.parametrize("system", [ECC, S4])
FIRST, SECOND, OTHER = "10123001", "10123002", "10200001"


@systems
def test_what_a_full_snapshot_lacks_is_gone_and_what_a_change_lacks_is_not(
    firestore: Client, system: SourceSystem
) -> None:
    apply(firestore, system, _message(*(stock_row(a, stamp(1), 5) for a in (FIRST, SECOND, OTHER))))
    apply(firestore, system, _message(stock_row(FIRST, stamp(2), 4)))
    assert _on_hand(firestore) == {FIRST: 4, SECOND: 5, OTHER: 5}
    apply(firestore, system, _full(system, 3, stock_row(FIRST, stamp(2), 4)))
    assert _on_hand(firestore) == {FIRST: 4, SECOND: 0, OTHER: 0}
    # What was changed before the snapshot is part of it, although it comes later.
    apply(firestore, system, _message(stock_row(OTHER, stamp(2), 9)))
    apply(firestore, system, _message(stock_row(SECOND, stamp(4), 7)))
    assert _on_hand(firestore) == {FIRST: 4, SECOND: 7, OTHER: 0}


@systems
def test_an_unchanged_snapshot_with_new_stamps_writes_no_stock(
    firestore: Client, system: SourceSystem
) -> None:
    articles = [f"{10000 + number}{size:03}" for number in range(120) for size in (1, 2)]
    apply(firestore, system, _full(system, 1, *(stock_row(a, stamp(1)) for a in articles)))
    night = _full(system, 9, *(stock_row(a, "") for a in articles))
    with counting(firestore) as count:
        outcome = apply(firestore, system, night)
    # As of when it is, once for the plant; the part, the snapshot, and that it was compared.
    assert count.writes == 4
    assert set(outcome.verdicts) == {Verdict.UNCHANGED}
    with counting(firestore) as again:
        apply(firestore, system, night)
    assert again.writes == 0
    # Older changes stay older, although no stamp of theirs was written.
    apply(firestore, system, _message(stock_row(articles[0], stamp(5), 1)))
    assert _on_hand(firestore)[articles[0]] == 12
    apply(firestore, system, _message(stock_row(articles[0], stamp(10), 1)))
    assert _on_hand(firestore)[articles[0]] == 1


def test_a_snapshot_tells_from_when_on_it_includes_an_order(firestore: Client) -> None:
    held = promised(TODAY, {FIRST: 2}, stamp(5))
    store_availability(firestore, Availability(style="10123", plant="EU01", promised=held))
    apply(firestore, ECC, _message(stock_row(FIRST, stamp(1), 9)))
    apply(firestore, ECC, _full(ECC, 6, stock_row(FIRST, "", 9)))
    stored = firestore.document("availability/10123~EU01").get().to_dict() or {}
    assert stored["promised"] == {}


@systems
def test_parts_of_a_snapshot_come_in_any_order_and_twice(
    firestore: Client, system: SourceSystem
) -> None:
    parts = [
        _full(system, 3, stock_row(FIRST, stamp(3), 1), part=1, parts=3),
        _full(system, 3, stock_row("10300001", stamp(3), 2), part=2, parts=3),
        _full(system, 3, stock_row("10400001", stamp(3), 3), part=3, parts=3),
    ]
    for order in permutations(parts):
        start = (stock_row(a, stamp(1), 5) for a in (FIRST, SECOND, OTHER))
        apply(firestore, system, _message(*start))
        for done, message in enumerate(order, start=1):
            assert _on_hand(firestore)[OTHER] == 5, done
            for _ in range(2):
                apply(firestore, system, message)
        assert _on_hand(firestore) == {FIRST: 1, SECOND: 0, OTHER: 0, "10300001": 2, "10400001": 3}
        for name in ("availability", "state", "snapshots", "snapshot_parts"):
            for one in firestore.collection(name).stream():
                one.reference.delete()


@systems
def test_storage_locations_that_are_sold_from_are_summed(
    firestore: Client, system: SourceSystem
) -> None:
    def row(location: str, second: int, pieces: int) -> dict[str, Any]:
        return stock_row(FIRST, stamp(second), pieces) | {"LGORT": location}

    rows = [row("0001", 1, 5), row("0002", 1, 7), row("0009", 1, 100)]
    counting_all = system.model_copy(
        update={"stock": system.stock.model_copy(update={"plants": {"EU01": ("0001", "0002")}})}
    )
    for order in permutations(rows):
        for one in order:
            apply(firestore, counting_all, _message(one))
        assert _on_hand(firestore) == {FIRST: 12}
    # A change of one location leaves the others as they are.
    apply(firestore, counting_all, _message(row("0002", 2, 1)))
    assert _on_hand(firestore) == {FIRST: 6}
    apply(firestore, counting_all, _full(system, 3, row("0002", 2, 1)))
    assert _on_hand(firestore) == {FIRST: 1}


@systems
def test_cases_are_counted_in_pieces_where_it_is_known_how_many(
    firestore: Client, system: SourceSystem
) -> None:
    store_style(firestore, style("10123", multiple=12), style("10300"), style("10400"))
    case = system.articles.case
    known = stock_row(FIRST, stamp(1), 3, ordered=1, receipts=[("20261201", 2)]) | {"MEINS": case}
    unknown = stock_row(OTHER, stamp(1), 3) | {"MEINS": case}
    told = stock_row("10300001", stamp(1), 3) | {"MEINS": "SET", "UMREZ": "6", "UMREN": "2"}
    pieces = stock_row("10400001", stamp(1), 3) | {"MEINS": next(iter(system.articles.units))}
    outcome = apply(firestore, system, _message(known, unknown, told, pieces))
    assert _on_hand(firestore) == {FIRST: 36, "10300001": 9, "10400001": 3}
    stored = firestore.document("availability/10123~EU01").get().to_dict() or {}
    assert stored["stock"][FIRST]["ordered"] == 12
    assert [one["quantity"] for one in stored["stock"][FIRST]["receipts"]] == [24]
    [waiting] = outcome.waiting
    assert "it is not known how many pieces of 10200" in waiting.reasons[0]
    assert waiting.awaits == {"unit 10200"}


def test_a_row_that_cannot_be_read_keeps_no_other_away(firestore: Client) -> None:
    bad = stock_row(SECOND, stamp(1)) | {"LABST": "1.500"}
    ahead = stock_row(OTHER, "20991231000000000000")
    outcome = apply(firestore, ECC, _message(stock_row(FIRST, stamp(1), 5), bad, ahead))
    assert _on_hand(firestore) == {FIRST: 5}
    faults, late = outcome.quarantined
    assert faults.part.object == "stock 10123 EU01"
    assert faults.part.content == {"ROWS": [bad]}
    assert faults.reasons == ["ROWS/1/LABST: 1.500 are 1.500 pieces"]
    assert "CHANGED: '20991231000000000000': ahead of the clock" in late.reasons[0]


def test_a_style_of_which_a_row_cannot_be_read_loses_nothing_by_a_snapshot(
    firestore: Client,
) -> None:
    apply(firestore, ECC, _message(*(stock_row(a, stamp(1), 5) for a in (FIRST, SECOND, OTHER))))
    bad = stock_row(SECOND, stamp(2)) | {"LABST": "many"}
    apply(firestore, ECC, _full(ECC, 3, stock_row(FIRST, stamp(2), 4), bad))
    assert _on_hand(firestore) == {FIRST: 4, SECOND: 5, OTHER: 0}
    # Of a row that does not even say what it is of, nobody knows what the snapshot has.
    apply(firestore, ECC, _message(stock_row(OTHER, stamp(4), 6)))
    apply(firestore, ECC, _full(ECC, 5, stock_row(FIRST, stamp(2), 4), {"MATNR": "?"}))
    assert _on_hand(firestore) == {FIRST: 4, SECOND: 5, OTHER: 6}


def test_stock_of_a_plant_that_nothing_is_sold_from_waits(firestore: Client) -> None:
    outcome = apply(firestore, ECC, _message(stock_row(FIRST, stamp(1), 5, plant="XX99")))
    assert outcome.verdicts == [Verdict.WAITING]
    assert _on_hand(firestore) == {FIRST: 5}
