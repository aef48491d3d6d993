"""Signing out: who calls is signed out everywhere, and nobody else."""

from tests.integration.functions.accounts.conftest import Call


def test_a_stranger_signs_nobody_out(call: Call, ended: list[str]) -> None:
    assert call("/me/sign-out", anonymous=True, method="POST").status_code == 401
    assert ended == []


def test_who_signs_out_is_signed_out_everywhere(call: Call, ended: list[str]) -> None:
    for _ in range(2):
        answer = call("/me/sign-out", method="POST")
        assert (answer.status_code, answer.data) == (204, b"")
    assert ended == ["anna", "anna"]


def test_nobody_signs_another_out(call: Call, ended: list[str]) -> None:
    assert call("/me/sign-out?uid=ben", method="POST").status_code == 422
    assert ended == []
    assert call("/me/sign-out", method="POST", body={"uid": "ben"}).status_code == 204
    assert ended == ["anna"]


def test_who_belongs_to_no_company_signs_out_too(call: Call, ended: list[str]) -> None:
    assert call("/me/sign-out", {}, method="POST").status_code == 204
    assert ended == ["anna"]
