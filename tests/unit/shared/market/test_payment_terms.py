"""Payment terms in words."""

import pytest
from babel import Locale
from pydantic import ValidationError

from shared.market.incoterms import incoterms_rule
from shared.market.payment_terms import PaymentTerms, payment_terms

KNOWN = {
    "NT30": PaymentTerms(days=30),
    "SOFT": PaymentTerms(days=0),
    "2D10": PaymentTerms(days=30, discount=20, within=10),
}


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("NT30", "30 days net"),
        ("2D10", "2% discount within 10 days, 30 days net"),
        ("SOFT", "Payable at once"),
        ("ZX99", "As agreed"),
        ("", ""),
    ],
)
def test_a_key_is_told_by_what_it_means_and_never_shown(key: str, told: str) -> None:
    assert payment_terms(key, KNOWN, Locale("en")) == told


@pytest.mark.parametrize(
    "terms",
    [
        {"days": 30, "discount": 20},
        {"days": 30, "within": 10},
        {"days": 10, "discount": 20, "within": 10},
        {"days": -1},
        {"days": 30, "discount": 1000, "within": 10},
    ],
)
def test_terms_that_contradict_themselves_are_refused(terms: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        PaymentTerms.model_validate(terms)


def test_only_codes_of_the_icc_are_shown() -> None:
    assert [incoterms_rule(key) for key in ("DAP", "FCA", "Z01", "")] == ["DAP", "FCA", "", ""]
