from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.sync_prices.merge import StoredKey, merge, stored_keys
from shared.price.repository import parse
from shared.store import Document
from tests.factories.sap import kunnr, stamp
from tests.factories.sap_prices import cond_a
from tests.support.arrival import arrivals
from tests.support.idocs import price_key

_KEYS: list[dict[str, Any]] = [{}, {"KSCHL": "VKP0"}, {"KOTABNR": "305", "PLTYP": "W1"}]
_KEYS.append({"KOTABNR": "304", "KUNNR": kunnr("100001")})


def _key(which: int, second: int) -> StoredKey:
    idoc = cond_a(serial=stamp(second), amount=f"{second + 1}.00", **_KEYS[which])
    found = price_key(idoc)
    assert found is not None
    [stored] = stored_keys(found, [])
    return stored


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=6, unique=True),
    st.data(),
)
def test_each_key_keeps_its_newest_records(
    told: list[tuple[int, int]], data: st.DataObject
) -> None:
    keys = [_key(which, second) for which, second in told]
    stored: Document | None = None
    for key in data.draw(arrivals(keys)):
        stored = merge(stored, key) or stored
    prices = parse(stored)
    assert prices is not None
    newest = {which: max(second for w, second in told if w == which) for which, _ in told}
    assert prices.keys == {
        _key(which, second).name: _key(which, second).key for which, second in newest.items()
    }


def test_the_same_again_changes_nothing() -> None:
    stored = merge(None, _key(0, 1))
    assert merge(stored, _key(0, 1)) is None
    assert merge(stored, _key(0, 0)) is None
    assert merge(stored, _key(1, 0)) is not None
