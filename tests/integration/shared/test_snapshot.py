"""The snapshot of styles and prices: whatever became of it, readers see what is true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.api_core.exceptions import FailedPrecondition
from google.cloud.firestore import Client

from functions.catalog.memory import Memory
from shared.catalogue import snapshot_writer
from shared.catalogue.packed_styles import read_chunk
from shared.catalogue.snapshot import Head, chunk_reference, head_reference, read_snapshot
from shared.catalogue.snapshot_writer import update_snapshot
from shared.price.model import Source
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.company import company, store_company
from tests.factories.price import key, prices, record, store_prices
from tests.factories.style import store_style, style
from tests.support.firestore_counter import counting

NUMBERS = [str(10001 + i) for i in range(12)]


@pytest.fixture
def world(firestore: Client) -> Client:
    """Twelve styles with prices in two currencies, for one company."""
    store_company(firestore, company(), company("100002", currency="SEK"))
    store_assortment(firestore, assortment())
    store_style(firestore, *(style(number, rank=i) for i, number in enumerate(NUMBERS)))
    for currency in ("EUR", "SEK"):
        store_prices(firestore, *(prices(one, currency, int(one)) for one in NUMBERS))
    return firestore


def seen(db: Client, who: str = "100001") -> dict[str, int]:
    """What a fresh instance shows: style numbers and prices."""
    view = Memory(db).view(who, NOW)
    return {
        one.number: view.prices.piece_price(slot)
        for slot, one in view.listing.styles.living()
        if view.prices[slot]
    }


EXPECTED = {number: int(number) for number in NUMBERS}


def chunks(db: Client) -> list[str]:
    return [one.id for one in db.collection("state/catalogue/chunks").list_documents()]


def test_a_fresh_instance_reads_it_instead_of_the_documents(world: Client) -> None:
    assert update_snapshot(world) == 36
    head = head_reference(world, "styles")
    stored = Head.model_validate(head.get().to_dict())
    # Out of the margin in which a change may become visible late.
    head.update({"until": datetime.now(UTC) + timedelta(minutes=1)})
    with counting(world) as count:
        Memory(world)._sources.styles()
    # The state, the head twice, the chunks, and that nothing changed.
    assert count.reads == 1 + 2 + len(stored.chunks["styles"]) + 1
    assert seen(world) == EXPECTED
    assert seen(world, "100002") == EXPECTED


def test_what_changed_since_is_asked_for(world: Client) -> None:
    update_snapshot(world)
    store_style(world, style(NUMBERS[0], deleted=True), style("10099"))
    store_prices(world, prices(NUMBERS[1], wholesale=1), prices("10099", wholesale=2))
    changed = {number: int(number) for number in NUMBERS[2:]} | {NUMBERS[1]: 1, "10099": 2}
    assert seen(world) == changed
    assert update_snapshot(world) > 0
    assert seen(world) == changed
    update_snapshot(world)
    with counting(world) as count:
        update_snapshot(world)
    # What changed within the margin was looked at again, and is in its chunks already.
    assert count.writes <= len(("the head of styles", "the head of prices"))


def test_a_customers_price_in_the_snapshot_is_that_customers_only(world: Client) -> None:
    own = key(record(7), source=Source.CUSTOMER, holder="100001")
    store_prices(world, prices(NUMBERS[0], keys=[key(record(9)), own]))
    update_snapshot(world)
    store_company(world, company("100003"))
    assert seen(world)[NUMBERS[0]] == 7
    assert seen(world, "100003")[NUMBERS[0]] == 9


@pytest.mark.parametrize("broken", ["missing", "garbage", "other format", "other head", "no head"])
def test_a_broken_one_is_only_slower(world: Client, broken: str) -> None:
    update_snapshot(world)
    for kind in ("styles", "prices~EUR"):
        head = Head.model_validate(head_reference(world, kind.partition("~")[0]).get().to_dict())
        chunk = chunk_reference(world, kind, head.buckets, head.chunks[kind][0])
        match broken:
            case "missing":
                chunk.delete()
            case "garbage":
                chunk.set({"format": 1, "table": b"x", "codes": b"", "bodies": b""})
            case "other format":
                chunk.update({"format": 99})
            case "other head":
                head_reference(world, kind.partition("~")[0]).update({"format": 99})
            case _:
                head_reference(world, kind.partition("~")[0]).delete()
    assert seen(world) == EXPECTED


def test_an_older_format_is_written_anew(world: Client) -> None:
    update_snapshot(world)
    for one in world.collection("state/catalogue/chunks").stream():
        one.reference.update({"format": 0})
    update_snapshot(world)
    assert read_snapshot(world, "styles", "styles") is not None
    assert seen(world) == EXPECTED


def test_a_writer_that_died_between_chunks_and_head_is_gone_on_from(
    world: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(snapshot_writer, "_write_head", die)
        with pytest.raises(ConnectionError):
            update_snapshot(world)
    assert seen(world) == EXPECTED
    store_style(world, style(NUMBERS[0], deleted=True))
    update_snapshot(world)
    assert seen(world) == {number: int(number) for number in NUMBERS[1:]}


def test_of_two_writers_neither_undoes_the_other(
    world: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    update_snapshot(world)
    store_prices(world, prices(NUMBERS[0], wholesale=1))
    change = snapshot_writer._change_prices
    others: list[int] = []

    def meanwhile(*arguments: Any) -> Any:
        if not others:
            others.append(0)
            store_prices(world, prices(NUMBERS[0], wholesale=2))
            others.append(update_snapshot(world))
        return change(*arguments)

    kinds = [
        kind
        if kind.collection == "styles"
        else snapshot_writer._Kind(kind.collection, kind.format, kind.name_of, meanwhile)
        for kind in snapshot_writer._KINDS
    ]
    monkeypatch.setattr(snapshot_writer, "_KINDS", tuple(kinds))
    update_snapshot(world)
    assert others[1] > 0
    assert seen(world)[NUMBERS[0]] == 2


def test_a_chunk_of_another_format_makes_the_snapshot_begin_anew(world: Client) -> None:
    """Changes alone would make a chunk that lacks all that did not change."""
    update_snapshot(world)
    chunks = world.collection("state").document("catalogue").collection("chunks")
    for chunk in chunks.stream():
        if (chunk.to_dict() or {}).get("format") and "~" in chunk.id:
            chunk.reference.update({"format": 99})
    store_prices(world, prices(NUMBERS[0], wholesale=3))
    update_snapshot(world)
    assert seen(world) == {**EXPECTED, NUMBERS[0]: 3}
    snapshot = read_snapshot(world, "styles", "styles")
    assert snapshot is not None
    found = {one.number for chunk in snapshot.chunks.values() for one in read_chunk(chunk, {})}
    assert found in (set(), set(NUMBERS))


def test_chunks_that_grow_too_large_become_more(
    world: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_writer, "LARGEST_CHUNK", 2_000)
    monkeypatch.setattr("shared.catalogue.snapshot.FEWEST_BUCKETS", 1)
    head_reference(world, "styles").set(Head(buckets=1).model_dump())
    update_snapshot(world)
    head = Head.model_validate(head_reference(world, "styles").get().to_dict())
    assert head.buckets > 1
    assert seen(world) == EXPECTED


def test_a_page_of_changes_is_taken_at_a_time(
    world: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_writer, "PAGE", 5)
    # One commit has one time, so the page must hold it; these have times of their own.
    for number in NUMBERS:
        store_style(world, style(number, rank=7))
    first = world.document(f"styles/{NUMBERS[0]}").get().get("updated_at")
    head_reference(world, "styles").set(Head(until=first).model_dump())
    update_snapshot(world)
    snapshot = read_snapshot(world, "styles", "styles")
    assert snapshot is not None
    found = {one.number: one.rank for c in snapshot.chunks.values() for one in read_chunk(c, {})}
    assert found == dict.fromkeys(NUMBERS, 7)


def test_the_emulator_holds_preconditions(firestore: Client) -> None:
    """What keeps two writers apart."""
    reference = firestore.document("a/b")
    written = reference.set({"a": 1})
    reference.set({"a": 2})
    option = firestore.write_option(last_update_time=written.update_time)
    with pytest.raises(FailedPrecondition):
        reference.update({"a": 3}, option=option)
