"""The markets: the countries that the brand sells into, and who sells there.

One table each, `MARKETS`, `SALES_ORGANISATIONS` and `PLANTS`; a new country is a row. Where a
region's functions and documents lie is infra/regions.json's, VAT rates are shared/vat's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shared.company.model import Address

CreditBasis = Literal["gross", "net"]
"""Whether orders count towards a credit limit with VAT or without."""


@dataclass(frozen=True)
class Seller:
    """The legal entity of a sales organisation; `vat_id` is empty where there is none.

    `registrations` are its VAT ids of other member states, by state: it needs one wherever it
    has a plant (Directive 2006/112/EC, Art. 214).
    """

    name: str
    address: Address
    vat_id: str = ""
    registrations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SalesOrganisation:
    """Who sells (SAP's VKORG).

    `country` is its seat, `region` a key of infra/regions.json. `tax` says whether the EU's VAT
    is decided here, or tax is added on the invoice. `paper` is the format of its documents.
    `credit` says whether its credit limits count orders with VAT: what the subtotal A of SAP's
    pricing procedure puts into the credit price (KOMP-CMPRE), which is set by sales area.
    `fixed_establishments` are other countries where it has people and means of its own to sell
    with (Implementing Regulation (EU) 282/2011, Art. 11 and 53); stock alone is none.
    """

    number: str
    country: str
    region: str
    tax: Literal["eu_vat", "on_invoice"]
    credit: CreditBasis
    paper: Literal["A4", "letter"]
    seller: Seller
    fixed_establishments: frozenset[str] = frozenset()

    @property
    def established(self) -> frozenset[str]:
        """Countries where it is established for VAT (Directive 2006/112/EC, Art. 192a)."""
        return self.fixed_establishments | {self.country}


@dataclass(frozen=True)
class Market:
    """A country that the brand sells into.

    `languages` are locales of shared/text/locale.py, the usual one first; `time_zone` (IANA) is
    that of its business day (shared/market/day.py).
    """

    country: str
    organisation: str
    currency: str
    languages: tuple[str, ...]
    time_zone: str


# SAP does not publish who the seller is; these are the demo brand's, for the brand to replace.
SALES_ORGANISATIONS = {
    organisation.number: organisation
    for organisation in (
        SalesOrganisation(
            "1000",
            country="DE",
            region="eu",
            tax="eu_vat",
            credit="gross",
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
            credit="net",
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
            credit="net",
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

PLANTS = {
    "EU01": Address(street="Am Lager 1", postal_code="04109", city="Leipzig", country="DE"),
    "US01": Address(
        street="1 Sample Park", postal_code="97201", city="Portland", region="OR", country="US"
    ),
}
"""Where goods leave from, by SAP's WERKS, which does not tell its address; the demo brand's, for
the brand to replace. Of a plant that is not here they leave from the seller's own address."""

# Croatia has the euro since 2023, Bulgaria since 2026.
MARKETS = {
    market.country: market
    for market in (
        Market("AT", "1000", "EUR", ("de",), "Europe/Vienna"),
        Market("BE", "1000", "EUR", ("nl", "fr", "de"), "Europe/Brussels"),
        Market("BG", "1000", "EUR", ("bg",), "Europe/Sofia"),
        Market("CH", "1000", "CHF", ("de", "fr", "it"), "Europe/Zurich"),
        Market("CY", "1000", "EUR", ("el",), "Asia/Nicosia"),
        Market("CZ", "1000", "CZK", ("cs",), "Europe/Prague"),
        Market("DE", "1000", "EUR", ("de",), "Europe/Berlin"),
        Market("DK", "1000", "DKK", ("da",), "Europe/Copenhagen"),
        Market("EE", "1000", "EUR", ("et",), "Europe/Tallinn"),
        Market("ES", "1000", "EUR", ("es",), "Europe/Madrid"),
        Market("FI", "1000", "EUR", ("fi", "sv"), "Europe/Helsinki"),
        Market("FR", "1000", "EUR", ("fr",), "Europe/Paris"),
        Market("GB", "1000", "GBP", ("en",), "Europe/London"),
        Market("GR", "1000", "EUR", ("el",), "Europe/Athens"),
        Market("HR", "1000", "EUR", ("hr",), "Europe/Zagreb"),
        Market("HU", "1000", "HUF", ("hu",), "Europe/Budapest"),
        Market("IE", "1000", "EUR", ("en", "ga"), "Europe/Dublin"),
        Market("IS", "1000", "ISK", ("en",), "Atlantic/Reykjavik"),
        Market("IT", "1000", "EUR", ("it",), "Europe/Rome"),
        Market("LT", "1000", "EUR", ("lt",), "Europe/Vilnius"),
        Market("LU", "1000", "EUR", ("fr", "de"), "Europe/Luxembourg"),
        Market("LV", "1000", "EUR", ("lv",), "Europe/Riga"),
        Market("MT", "1000", "EUR", ("en", "mt"), "Europe/Malta"),
        Market("NL", "1000", "EUR", ("nl",), "Europe/Amsterdam"),
        Market("NO", "1000", "NOK", ("nb",), "Europe/Oslo"),
        Market("PL", "1000", "PLN", ("pl",), "Europe/Warsaw"),
        Market("PT", "1000", "EUR", ("pt",), "Europe/Lisbon"),
        Market("RO", "1000", "RON", ("ro",), "Europe/Bucharest"),
        Market("SE", "1000", "SEK", ("sv",), "Europe/Stockholm"),
        Market("SI", "1000", "EUR", ("sl",), "Europe/Ljubljana"),
        Market("SK", "1000", "EUR", ("sk",), "Europe/Bratislava"),
        Market("US", "3000", "USD", ("en_US", "es_US"), "America/New_York"),
        Market("MX", "3000", "MXN", ("es_MX",), "America/Mexico_City"),
        Market("CA", "3100", "CAD", ("en_CA", "fr_CA"), "America/Toronto"),
    )
}
