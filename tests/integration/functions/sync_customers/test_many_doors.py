"""Companies of more doors than a profile holds: any order, duplicates, and crashes half-way."""

from itertools import permutations
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.sync_customers import handler
from functions.sync_customers.doors import write_doors
from functions.sync_customers.handler import apply
from shared.company import doors
from shared.company import repository as companies
from shared.company.model import INLINE_DOORS, Profile
from shared.event.message import SapMessage
from shared.event.writing import Written
from shared.past.keeping import BEGAN
from shared.store import Document
from tests.factories.sap import ECC, PUBLISHED_AT, Idoc, packet, stamp
from tests.factories.sap_customers import debmas, debmas_deleted
from tests.support.firestore_counter import counting

NUMBERS = [str(200001 + i) for i in range(INLINE_DOORS + 3)]
FEW = NUMBERS[2:5]


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-customers", packet(*idocs), {}, PUBLISHED_AT)


def _state(db: Client) -> dict[str, Document]:
    found = [*db.collection("companies").stream(), *db.collection_group("doors").stream()]
    return {
        one.reference.path: {
            k: v for k, v in (one.to_dict() or {}).items() if k not in ("updated_at", BEGAN)
        }
        for one in found
    }


def _clear(db: Client) -> None:
    for path in _state(db):
        db.document(path).delete()


def _doors(db: Client) -> set[str]:
    """The doors as a reader of the company finds them."""
    found = companies.reference(db, "100001").get().to_dict()
    company = companies.parse("100001", found)
    stored = (one.to_dict() for one in doors.collection(db, "100001").stream())
    apart = {door.id for one in stored if (door := doors.parse(one, company))}
    return apart if company.doors_apart else {*company.profile.doors}


def test_any_order_of_messages_ends_in_the_same_state(firestore: Client) -> None:
    messages = [
        _message(debmas(serial=stamp(1), doors=NUMBERS)),
        _message(debmas(serial=stamp(2), doors=FEW)),
        _message(debmas(serial=stamp(3), doors=NUMBERS[1:], customer={"NAME1": "Läufer SE"})),
    ]
    states = []
    for order in permutations(messages):
        for message in (*order, order[0]):
            apply(firestore, ECC, message)
        assert _doors(firestore) == {*NUMBERS[1:]}
        states.append(_state(firestore))
        _clear(firestore)
    assert all(state == states[0] for state in states)
    assert len(states[0]) == 1 + len(NUMBERS) - 1
    assert states[0]["companies/100001"]["profile"]["doors"] == {}


def test_few_doors_after_many_are_in_the_profile_again(firestore: Client) -> None:
    apply(firestore, ECC, _message(debmas(serial=stamp(1), doors=NUMBERS)))
    apply(firestore, ECC, _message(debmas(serial=stamp(2), doors=FEW)))
    assert _doors(firestore) == {*FEW}
    assert [path for path in _state(firestore) if "/doors/" in path] == []


def test_a_deleted_company_leaves_no_doors(firestore: Client) -> None:
    apply(firestore, ECC, _message(debmas(serial=stamp(1), doors=NUMBERS)))
    apply(firestore, ECC, _message(debmas_deleted("100001", stamp(2))))
    assert [*_state(firestore)] == ["companies/100001"]


@pytest.mark.parametrize("step", ["doors", "profile"])
@pytest.mark.parametrize("new", [NUMBERS[1:], FEW])
def test_a_crash_half_way_is_completed_by_the_redelivery(
    firestore: Client, monkeypatch: pytest.MonkeyPatch, step: str, new: list[str]
) -> None:
    apply(firestore, ECC, _message(debmas(serial=stamp(1), doors=NUMBERS)))
    second = _message(debmas(serial=stamp(2), doors=new))

    def crash(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        if step == "doors":

            def write_some(
                db: Client, company: str, profile: Profile, origin: str, tally: object = None
            ) -> Written:
                some = dict([*profile.doors.items()][: INLINE_DOORS + 1])
                write_doors(db, company, profile.model_copy(update={"doors": some}))
                raise SystemExit

            patched.setattr(handler, "write_doors", write_some)
        else:
            patched.setattr(handler, "delete_old_doors", crash)
        with pytest.raises(SystemExit):
            apply(firestore, ECC, second)
    # Until the profile is written the company has its doors of before, and then the new ones.
    assert _doors(firestore) == {*NUMBERS} if step == "doors" else {*new}
    apply(firestore, ECC, second)
    assert _doors(firestore) == {*new}
    paths = [path for path in _state(firestore) if "/doors/" in path]
    assert len(paths) == (len(new) if len(new) > INLINE_DOORS else 0)


def test_an_older_message_that_ends_after_a_newer_one_adds_no_door(
    firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = _message(debmas(serial=stamp(1), doors=NUMBERS))
    newer = _message(debmas(serial=stamp(2), doors=NUMBERS[1:]))

    def overtaken(
        db: Client, company: str, profile: Profile, origin: str, tally: object = None
    ) -> Written:
        monkeypatch.setattr(handler, "write_doors", write_doors)
        apply(db, ECC, newer)
        return write_doors(db, company, profile)

    monkeypatch.setattr(handler, "write_doors", overtaken)
    apply(firestore, ECC, older)
    assert _doors(firestore) == {*NUMBERS[1:]}
    assert len(_state(firestore)) == len(NUMBERS)


def test_the_same_again_writes_nothing(firestore: Client) -> None:
    message = _message(debmas(serial=stamp(1), doors=NUMBERS))
    apply(firestore, ECC, message)
    with counting(firestore) as again:
        apply(firestore, ECC, message)
    assert again.writes == 0
