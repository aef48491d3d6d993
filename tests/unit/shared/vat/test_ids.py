"""VAT ids: form, check digits, and who issued them."""

import pytest

from shared.vat.forms import is_well_formed
from shared.vat.ids import counts_as_valid, issuer
from tests.factories.company import company


@pytest.mark.parametrize(
    ("vat_id", "valid"),
    [
        ("DE136695976", True),
        ("ATU57194903", True),
        ("EL094259216", True),
        ("GB980780684", True),
        ("NO995525828MVA", True),
        ("CHE107787577IVA", True),
        ("DE136695975", False),
        ("NO995525829MVA", False),
        ("EU372022452", False),
        ("US123456789", False),
        ("XI980780684", True),
        ("XI980780685", False),
        ("", False),
    ],
)
def test_vat_ids(vat_id: str, valid: bool) -> None:
    assert is_well_formed(vat_id) is valid


@pytest.mark.parametrize(
    ("vat_id", "country"),
    [
        ("EL094259216", "GR"),
        ("el094259216", "GR"),
        ("AT12345678", "AT"),
        ("XI980780684", "XI"),
        ("CHE107787577IVA", "CH"),
        ("", ""),
    ],
)
def test_the_prefix_names_the_issuer(vat_id: str, country: str) -> None:
    assert issuer(vat_id) == country


def test_no_vat_id_never_counts_as_valid() -> None:
    assert counts_as_valid(company(vat_id="FR40303265045", vat_id_valid=True))
    assert not counts_as_valid(company(vat_id="FR40303265045", vat_id_valid=False))
    assert not counts_as_valid(company(vat_id="", vat_id_valid=True))
