"""Addresses as the countries write them."""

import pytest

from shared.company.model import Address


@pytest.mark.parametrize(
    ("country", "postal_code", "city", "region", "written"),
    [
        ("DE", "04109", "Leipzig", "SN", "04109 Leipzig"),
        ("FR", "69002", "Lyon", "69", "69002 Lyon"),
        ("IT", "20121", "Milano", "MI", "20121 Milano MI"),
        ("LV", "LV-1010", "Rīga", "", "Rīga, LV-1010"),
        ("MT", "VLT 1117", "Valletta", "", "Valletta VLT 1117"),
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


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (("Laufweg 1", "10115", "Berlin", "BE", "DE"), ["Laufweg 1", "10115 Berlin"]),
        (("8 rue Mercière", "69002", "Lyon", "", "FR"), ["8 rue Mercière", "69002 Lyon"]),
        (("Honvéd utca 13", "1055", "Budapest", "", "HU"), ["Budapest", "Honvéd utca 13", "1055"]),
        (("9 Briggate", "LS1 6AB", "Leeds", "WYK", "GB"), ["9 Briggate", "Leeds", "LS1 6AB"]),
        (("2 Quay St", "H91 X2K4", "Galway", "", "IE"), ["2 Quay St", "Galway", "H91 X2K4"]),
        (("5 Pearl St", "80302", "Boulder", "CO", "US"), ["5 Pearl St", "Boulder, CO 80302"]),
        (("7 King St", "M5H 1J9", "Toronto", "ON", "CA"), ["7 King St", "Toronto, ON M5H 1J9"]),
        (("", "", "Budapest", "", "HU"), ["Budapest"]),
    ],
)
def test_lines_of_a_letter_are_those_of_the_country(
    address: tuple[str, ...], lines: list[str]
) -> None:
    fields = zip(("street", "postal_code", "city", "region", "country"), address, strict=True)
    assert Address(**dict(fields)).lines == lines
