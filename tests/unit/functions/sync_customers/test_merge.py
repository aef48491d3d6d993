from hypothesis import given
from hypothesis import strategies as st

from functions.sync_customers.merge import merge
from shared.company.model import Credit, OpenOrder, Profile
from shared.company.repository import parse
from shared.store import Document, to_document
from tests.factories.company import credit, profile
from tests.factories.sap import stamp
from tests.support.arrival import arrivals

_SECONDS = st.lists(st.integers(0, 9), max_size=4, unique=True)


def _open_orders(created: dict[str, int | None]) -> Document:
    return {
        "open_orders": {
            number: to_document(
                OpenOrder(amount=1000, sap_stamp=None if second is None else stamp(second))
            )
            for number, second in created.items()
        }
    }


@given(
    _SECONDS,
    _SECONDS.filter(bool),
    st.dictionaries(st.text("AB1", min_size=1), st.none() | st.integers(0, 9), max_size=4),
    st.data(),
)
def test_profile_and_credit_have_their_own_newest(
    profiles: list[int],
    credits_: list[int],
    created: dict[str, int | None],
    data: st.DataObject,
) -> None:
    parts: list[Profile | Credit] = [
        *(profile(stamp=stamp(second), name=f"Name {second}") for second in profiles),
        *(credit(stamp=stamp(second), exposure=second) for second in credits_),
    ]
    stored: Document | None = _open_orders(created)
    for part in data.draw(arrivals(parts)):
        stored = merge(stored, part) or stored
    assert stored is not None
    assert ("profile" in stored) == bool(profiles)
    assert stored["credit"]["exposure"] == max(credits_)
    if profiles:
        assert parse("100001", stored).profile.name == f"Name {max(profiles)}"
    assert set(stored["open_orders"]) == {
        number
        for number, second in created.items()
        if second is None or stamp(second) > stamp(max(credits_))
    }


def test_what_is_left_of_the_credit_does_not_change_when_sap_takes_an_order_over() -> None:
    before = merge(_open_orders({"A": 5}), profile()) or {}
    before = merge(before, credit(limit=10_000, exposure=0, stamp=stamp(4))) or {}
    after = merge(before, credit(limit=10_000, exposure=1_000, stamp=stamp(5))) or {}
    assert parse("1", before).credit_left() == parse("1", after).credit_left()


def test_a_profile_leaves_the_open_orders_alone() -> None:
    stored = merge(_open_orders({"A": 1}), profile())
    assert stored is not None
    assert stored["open_orders"].keys() == {"A"}
    assert merge(stored, profile()) is None
