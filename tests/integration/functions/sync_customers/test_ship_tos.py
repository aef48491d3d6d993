"""Doors whose addresses come in messages of their own, in any order."""

from itertools import permutations
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.sync_customers.handler import apply
from shared.company.model import INLINE_DOORS
from shared.event.message import SapMessage
from shared.event.verdict import Verdict
from tests.factories.sap import PUBLISHED_AT, S4, packet, stamp
from tests.factories.sap_customers import debmas

AREA = {"VKORG": "3000", "SPART": "10"}


def _message(*idocs: dict[str, Any]) -> SapMessage:
    for idoc in idocs:
        idoc["EDI_DC40"]["SNDPRN"] = S4.logical_system
    return SapMessage("1", "sap-customers", packet(*idocs), {}, PUBLISHED_AT)


def _sold_to(second: int, doors: list[str], company: str = "100001") -> SapMessage:
    idoc = debmas(company, stamp(second), doors, area=AREA)
    idoc["E1KNA1M"][0]["Z1DOOR"] = []
    return _message(idoc)


def _ship_to(second: int, door: str, city: str) -> SapMessage:
    return _message(debmas(door, stamp(second), (), customer={"KTOKD": "0002", "ORT01": city}))


def _doors(db: Client, company: str = "100001") -> dict[str, tuple[str, bool]]:
    document = db.document(f"companies/{company}").get().to_dict() or {}
    found = document["profile"]["doors"] or {
        one.id: one.to_dict() or {} for one in db.collection(f"companies/{company}/doors").stream()
    }
    return {id_: (door["address"]["city"], door["blocked"]) for id_, door in found.items()}


def _clear(db: Client) -> None:
    for name in ("companies", "ship_tos"):
        for one in db.collection(name).stream():
            for door in one.reference.collection("doors").stream():
                door.reference.delete()
            one.reference.delete()


@pytest.mark.parametrize("more", [0, INLINE_DOORS])
def test_sold_to_and_ship_to_come_in_any_order_and_twice(firestore: Client, more: int) -> None:
    others = [str(300_000 + each) for each in range(more)]
    messages = [
        _sold_to(1, ["200001", "200002", *others]),
        _ship_to(2, "200001", "Köln"),
        _ship_to(3, "200001", "Bonn"),
    ]
    orders = [*permutations(messages)]
    for order in orders if not more else orders[::3]:
        for message in (*order, order[0]):
            apply(firestore, S4, message)
        found = _doors(firestore)
        assert len(found) == 2 + more
        assert found["200001"] == ("Bonn", False)
        # Its message is yet to come, so nothing can be ordered for it.
        assert found["200002"] == ("", True)
        _clear(firestore)


def test_a_ship_to_of_two_companies_is_brought_to_both(firestore: Client) -> None:
    for company in ("100001", "100002"):
        apply(firestore, S4, _sold_to(1, ["200001"], company))
    apply(firestore, S4, _ship_to(2, "200001", "Köln"))
    assert [_doors(firestore, one)["200001"] for one in ("100001", "100002")] == [
        ("Köln", False)
    ] * 2
    # A later message of the company keeps the address.
    apply(firestore, S4, _sold_to(3, ["200001"]))
    assert _doors(firestore)["200001"] == ("Köln", False)


def test_a_ship_to_of_nobody_waits(firestore: Client) -> None:
    outcome, _ = apply(firestore, S4, _ship_to(2, "200001", "Köln"))
    assert outcome.verdicts == [Verdict.WAITING]
    assert [one.id for one in firestore.collection("companies").stream()] == []
