"""Custom claims are what the functions read of a token."""

import pytest

from emulators.local.provision import claims
from shared.identity.caller import BrandRole, read_claims


@pytest.mark.parametrize("brand_role", [None, "support", "rep"])
def test_claims_of_an_account_are_understood(brand_role: str | None) -> None:
    made = claims({"name": "Ida Holm", "brand_role": brand_role})
    read = read_claims({"uid": "u", "email": "a@b.example", **made})
    assert read is not None
    assert read.name == "Ida Holm"
    assert not read.companies
    assert read.brand_role == (BrandRole(brand_role) if brand_role else None)
