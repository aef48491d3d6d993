"""The markets: the countries that the brand sells into, and who sells there.

One table each, `MARKETS` and `SALES_ORGANISATIONS`; a new country is a row. Where a region's
functions and documents lie is infra/regions.json's.
"""

from dataclasses import dataclass
from typing import Literal

from shared.company.model import Address


@dataclass(frozen=True)
class Seller:
    """The legal entity of a sales organisation; `vat_id` is empty where there is none."""

    name: str
    address: Address
    vat_id: str = ""


@dataclass(frozen=True)
class SalesOrganisation:
    """Who sells (SAP's VKORG).

    `country` is where it is established for VAT, `region` a key of infra/regions.json. `tax`
    says whether the EU's VAT is decided here, or tax is added on the invoice. `paper` is the
    format of its documents.
    """

    number: str
    country: str
    region: str
    tax: Literal["eu_vat", "on_invoice"]
    paper: Literal["A4", "letter"]
    seller: Seller


@dataclass(frozen=True)
class Market:
    """A country that the brand sells into.

    `languages` are locales of shared/text/locale.py, the usual one first; `time_zone` (IANA) is
    that of its business day (shared/market/day.py). `vat_rate` is the standard rate of a member
    state of the EU in tenths of a percent, None elsewhere.
    """

    country: str
    organisation: str
    currency: str
    languages: tuple[str, ...]
    time_zone: str
    vat_rate: int | None = None


# SAP does not publish who the seller is; these are the demo brand's, for the brand to replace.
SALES_ORGANISATIONS = {
    organisation.number: organisation
    for organisation in (
        SalesOrganisation(
            "1000",
            country="DE",
            region="eu",
            tax="eu_vat",
            paper="A4",
            seller=Seller(
                "Alto Sports GmbH",
                Address(street="Am Muster 1", postal_code="80331", city="München", country="DE"),
                "DE999999990",
            ),
        ),
        SalesOrganisation(
            "3000",
            country="US",
            region="na",
            tax="on_invoice",
            paper="letter",
            seller=Seller(
                "Alto Sports Inc.",
                Address(
                    street="100 Sample Avenue",
                    postal_code="97201",
                    city="Portland",
                    region="OR",
                    country="US",
                ),
            ),
        ),
        SalesOrganisation(
            "3100",
            country="CA",
            region="na",
            tax="on_invoice",
            paper="letter",
            seller=Seller(
                "Alto Sports Canada Ltd.",
                Address(
                    street="200 Sample Street",
                    postal_code="V5K 0A1",
                    city="Vancouver",
                    region="BC",
                    country="CA",
                ),
            ),
        ),
    )
}

# Rates: European Commission, "VAT rates applied in the Member States" (Taxes in Europe
# Database), in force 2026. Currencies: Croatia has the euro since 2023, Bulgaria since 2026.
MARKETS = {
    market.country: market
    for market in (
        Market("AT", "1000", "EUR", ("de",), "Europe/Vienna", 200),
        Market("BE", "1000", "EUR", ("nl", "fr", "de"), "Europe/Brussels", 210),
        Market("BG", "1000", "EUR", ("bg",), "Europe/Sofia", 200),
        Market("CH", "1000", "CHF", ("de", "fr", "it"), "Europe/Zurich"),
        Market("CY", "1000", "EUR", ("el",), "Asia/Nicosia", 190),
        Market("CZ", "1000", "CZK", ("cs",), "Europe/Prague", 210),
        Market("DE", "1000", "EUR", ("de",), "Europe/Berlin", 190),
        Market("DK", "1000", "DKK", ("da",), "Europe/Copenhagen", 250),
        Market("EE", "1000", "EUR", ("et",), "Europe/Tallinn", 240),
        Market("ES", "1000", "EUR", ("es",), "Europe/Madrid", 210),
        Market("FI", "1000", "EUR", ("fi", "sv"), "Europe/Helsinki", 255),
        Market("FR", "1000", "EUR", ("fr",), "Europe/Paris", 200),
        Market("GB", "1000", "GBP", ("en",), "Europe/London"),
        Market("GR", "1000", "EUR", ("el",), "Europe/Athens", 240),
        Market("HR", "1000", "EUR", ("hr",), "Europe/Zagreb", 250),
        Market("HU", "1000", "HUF", ("hu",), "Europe/Budapest", 270),
        Market("IE", "1000", "EUR", ("en", "ga"), "Europe/Dublin", 230),
        Market("IT", "1000", "EUR", ("it",), "Europe/Rome", 220),
        Market("LT", "1000", "EUR", ("lt",), "Europe/Vilnius", 210),
        Market("LU", "1000", "EUR", ("fr", "de"), "Europe/Luxembourg", 170),
        Market("LV", "1000", "EUR", ("lv",), "Europe/Riga", 210),
        Market("MT", "1000", "EUR", ("en", "mt"), "Europe/Malta", 180),
        Market("NL", "1000", "EUR", ("nl",), "Europe/Amsterdam", 210),
        Market("NO", "1000", "NOK", ("nb",), "Europe/Oslo"),
        Market("PL", "1000", "PLN", ("pl",), "Europe/Warsaw", 230),
        Market("PT", "1000", "EUR", ("pt",), "Europe/Lisbon", 230),
        Market("RO", "1000", "RON", ("ro",), "Europe/Bucharest", 210),
        Market("SE", "1000", "SEK", ("sv",), "Europe/Stockholm", 250),
        Market("SI", "1000", "EUR", ("sl",), "Europe/Ljubljana", 220),
        Market("SK", "1000", "EUR", ("sk",), "Europe/Bratislava", 230),
        Market("US", "3000", "USD", ("en_US", "es_US"), "America/New_York"),
        Market("MX", "3000", "MXN", ("es_MX",), "America/Mexico_City"),
        Market("CA", "3100", "CAD", ("en_CA", "fr_CA"), "America/Toronto"),
    )
}

EU_VAT_RATES = {
    market.country: market.vat_rate for market in MARKETS.values() if market.vat_rate is not None
}
"""Member state to its standard rate, in tenths of a percent."""
