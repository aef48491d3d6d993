"""Markets: the countries that the brand sells into, their VAT and the sales organisations."""

from dataclasses import dataclass
from typing import Literal

Region = Literal["eu", "na"]


@dataclass(frozen=True)
class SalesOrganisation:
    """Who sells (SAP VKORG), established for VAT in `country`."""

    number: str
    country: str
    region: Region


SALES_ORGANISATIONS = {
    organisation.number: organisation
    for organisation in (
        SalesOrganisation("1000", "DE", "eu"),
        SalesOrganisation("3000", "US", "na"),
        SalesOrganisation("3100", "CA", "na"),
    )
}

# Standard VAT rates of the member states in tenths of a percent. Source: European Commission,
# "VAT rates applied in the Member States" (Taxes in Europe Database), in force 2026.
EU_VAT_RATES = {
    "AT": 200,
    "BE": 210,
    "BG": 200,
    "CY": 190,
    "CZ": 210,
    "DE": 190,
    "DK": 250,
    "EE": 240,
    "ES": 210,
    "FI": 255,
    "FR": 200,
    "GR": 240,
    "HR": 250,
    "HU": 270,
    "IE": 230,
    "IT": 220,
    "LT": 210,
    "LU": 170,
    "LV": 210,
    "MT": 180,
    "NL": 210,
    "PL": 230,
    "PT": 230,
    "RO": 210,
    "SE": 250,
    "SI": 220,
    "SK": 230,
}
