"""The policy of passwords where people sign in: told from what Identity Platform answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from infra.password_policy import MIN_LENGTH, fault

ROOT = Path(__file__).resolve().parents[3]
URL = "https://eu.sellin.example"
ACCOUNTS = "https://identitytoolkit.googleapis.com/v1/accounts"


def fault_of(policy: Any, accounts: str = ACCOUNTS) -> str | None:
    config = {"identity": {"accounts": accounts, "tokens": "", "key": "k1"}}

    def ask(url: str, headers: dict[str, str]) -> bytes:
        if url == f"{URL}/config.json":
            return json.dumps(config).encode()
        assert url == "https://identitytoolkit.googleapis.com/v2/passwordPolicy?key=k1"
        assert headers == {"Referer": f"{URL}/"}
        return policy if isinstance(policy, bytes) else json.dumps(policy).encode()

    return fault(URL, ask)


def test_a_policy_that_is_enforced_is_right() -> None:
    options = {"minPasswordLength": MIN_LENGTH, "maxPasswordLength": 4096}
    assert fault_of({"customStrengthOptions": options, "enforcementState": "ENFORCE"}) == ""


@pytest.mark.parametrize(
    "policy",
    [
        {"customStrengthOptions": {"minPasswordLength": 30}, "enforcementState": "OFF"},
        {"customStrengthOptions": {"minPasswordLength": 14}, "enforcementState": "ENFORCE"},
        {"enforcementState": "ENFORCE"},
        {"error": {"code": 403}},
        [],
        b"<html>",
        b"",
    ],
)
def test_any_other_is_a_fault(policy: Any) -> None:
    assert fault_of(policy)


def test_an_emulator_has_none() -> None:
    assert fault_of({}, "/identity/identitytoolkit.googleapis.com/v1/accounts") is None


def test_the_portal_and_terraform_say_the_same() -> None:
    page = ROOT / "web/src/features/session/components/reset-page.tsx"
    assert f"MIN_LENGTH = {MIN_LENGTH};" in page.read_text()
    policy = (ROOT / "terraform/modules/identity/policy.tf").read_text()
    assert re.search(rf"minPasswordLength = {MIN_LENGTH}\b", policy)
