"""What VIES is asked for a company, and what its answer does to the VAT."""

from datetime import timedelta
from typing import Any

import pytest

from shared.company.model import Company
from shared.vat.check import VatAnswer, VatCheck
from shared.vat.ids import counts_as_valid, is_recent, last_check, vies_request_of
from tests.factories.assortment import NOW
from tests.factories.company import company, profile, sales_area
from tests.factories.vat import FRENCH, SELLER, vat_check


def buyer(check: VatCheck | None = None, **overrides: Any) -> Company:
    fields: dict[str, Any] = {"vat_id": FRENCH, "vat_id_valid": True} | overrides
    return company(**fields).model_copy(update={"vat_check": check})


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("FR40303265045", "FR40303265045"),
        ("fr 40 303 265 045", "FR40303265045"),
        ("ATU-3708.3029", "ATU37083029"),
        ("GR094259216", "EL094259216"),
        ("EL094259216", "EL094259216"),
        ("XI925901618", "XI925901618"),
        ("IE6433435F", "IE6433435F"),
    ],
)
def test_an_id_is_asked_for_as_vies_writes_it_with_our_own(written: str, asked: str) -> None:
    question = vies_request_of(profile(vat_id=written))
    assert question is not None
    assert (question.vat_id, question.requester) == (asked, SELLER)


@pytest.mark.parametrize(
    "written", ["", "GB980780684", "NO974760673MVA", "CHE116281710MWST", "FR", "FR1", "EU372000041"]
)
def test_what_vies_can_not_know_is_not_asked_for(written: str) -> None:
    assert vies_request_of(profile(vat_id=written)) is None


def test_who_sells_without_a_vat_id_asks_nothing() -> None:
    assert vies_request_of(profile(vat_id=FRENCH, sales_area=sales_area("3000"))) is None


def test_only_the_word_invalid_takes_an_ids_validity() -> None:
    assert counts_as_valid(buyer())
    assert counts_as_valid(buyer(vat_check()))
    assert counts_as_valid(buyer(vat_check(VatAnswer.NOT_CHECKED)))
    assert not counts_as_valid(buyer(vat_check(VatAnswer.INVALID)))
    assert not counts_as_valid(buyer(vat_check(), vat_id_valid=False))


def test_an_answer_about_another_id_or_seller_says_nothing_of_this_one() -> None:
    others: list[dict[str, Any]] = [{"vat_id": "FR00303265045"}, {"requester": "DE136695976"}]
    for other in others:
        stale = buyer(vat_check(VatAnswer.INVALID, **other))
        assert last_check(stale) is None
        assert counts_as_valid(stale)


def test_only_a_valid_answer_spares_the_next_question_and_only_for_so_long() -> None:
    age = timedelta(days=3)
    assert is_recent(vat_check(asked_at=NOW - age), NOW, age)
    assert not is_recent(vat_check(asked_at=NOW - age - timedelta(seconds=1)), NOW, age)
    for answer in (VatAnswer.INVALID, VatAnswer.NOT_CHECKED):
        assert not is_recent(vat_check(answer), NOW, age)
