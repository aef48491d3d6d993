from hypothesis import given
from hypothesis import strategies as st

from functions.sync_products.merge import changed_units, merge
from shared.sap.articles import article, tombstone
from shared.store import Document
from shared.style.model import Style
from shared.style.repository import parse
from tests.factories.sap import ECC, packet, stamp
from tests.factories.sap_articles import artmas
from tests.factories.style import style
from tests.support.arrival import arrivals
from tests.support.idocs import read_packet


def _version(second: int, deleted: bool) -> Style:
    if deleted:
        return tombstone("10123", stamp(second))
    sizes = [f"{size}" for size in range(36, 37 + second)]
    return read_packet(packet(artmas(serial=stamp(second), sizes=sizes)), ECC, {"ARTMAS": article})[
        0
    ].style


@given(st.lists(st.booleans(), min_size=1, max_size=5), st.data())
def test_the_newest_version_stays_whatever_the_order(
    deleted: list[bool], data: st.DataObject
) -> None:
    versions = [_version(second, gone) for second, gone in enumerate(deleted)]
    stored: Document | None = None
    for version in data.draw(arrivals(versions)):
        stored = merge(stored, version) or stored
    assert stored == merge(None, versions[-1])
    assert (parse(stored) is None) == deleted[-1]


def test_the_same_again_changes_nothing() -> None:
    stored = merge(None, _version(1, deleted=False))
    assert merge(stored, _version(1, deleted=False)) is None
    assert merge(stored, _version(0, deleted=False)) is None


def test_a_case_that_has_other_pieces_is_told_since_prices_are_by_it() -> None:
    stored = merge(None, style("10123", units={"KAR": 12, "PAL": 240}))
    assert changed_units(None, style("10123", units={"KAR": 12})) == []
    assert changed_units(stored, style("10123", units={"KAR": 12, "PAL": 240, "X": 2})) == []
    (told,) = changed_units(stored, style("10123", units={"KAR": 10, "PAL": 240}))
    assert told.endswith(
        "KAR of 10123 has 10 pieces, and had 12: conditions per KAR are to be sent again"
    )
    assert changed_units(stored, tombstone("10123", stamp(9))) == []
