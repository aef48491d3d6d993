"""Messages that SAP publishes twice, late, in another order, or in pieces."""

import httpx

from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import SMALL
from tests.support.wait import wait_until


def fault(sap: Sap, **plan: object) -> None:
    url = f"{sap.stand_in.control_url}/faults/messages"
    httpx.put(url, json=plan).raise_for_status()


def stock(sap: Sap, pieces: str) -> None:
    sap.post("/stock", MATNR=SMALL, WERKS="EU01", LABST=pieces).raise_for_status()


def stocks(sap: Sap, count: int) -> list[str]:
    """What the whole messages said, in the order of publishing."""
    wait_until(lambda: len(sap.published) >= count, what=f"{count} messages")
    whole = [payload for _, payload in sap.published if not isinstance(payload, bytes)]
    return [row["LABST"] for payload in whole for row in payload["ROWS"]]


def test_a_message_comes_twice(sap: Sap) -> None:
    fault(sap, duplicate=True, times=1)
    stock(sap, "1")
    stock(sap, "2")
    assert stocks(sap, 3) == ["1.000", "1.000", "2.000"]


def test_messages_wait_and_then_come(sap: Sap) -> None:
    fault(sap, down=True)
    stock(sap, "1")
    assert len(sap.stand_in.system.waiting_messages()) == 1
    httpx.delete(f"{sap.stand_in.control_url}/faults/messages").raise_for_status()
    assert stocks(sap, 1) == ["1.000"]


def test_messages_come_newest_first(sap: Sap) -> None:
    fault(sap, down=True)
    for pieces in ("1", "2", "3"):
        stock(sap, pieces)
    fault(sap, reorder=True)
    assert stocks(sap, 3) == ["3.000", "2.000", "1.000"]


def test_half_a_message_comes_before_the_whole(sap: Sap) -> None:
    fault(sap, garbage=True, times=1)
    stock(sap, "1")
    assert stocks(sap, 2) == ["1.000"]
    half = sap.published[0][1]
    assert isinstance(half, bytes)
    assert half.startswith(b'{"ROWS"')


def test_what_is_in_force_is_told(sap: Sap) -> None:
    fault(sap, duplicate=True, times=3)
    told = httpx.get(f"{sap.stand_in.control_url}/faults/messages").json()
    assert told == {"duplicate": True, "times": 3}
    unknown = httpx.put(f"{sap.stand_in.control_url}/faults/messages", json={"melt": 1})
    assert unknown.status_code == 422
