"""External numbers: what the caller chooses is checked, and one number is one sales order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulators.sap.client import pyrfc
from emulators.sap.server import serve
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import small_data
from tests.integration.emulators.sap.test_create import COMMIT, create

FIRST, LAST = "0500000000", "0500000009"
NUMBER = "0500000004"


@pytest.fixture(name="numbered")
def _numbered(tmp_path: Path) -> Iterator[Sap]:
    """A SAP that leaves ten numbers to its callers."""
    with serve(small_data(), tmp_path, external_numbers=(FIRST, LAST)) as stand_in:
        yield Sap(stand_in, [])


def _numbers(sap: Sap) -> list[str]:
    return [order["VBELN"] for order in sap.orders()]


def test_an_order_gets_the_number_that_its_caller_chose(numbered: Sap) -> None:
    with numbered.connect() as connection:
        assert create(connection, SALESDOCUMENTIN=NUMBER)[0] == NUMBER
        connection.call(COMMIT, WAIT="X")
    assert _numbers(numbered) == [NUMBER]


def test_who_chooses_none_gets_one_of_saps(numbered: Sap) -> None:
    with numbered.connect() as connection:
        assert not FIRST <= create(connection)[0] <= LAST


@pytest.mark.parametrize("number", ["0499999999", "0500000010", "500000004", "A500000004"])
def test_a_number_out_of_the_range_is_refused(numbered: Sap, number: str) -> None:
    with numbered.connect() as connection:
        assert create(connection, SALESDOCUMENTIN=number)[0] == ""


def test_a_number_that_is_there_is_refused(numbered: Sap) -> None:
    with numbered.connect() as connection:
        create(connection, SALESDOCUMENTIN=NUMBER)
        connection.call(COMMIT, WAIT="X")
        number, rows = create(connection, SALESDOCUMENTIN=NUMBER)
    assert number == ""
    assert "E" in {kind for kind, _ in rows}


def test_of_two_drafts_of_a_number_the_second_commit_fails(numbered: Sap) -> None:
    with numbered.connect() as one, numbered.connect() as other:
        assert create(one, SALESDOCUMENTIN=NUMBER)[0] == NUMBER
        assert create(other, SALESDOCUMENTIN=NUMBER)[0] == NUMBER
        assert one.call(COMMIT, WAIT="X")["RETURN"]["TYPE"] == ""
        ended = other.call(COMMIT, WAIT="X")["RETURN"]
    assert (ended["TYPE"], ended["ID"], ended["NUMBER"]) == ("E", "S&", "101")
    assert _numbers(numbered) == [NUMBER]


def test_the_oldest_order_stays_the_first_one_after_a_restart(tmp_path: Path) -> None:
    for number in ("0500000007", "0500000002"):
        with (
            serve(small_data(), tmp_path, external_numbers=(FIRST, LAST)) as stand_in,
            pyrfc.Connection(**stand_in.destination) as connection,
        ):
            create(connection, SALESDOCUMENTIN=number)
            connection.call(COMMIT, WAIT="X")
    with serve(small_data(), tmp_path) as stand_in:
        assert _numbers(Sap(stand_in, [])) == ["0500000007", "0500000002"]


def test_a_held_commit_breaks_off_and_is_finished_later(sap: Sap) -> None:
    sap.fault(hold_commit=True, times=1)
    with sap.connect() as connection:
        number, _ = create(connection)
        with pytest.raises(pyrfc.CommunicationError):
            connection.call(COMMIT, WAIT="X")
        assert _numbers(sap) == []
        assert sap.post("/commits/finish").json() == {"saved": 1}
        assert sap.post("/commits/finish").json() == {"saved": 0}
    assert _numbers(sap) == [number]


def test_a_held_commit_of_a_number_that_was_saved_meanwhile_ends(numbered: Sap) -> None:
    numbered.fault(hold_commit=True, times=1)
    with numbered.connect() as connection:
        create(connection, SALESDOCUMENTIN=NUMBER)
        with pytest.raises(pyrfc.CommunicationError):
            connection.call(COMMIT, WAIT="X")
        create(connection, SALESDOCUMENTIN=NUMBER)
        connection.call(COMMIT, WAIT="X")
    assert numbered.post("/commits/finish").json() == {"saved": 0}
    assert _numbers(numbered) == [NUMBER]


def test_who_gives_up_a_slow_commit_does_not_stop_it(sap: Sap) -> None:
    sap.fault(slow_commit_seconds=600, times=1)
    with sap.connect({"timeout": 1}) as connection:
        number, _ = create(connection)
        with pytest.raises(pyrfc.RFCError):
            connection.call(COMMIT, WAIT="X")
        assert _numbers(sap) == []
        sap.stand_in.system.stopping.set()  # the update task need not be waited for
    assert number
