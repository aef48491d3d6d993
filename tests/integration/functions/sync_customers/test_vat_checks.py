"""A company that comes, or comes with another VAT id, is due for VIES in the commit that stores it."""

from itertools import permutations

from google.cloud.firestore import Client

from functions.sync_customers.handler import apply
from shared.company.repository import reference
from shared.event.message import SapMessage
from shared.sap.fields import read_stamp
from shared.store import to_document
from shared.vat.check import VatAnswer
from shared.vat.request import VatRequest
from tests.factories.sap import ECC, PUBLISHED_AT, Idoc, packet, stamp
from tests.factories.sap_customers import debmas, debmas_deleted, zcredit
from tests.factories.vat import FRENCH, vat_check


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-customers", packet(*idocs), {}, PUBLISHED_AT)


def _french(second: int, vat_id: str = FRENCH, number: str = "100001") -> Idoc:
    return debmas(number, stamp(second), customer={"STCEG": vat_id})


def _due(db: Client) -> object:
    return (reference(db, "100001").get().to_dict() or {}).get("vat_due_at")


def test_a_new_company_is_due_and_asked_for(firestore: Client) -> None:
    asked = apply(firestore, ECC, _message(_french(1), _french(1, "", "100002"), zcredit()))[1]
    assert asked == [VatRequest("100001", stamp(1))]
    assert _due(firestore) == read_stamp(stamp(1))


def test_who_died_before_asking_left_it_due(firestore: Client) -> None:
    apply(firestore, ECC, _message(_french(1)))
    assert apply(firestore, ECC, _message(_french(1)))[1] == []
    assert _due(firestore) == read_stamp(stamp(1))


def test_an_id_that_vies_answered_for_is_asked_for_again_only_if_it_changes(
    firestore: Client,
) -> None:
    apply(firestore, ECC, _message(_french(1)))
    answered = {"vat_check": to_document(vat_check(VatAnswer.INVALID)), "vat_due_at": None}
    reference(firestore, "100001").update(answered)
    assert apply(firestore, ECC, _message(_french(2)))[1] == []
    assert _due(firestore) is None
    other = _french(3, "FR83404833048")
    assert apply(firestore, ECC, _message(other))[1] == [VatRequest("100001", stamp(3))]
    assert _due(firestore) == read_stamp(stamp(3))


def test_silence_of_vies_is_no_answer(firestore: Client) -> None:
    apply(firestore, ECC, _message(_french(1)))
    silent = {"vat_check": to_document(vat_check(VatAnswer.NOT_CHECKED))}
    reference(firestore, "100001").update(silent)
    assert apply(firestore, ECC, _message(_french(2)))[1] == [VatRequest("100001", stamp(2))]


def test_any_order_of_messages_ends_in_the_same(firestore: Client) -> None:
    messages = [
        _french(1),
        _french(2, ""),
        _french(3),
        _french(4, ""),
        debmas_deleted(serial=stamp(5)),
    ]
    states = []
    for order in permutations(messages[:4]):
        for idoc in (*order, order[0]):
            apply(firestore, ECC, _message(idoc))
        states.append(reference(firestore, "100001").get().to_dict() or {})
        reference(firestore, "100001").delete()
    assert {state.get("vat_due_at") for state in states} == {None}
    for order in permutations(messages[2:]):
        for idoc in order:
            apply(firestore, ECC, _message(idoc))
        assert _due(firestore) is None
