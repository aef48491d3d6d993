"""Custom claims are what the functions read of a token."""

from typing import Any

import pytest

from emulators.local.provision import claims
from shared.identity.caller import BrandRole, Role, read_claims

PEOPLE = [
    ({"100001": "buyer"}, None),
    ({"100001": "buyer", "100002": "approver"}, None),
    ({}, "support"),
    ({"100001": "rep"}, "rep"),
]


@pytest.mark.parametrize(("companies", "brand_role"), PEOPLE)
def test_claims_of_an_account_are_understood(
    companies: dict[str, Any], brand_role: str | None
) -> None:
    made = claims({"name": "Ida Holm", "companies": companies, "brand_role": brand_role})
    read = read_claims({"uid": "u", "email": "a@b.example", **made})
    assert read is not None
    assert read.name == "Ida Holm"
    assert read.companies == {company: Role(role) for company, role in companies.items()}
    assert read.brand_role == (BrandRole(brand_role) if brand_role else None)
