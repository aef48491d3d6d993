"""Addresses as the countries write them."""

import pytest

from shared.company.model import Address


@pytest.mark.parametrize(
    ("country", "postal_code", "city", "region", "written"),
    [
        ("DE", "04109", "Leipzig", "", "04109 Leipzig"),
        ("NL", "3511 LN", "Utrecht", "", "3511 LN Utrecht"),
        ("US", "80302", "Boulder", "CO", "Boulder, CO 80302"),
        ("CA", "H2Y 1C6", "Montréal", "QC", "Montréal, QC H2Y 1C6"),
        ("MX", "44100", "Guadalajara", "JAL", "44100 Guadalajara, JAL"),
        ("GB", "LS1 6AB", "Leeds", "WYK", "Leeds LS1 6AB"),
        ("IE", "H91 X2K4", "Galway", "", "Galway H91 X2K4"),
        ("US", "80302", "Boulder", "", "Boulder 80302"),
        ("DE", "", "Leipzig", "", "Leipzig"),
    ],
)
def test_city_and_postal_code_stand_as_in_the_country(
    country: str, postal_code: str, city: str, region: str, written: str
) -> None:
    address = Address(street="", postal_code=postal_code, city=city, region=region, country=country)
    assert address.locality == written
