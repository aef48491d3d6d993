"""GET and PATCH /v1/accounts/me."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.accounts.schema import LANGUAGES
from tests.integration.functions.accounts.conftest import TWO, WHO_CALLS, Call
from tests.support.firestore_counter import counting


def test_anonymous(call: Call) -> None:
    for body in (None, {"language": "de"}):
        answer = call("/me", body=body, anonymous=True)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "unauthenticated")


def test_a_token_that_does_not_verify(call: Call) -> None:
    answer = call("/me", anonymous=True, Authorization="Bearer nonsense")
    assert answer.status_code == 401


def test_who_calls(call: Call) -> None:
    answer = call("/me", TWO, Accept_Language="de-AT, en;q=0.5")
    assert answer.status_code == 200
    me = answer.get_json()
    assert (me["uid"], me["email"], me["name"]) == ("anna", "anna@laeufer.test", "Anna Läufer")
    assert me["brand_role"] is None
    assert me["companies"] == [
        {"id": "100002", "name": "Aréna Kft.", "role": "viewer"},
        {"id": "100001", "name": "Läufer GmbH", "role": "buyer"},
    ]
    assert (me["default_company"], me["language"]) == (None, "de")
    assert me["formats"]["first_day_of_week"] == 1


@pytest.mark.parametrize(
    ("companies", "asked", "language"),
    [
        ({"100001": "buyer"}, "sv", "de"),
        ({"100001": "buyer"}, "", "de"),
        ({}, "fr-CA", "fr-CA"),
        ({}, "", "en"),
    ],
)
def test_before_a_choice_the_companys_language_comes_before_the_browsers(
    companies: dict[str, str], asked: str, language: str, call: Call
) -> None:
    assert call("/me", companies, Accept_Language=asked).get_json()["language"] == language
    call("/me", companies, body={"language": "pl"})
    assert call("/me", companies, Accept_Language=asked).get_json()["language"] == "pl"


def test_two_reads_whatever_the_number_of_companies(call: Call, firestore: Client) -> None:
    with counting(firestore) as count:
        call("/me", TWO)
    assert (count.rpcs, count.reads) == (2 + WHO_CALLS, 4 + WHO_CALLS)


def test_companies_that_sap_does_not_know_or_deleted_are_left_out(call: Call) -> None:
    me = call("/me", {"100001": "buyer", "100004": "buyer", "999": "buyer"}).get_json()
    assert [company["id"] for company in me["companies"]] == ["100001"]


def test_a_person_without_companies(call: Call) -> None:
    me = call("/me", {}).get_json()
    assert me["companies"] == []
    assert me["formats"]["money"].endswith("1,234,567.89")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_can_be_chosen(tag: str, call: Call) -> None:
    answer = call("/me", body={"language": tag})
    assert answer.status_code == 200
    assert answer.get_json()["language"] == tag


def test_choices_are_kept_and_absent_ones_stay(call: Call) -> None:
    first = call("/me", TWO, body={"language": "hu"}).get_json()
    second = call("/me", TWO, body={"default_company": "100002"}).get_json()
    again = call("/me", TWO, body={"default_company": "100002"}).get_json()
    assert first["default_company"] is None
    assert second == again == call("/me", TWO, Accept_Language="de").get_json()
    assert (second["language"], second["default_company"]) == ("hu", "100002")
    assert second["formats"] == {
        "number": "1\u00a0234\u00a0567,89",
        "money": "1\u00a0234\u00a0567,89\u00a0Ft",
        "date": "2026. 11. 22.",
        "long_date": "2026. november 22., vasárnap",
        "time": "12:00",
        "first_day_of_week": 1,
    }


def test_null_takes_a_choice_back_and_nothing_changes_nothing(call: Call) -> None:
    call("/me", TWO, body={"language": "hu", "default_company": "100002"})
    assert call("/me", TWO, body={}).get_json()["language"] == "hu"
    me = call("/me", TWO, body={"language": None}, Accept_Language="sv").get_json()
    assert (me["language"], me["default_company"]) == ("de", "100002")


def test_a_default_company_that_was_left_is_none(call: Call) -> None:
    call("/me", TWO, body={"default_company": "100002"})
    assert call("/me", {"100001": "buyer"}).get_json()["default_company"] is None


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"language": "tlh"}, "/language", "not_allowed"),
        ({"language": "de_DE"}, "/language", "not_allowed"),
        ({"language": 5}, "/language", "not_a_text"),
        ({"default_company": "100003"}, "/default_company", "unknown_company"),
        ({"default_company": "x" * 41}, "/default_company", "too_long"),
        ({"role": "admin"}, "/role", "unknown_field"),
    ],
)
def test_invalid(body: dict[str, Any], pointer: str, code: str, call: Call) -> None:
    answer = call("/me", body=body, Accept_Language="en")
    assert answer.status_code == 422
    [fault] = answer.get_json()["errors"]
    assert (fault["pointer"], fault["code"]) == (pointer, code)
    assert call("/me").get_json()["default_company"] is None


def test_two_choices_at_once_are_both_kept(call: Call) -> None:
    choices = [{"language": "pl"}, {"default_company": "100001"}]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda body: call("/me", TWO, body=body), choices))
    me = call("/me", TWO).get_json()
    assert (me["language"], me["default_company"]) == ("pl", "100001")
