"""Who stands on documents as the seller, by sales organisation (SAP keeps these in customizing).

SAP does not publish them; they are the demo brand's and to be replaced by the brand's own.
"""

from dataclasses import dataclass

from shared.company.model import Address


@dataclass(frozen=True)
class Seller:
    """The legal entity of a sales organisation; `vat_id` is empty where there is none."""

    name: str
    address: Address
    vat_id: str = ""


SELLERS = {
    "1000": Seller(
        "Alto Sports GmbH",
        Address(street="Am Muster 1", postal_code="80331", city="München", country="DE"),
        "DE999999990",
    ),
    "3000": Seller(
        "Alto Sports Inc.",
        Address(
            street="100 Sample Avenue",
            postal_code="97201",
            city="Portland",
            region="OR",
            country="US",
        ),
    ),
    "3100": Seller(
        "Alto Sports Canada Ltd.",
        Address(
            street="200 Sample Street",
            postal_code="V5K 0A1",
            city="Vancouver",
            region="BC",
            country="CA",
        ),
    ),
}
