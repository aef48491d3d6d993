"""GTINs of several articles: an entry each, for as long as the catalogue has it so."""

from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from functions.reconcile import shared_gtins
from functions.reconcile.shared_gtins import update_shared_gtins
from shared.catalogue.snapshot import Head, head_reference
from shared.catalogue.snapshot_writer import update_snapshot
from shared.style.model import Style
from shared.style.shared_gtin import list_shared
from tests.factories.assortment import NOW
from tests.factories.style import colourway, gtin, store_style, style
from tests.support.firestore_counter import counting

SAME = gtin("10123001")
LATER = NOW + timedelta(minutes=5)


def _with(number: str, **codes: str) -> Style:
    """A style of one article, with these codes."""
    only = colourway(number, sizes=("M",))
    skus = [only.skus[0].model_copy(update=codes)]
    return style(number, colourways=[only.model_copy(update={"skus": skus})])


def _round(db: Client, now: Any = NOW) -> list[Any]:
    """What a call of reconcile does about them; what it tells people of."""
    with capture_logs() as told:
        update_snapshot(db)
        update_shared_gtins(db, now)
    return [one["gtins"] for one in told if one["event"] == "gtin on two articles"]


def _entries(db: Client) -> dict[str, list[str]]:
    return {one.gtin: [each.article for each in one.articles] for one in list_shared(db)}


def test_one_is_told_once_and_ends_when_it_is_mended(firestore: Client) -> None:
    store_style(firestore, _with("10123"), _with("10200", gtin=SAME), _with("10300"))
    assert _round(firestore) == [[SAME]]
    [entry] = list_shared(firestore)
    assert (entry.gtin, entry.article_count, entry.since) == (SAME, 2, NOW)
    assert [(one.style, one.article) for one in entry.articles] == [
        ("10123", "10123001"),
        ("10200", "10200001"),
    ]
    store_style(firestore, _with("10300", gtin=SAME))
    assert _round(firestore, LATER) == []
    [entry] = list_shared(firestore)
    assert (entry.article_count, entry.since) == (3, NOW)
    store_style(firestore, _with("10200"), style("10300", deleted=True))
    assert _round(firestore, LATER) == []
    assert _entries(firestore) == {}
    store_style(firestore, _with("10200", gtin=SAME))
    assert _round(firestore, LATER) == [[SAME]]


def test_a_gtin_of_a_case_and_one_written_otherwise_are_seen(firestore: Client) -> None:
    store_style(
        firestore,
        _with("10123"),
        _with("10200", case_gtin="0" + SAME),
        _with("10300", case_gtin=gtin("10300001")),
        _with("10400", gtin=""),
        _with("10500", gtin=""),
    )
    _round(firestore)
    assert _entries(firestore) == {SAME: ["10123001", "10200001"]}


def test_a_part_of_the_catalogue_ends_nothing(firestore: Client) -> None:
    store_style(firestore, _with("10123"), _with("10200", gtin=SAME))
    _round(firestore)
    head = head_reference(firestore, "styles")
    stored = Head.model_validate(head.get().to_dict())
    head.set({**stored.model_dump(), "whole": False, "chunks": {}, "until": NOW})
    update_shared_gtins(firestore, LATER)
    assert list(_entries(firestore)) == [SAME]


def test_a_round_costs_two_reads_or_one_for_each_chunk_and_entry(firestore: Client) -> None:
    update_shared_gtins(firestore, NOW)
    store_style(firestore, *(_with(str(10100 + i)) for i in range(30)), _with("10200", gtin=SAME))
    update_snapshot(firestore)
    head = Head.model_validate(head_reference(firestore, "styles").get().to_dict())
    chunks = len(head.chunks["styles"])
    with counting(firestore) as count:
        update_shared_gtins(firestore, NOW)
    # Note and head, the chunks, that there is no entry; then the entry and the note.
    assert (count.reads, count.writes) == (2 + chunks + 1, 2)
    with counting(firestore) as count:
        update_shared_gtins(firestore, NOW)
    assert (count.reads, count.writes) == (2, 0)


def test_many_are_taken_by_some_and_no_more_than_a_page_can_hold(
    firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_gtins, "MOST", 5)
    monkeypatch.setattr(shared_gtins, "WRITTEN", 3)
    pairs = [(str(10100 + i), str(10200 + i)) for i in range(7)]
    store_style(firestore, *(_with(number) for pair in pairs for number in pair))
    store_style(firestore, *(_with(b, gtin=gtin(f"{a}001")) for a, b in pairs))
    update_snapshot(firestore)
    sizes = []
    for _ in range(4):
        update_shared_gtins(firestore, NOW)
        sizes.append(len(_entries(firestore)))
    assert sizes == [3, 5, 5, 5]
    assert (firestore.document("state/shared_gtins").get().to_dict() or {})["count"] == 7


def test_of_two_writers_the_older_one_changes_nothing(
    firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_style(firestore, _with("10123"), _with("10200", gtin=SAME))
    update_snapshot(firestore)
    shared_by = shared_gtins.shared_by

    def meanwhile(chunks: Any) -> Any:
        found = shared_by(chunks)
        monkeypatch.setattr(shared_gtins, "shared_by", shared_by)
        store_style(firestore, _with("10200"))
        _round(firestore, LATER)
        return found

    monkeypatch.setattr(shared_gtins, "shared_by", meanwhile)
    update_shared_gtins(firestore, NOW)
    assert _entries(firestore) == {}
