from hypothesis import given
from hypothesis import strategies as st

from functions.sync_customers.merge import merge
from shared.company.model import Credit, Profile
from shared.company.repository import parse
from shared.stamped import UNTOLD
from shared.store import Document
from tests.factories.company import credit, profile
from tests.factories.sap import stamp
from tests.support.arrival import arrivals

_SECONDS = st.lists(st.integers(0, 9), max_size=4, unique=True)


def _open_amounts(*stamps: str) -> Document:
    return {"open_amounts": dict.fromkeys(stamps, 1000)}


@given(
    _SECONDS,
    _SECONDS.filter(bool),
    st.sets(st.just(UNTOLD) | st.integers(0, 9).map(stamp), max_size=4),
    st.data(),
)
def test_profile_and_credit_have_their_own_newest(
    profiles: list[int],
    credits_: list[int],
    created: set[str],
    data: st.DataObject,
) -> None:
    parts: list[Profile | Credit] = [
        *(profile(stamp=stamp(second), name=f"Name {second}") for second in profiles),
        *(credit(stamp=stamp(second), exposure=second) for second in credits_),
    ]
    stored: Document | None = _open_amounts(*created)
    for part in data.draw(arrivals(parts)):
        stored = merge(stored, part) or stored
    assert stored is not None
    assert ("profile" in stored) == bool(profiles)
    assert stored["credit"]["exposure"] == max(credits_)
    if profiles:
        assert parse("100001", stored).profile.name == f"Name {max(profiles)}"
    assert set(stored["open_amounts"]) == {
        one for one in created if one == UNTOLD or one > stamp(max(credits_))
    }


def test_what_is_left_of_the_credit_does_not_change_when_sap_takes_an_order_over() -> None:
    before = merge(_open_amounts(stamp(5)), profile()) or {}
    before = merge(before, credit(limit=10_000, exposure=0, stamp=stamp(4))) or {}
    after = merge(before, credit(limit=10_000, exposure=1_000, stamp=stamp(5))) or {}
    assert parse("1", before).credit_left() == parse("1", after).credit_left()


def test_a_profile_leaves_the_open_orders_alone() -> None:
    stored = merge(_open_amounts(stamp(1)), profile())
    assert stored is not None
    assert stored["open_amounts"].keys() == {stamp(1)}
    assert merge(stored, profile()) is None


def test_credit_figures_sum_up_what_was_kept_by_order() -> None:
    """A document of before the sums."""
    kept = {
        "A": {"amount": 1000, "sap_stamp": stamp(5)},
        "B": {"amount": 200, "sap_stamp": stamp(9)},
        "B~2": {"amount": 30, "sap_stamp": None},
        "C": {"amount": 4, "sap_stamp": None},
    }
    stored = merge({"open_orders": kept}, credit(stamp=stamp(5)))
    assert stored is not None
    assert stored["open_amounts"] == {stamp(9): 200, UNTOLD: 34}
    assert "open_orders" not in stored
