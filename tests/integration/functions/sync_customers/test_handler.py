"""sync_customers against Firestore."""

from itertools import permutations

from google.cloud.firestore import Client
from structlog.testing import capture_logs

from functions.sync_customers.handler import apply
from shared.catalogue import announcement
from shared.company import repository as companies
from shared.event.message import SapMessage
from shared.past.keeping import BEGAN
from shared.stamped import UNTOLD
from tests.factories.sap import ECC, PUBLISHED_AT, Idoc, packet, stamp
from tests.factories.sap_customers import debmas, debmas_deleted, zcredit
from tests.support.firestore_counter import counting


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-customers", packet(*idocs), {}, PUBLISHED_AT)


def test_any_order_of_messages_ends_in_the_same_state(firestore: Client) -> None:
    messages = [
        _message(debmas(serial=stamp(1)), debmas("100002", stamp(1))),
        _message(debmas(serial=stamp(2), doors=("200003",)), debmas_deleted("100002", stamp(2))),
        _message(zcredit(serial=stamp(1), exposure="100.00")),
        _message(zcredit(serial=stamp(3), exposure="300.00")),
    ]
    held = {"open_amounts": {stamp(2): 1000, UNTOLD: 500}}
    states = []
    for order in list(permutations(messages))[::4]:
        companies.reference(firestore, "100001").set(held)
        for message in (*order, order[0]):
            apply(firestore, ECC, message)
        stored = {}
        for snapshot in firestore.collection("companies").stream():
            stored[snapshot.id] = snapshot.to_dict() or {}
            for name in ("updated_at", BEGAN):
                stored[snapshot.id].pop(name, None)
            snapshot.reference.delete()
        states.append(stored)
    assert all(state == states[0] for state in states)
    found = companies.parse("100001", states[0]["100001"])
    assert list(found.profile.doors) == ["200003"]
    assert found.open_amounts == {UNTOLD: 500}
    left = found.credit_left()
    assert left is not None
    assert left.amount == 10_000_000 - 30_000 - 500
    assert states[0]["100002"]["profile"]["deleted"]


def test_profile_and_credit_of_one_company_are_one_write(firestore: Client) -> None:
    message = SapMessage("1", "sap-customers", packet(debmas(), zcredit()), {}, PUBLISHED_AT)
    with counting(firestore) as first:
        apply(firestore, ECC, message)
    with counting(firestore) as again:
        apply(firestore, ECC, message)
    # The company and the announcement; and of a late message which snapshot was the last.
    assert (first.reads, first.writes) == (3, 2)
    assert (again.reads, again.writes) == (2, 0)
    stored = announcement.parse(announcement.reference(firestore).get().to_dict())
    assert set(stored.announced) == {"companies"}


def test_credit_alone_is_no_change_to_the_catalogue(firestore: Client) -> None:
    with counting(firestore) as count:
        apply(firestore, ECC, SapMessage("1", "sap-customers", packet(zcredit()), {}, PUBLISHED_AT))
    assert (count.reads, count.writes) == (1, 1)
    assert not announcement.reference(firestore).get().exists


def test_payment_terms_without_words_are_told_once(firestore: Client) -> None:
    known = debmas("100003", area={"ZTERM": "NT30"})
    other = debmas("100004", area={"ZTERM": "ZX99"})
    with capture_logs() as logs:
        apply(firestore, ECC, _message(known, other, debmas("100002"), debmas()))
    told = [(one["setting"], one["key"]) for one in logs if one["event"] == "key without words"]
    assert told == [("buyer_texts.payment_terms", "ZN30"), ("buyer_texts.payment_terms", "ZX99")]
