"""What VIES's replies say, and above all what they don't: only its own word makes an id invalid."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.vies.register import MAGIC_FAULTS
from functions.check_vat_id.vies import read_reply
from shared.vat.check import VatAnswer, VatCheck
from shared.vat.ids import ViesRequest

NOW = datetime(2026, 11, 26, 10, 15, tzinfo=UTC)
QUESTION = ViesRequest("FR40303265045", "DE999999990")
RIGHT = {
    "countryCode": "FR",
    "vatNumber": "40303265045",
    "requestDate": "2026-11-26T10:15:00.123Z",
    "valid": True,
    "requestIdentifier": "WAPIAAAAZ1B2C3D4",
    "name": "SA FOULEE",
    "address": "3 RUE DE LA PAIX\n75002 PARIS",
    "traderName": "---",
    "traderNameMatch": "NOT_PROCESSED",
}


def read(reply: Any, status: int = 200) -> VatCheck:
    body = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
    return read_reply(QUESTION, NOW, status, body)


def test_a_valid_id_comes_with_all_that_shows_that_it_was_asked_for() -> None:
    assert read(RIGHT) == VatCheck(
        vat_id="FR40303265045",
        requester="DE999999990",
        answer=VatAnswer.VALID,
        asked_at=NOW,
        stated_on=date(2026, 11, 26),
        consultation="WAPIAAAAZ1B2C3D4",
        name="SA FOULEE",
        address="3 RUE DE LA PAIX\n75002 PARIS",
    )


def test_what_a_member_state_does_not_tell_is_empty() -> None:
    found = read({**RIGHT, "name": "---", "address": None, "requestDate": "2026-11-27+01:00"})
    assert (found.name, found.address, found.stated_on) == ("", "", date(2026, 11, 27))


def test_an_invalid_id_is_so_only_by_the_word_of_vies() -> None:
    found = read({**RIGHT, "valid": False, "requestIdentifier": "", "name": "---"})
    assert (found.answer, found.consultation, found.is_settled) == (VatAnswer.INVALID, "", True)


@pytest.mark.parametrize("code", [*MAGIC_FAULTS.values(), "SERVER_BUSY", "A_WORD_OF_TOMORROW"])
@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_fault_is_no_answer_however_it_comes(code: str, status: int) -> None:
    wrapped = {"actionSucceed": False, "errorWrappers": [{"error": code, "message": "x"}]}
    beside = {**RIGHT, "valid": False, "userError": code}
    for reply in (wrapped, beside):
        found = read(reply, status)
        assert (found.answer, found.reason) == (VatAnswer.NOT_CHECKED, code)
        assert found.stated_on is None
        assert found.is_settled == (code == "INVALID_INPUT")


@pytest.mark.parametrize(
    ("reply", "status", "reason"),
    [
        (b"<html>Service Unavailable</html>", 503, "HTTP_503"),
        (b"", 429, "HTTP_429"),
        (b"<html>Forbidden</html>", 403, "HTTP_403"),
        (b"", 302, "HTTP_302"),
        (b"<html>maintenance</html>", 200, "UNREADABLE"),
        ({"actionSucceed": False, "errorWrappers": []}, 500, "UNREADABLE"),
        ({**RIGHT, "valid": "false"}, 200, "UNREADABLE"),
        ({**RIGHT, "valid": None}, 200, "UNREADABLE"),
        ({**RIGHT, "valid": False}, 500, "UNREADABLE"),
        ({**RIGHT, "requestDate": "soon"}, 200, "UNREADABLE"),
        ({**RIGHT, "vatNumber": "40303265046"}, 200, "UNREADABLE"),
        ({**RIGHT, "countryCode": "BE"}, 200, "UNREADABLE"),
        ([], 200, "UNREADABLE"),
    ],
)
def test_what_is_not_vies_speaking_is_no_answer(reply: Any, status: int, reason: str) -> None:
    found = read(reply, status)
    assert (found.answer, found.reason) == (VatAnswer.NOT_CHECKED, reason)


@given(st.binary(max_size=200), st.integers(100, 599))
def test_no_bytes_make_an_id_invalid(body: bytes, status: int) -> None:
    assert read(body, status).answer is VatAnswer.NOT_CHECKED


@given(
    st.recursive(st.none() | st.booleans() | st.text(), st.lists), st.sampled_from(sorted(RIGHT))
)
def test_no_wrong_field_makes_an_id_invalid(value: Any, name: str) -> None:
    found = read({**RIGHT, name: value})
    assert found.answer is not VatAnswer.INVALID or (name, value) == ("valid", False)
