"""sync_products against Firestore."""

from itertools import permutations

import pytest
from google.cloud.firestore import Client

from functions.sync_products.handler import apply
from shared.catalogue import announcement
from shared.event.message import SapMessage
from shared.event.verdict import Verdict
from shared.past.keeping import BEGAN
from shared.sap.source_system import SourceSystem
from shared.style import repository as styles
from tests.factories.sap import ECC, PUBLISHED_AT, S4, Idoc, packet, stamp
from tests.factories.sap_articles import artmas, artmas_deleted, zlisting
from tests.support.firestore_counter import counting


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-products", packet(*idocs), {}, PUBLISHED_AT)


def _state(db: Client) -> dict[str, dict]:
    return {
        snapshot.reference.path: {
            k: v for k, v in document.items() if k not in ("updated_at", BEGAN)
        }
        for name in ("styles", "assortments")
        for snapshot in db.collection(name).stream()
        if (document := snapshot.to_dict()) is not None
    }


def _clear(db: Client) -> None:
    for name in ("styles", "assortments"):
        for snapshot in db.collection(name).stream():
            snapshot.reference.delete()


def test_any_order_of_messages_ends_in_the_same_state(firestore: Client) -> None:
    messages = [
        _message(artmas("10123", stamp(1)), artmas("10124", stamp(1)), zlisting(serial=stamp(1))),
        _message(
            artmas("10123", stamp(2), sizes=("S", "M", "L")), artmas_deleted("10124", stamp(2))
        ),
        _message(artmas("10124", stamp(3)), zlisting(serial=stamp(3), Z1LISTRULE=[])),
    ]
    states = []
    for order in permutations(messages):
        for message in (*order, order[0]):
            apply(firestore, ECC, message)
        states.append(_state(firestore))
        _clear(firestore)
    assert all(state == states[0] for state in states)
    assert states[0]["styles/10123"]["stamp"] == stamp(2)
    assert not states[0]["styles/10124"]["deleted"]


def test_a_test_of_saps_is_counted_and_changes_nothing(firestore: Client) -> None:
    test, real = artmas("10123"), artmas("10124")
    test["EDI_DC40"]["TEST"] = "X"
    outcome = apply(firestore, ECC, _message(test, real))
    assert sorted(outcome.verdicts) == [Verdict.APPLIED, Verdict.IGNORED]
    assert set(_state(firestore)) == {"styles/10124"}


def test_a_style_is_stored_with_its_time_and_announced(firestore: Client) -> None:
    apply(firestore, ECC, _message(artmas("10123")))
    document = styles.reference(firestore, "10123").get().to_dict()
    assert document is not None
    assert document["updated_at"].tzinfo is not None
    style = styles.parse(document)
    assert style is not None
    assert style.colourways[0].skus[0].id == "10123-010-S"
    stored = announcement.parse(announcement.reference(firestore).get().to_dict())
    assert set(stored.announced) == {"styles"}


def test_the_same_message_again_writes_nothing(firestore: Client) -> None:
    message = _message(*(artmas(f"{10123 + i}") for i in range(3)), zlisting())
    with counting(firestore) as first:
        apply(firestore, ECC, message)
    with counting(firestore) as again:
        apply(firestore, ECC, message)
    assert (first.reads, first.writes) == (6, 6)  # four documents and two announcements
    assert (again.reads, again.writes) == (4, 0)


def test_a_faulty_article_keeps_no_other_away(firestore: Client) -> None:
    outcome = apply(firestore, ECC, _message(artmas("10123"), artmas("10124", Z1STYLE=[])))
    assert outcome.verdicts == [Verdict.APPLIED, Verdict.QUARANTINED]
    assert set(_state(firestore)) == {"styles/10123"}


SYSTEMS = pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])


@SYSTEMS
def test_a_wrong_gtin_is_told_and_its_style_taken(firestore: Client, system: SourceSystem) -> None:
    idoc = artmas(system=system)
    idoc["E1BPE1MARMRT"][0]["EAN_UPC"] = "4006381333932"
    outcome = apply(firestore, system, _message(idoc))
    (reason,) = outcome.reasons
    assert "'4006381333932' of 10123001 in" in reason
    stored = styles.parse(styles.reference(firestore, "10123").get().to_dict())
    assert stored is not None
    first, second = stored.colourways[0].skus
    assert (first.gtin, stored.gtins) == ("", [second.gtin])
    assert apply(firestore, system, _message(idoc)).verdicts == [Verdict.DUPLICATE]


@SYSTEMS
def test_a_reduced_message_leaves_the_style_as_it_was(
    firestore: Client, system: SourceSystem
) -> None:
    apply(firestore, system, _message(artmas(serial=stamp(1), system=system)))
    before = _state(firestore)
    reduced = artmas(serial=stamp(2), system=system)
    for name in ("E1BPE1VARKEY", "E1BPE1AUSPRT", "E1BPE1MARMRT"):
        del reduced[name]
    outcome = apply(firestore, system, _message(reduced))
    assert outcome.verdicts == [Verdict.QUARANTINED]
    assert _state(firestore) == before


@SYSTEMS
def test_a_description_that_no_document_holds_is_quarantined(
    firestore: Client, system: SourceSystem
) -> None:
    idoc = artmas(system=system)
    idoc["Z1TEXT"][0]["TEXT"] = "long " * 240_000
    other = artmas("10124", system=system)
    outcome = apply(firestore, system, _message(idoc, other))
    assert sorted(outcome.verdicts) == [Verdict.APPLIED, Verdict.QUARANTINED]
    assert "styles/10123" in outcome.reasons[0]
    assert list(_state(firestore)) == ["styles/10124"]


@SYSTEMS
def test_one_stamp_with_two_contents_is_told(firestore: Client, system: SourceSystem) -> None:
    apply(firestore, system, _message(artmas(system=system)))
    other = artmas(sizes=("S", "M", "L"), system=system)
    assert apply(firestore, system, _message(other)).verdicts == [Verdict.CONFLICT]


@SYSTEMS
def test_a_case_with_other_pieces_is_told(firestore: Client, system: SourceSystem) -> None:
    def with_case(second: int, pieces: str) -> Idoc:
        idoc = artmas(serial=stamp(second), system=system)
        row = {"ALT_UNIT": system.articles.case, "NUMERATOR": pieces, "DENOMINATR": "1"}
        idoc["E1BPE1MARMRT"].append({"MATERIAL": "10123", **row})
        return idoc

    assert apply(firestore, system, _message(with_case(1, "12"))).reasons == []
    (told,) = apply(firestore, system, _message(with_case(2, "10"))).reasons
    assert "has 10 pieces, and had 12" in told
    stored = styles.parse(styles.reference(firestore, "10123").get().to_dict())
    assert stored is not None
    assert stored.multiple == 10
