"""The markets: the countries that the brand sells into, and who sells there.

They are what registry.json says: facts about the brand that SAP publishes to nobody, the demo brand's
for the brand to replace. The settings of a source system name which of them are its. Where a region's
functions and documents lie is infra/regions.json's, VAT rates are shared/vat's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

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


@dataclass(frozen=True)
class Registry:
    """registry.json. `plants` are where goods leave from, by SAP's WERKS."""

    sales_organisations: tuple[SalesOrganisation, ...]
    plants: Mapping[str, Address]
    markets: tuple[Market, ...]


def _organisation(entry: dict[str, Any]) -> SalesOrganisation:
    seller = entry["seller"]
    own = {
        "seller": Seller(**{**seller, "address": Address.model_construct(**seller["address"])}),
        "fixed_establishments": frozenset(entry.get("fixed_establishments", ())),
    }
    return SalesOrganisation(**{**entry, **own})


def read_registry(content: bytes) -> Registry:
    """The registry that is in a file.

    Every function reads ours as it starts. To validate it takes ten times as long, so a test does
    (tests/unit/shared/market/test_model.py).
    """
    entries = json.loads(content)
    return Registry(
        sales_organisations=tuple(map(_organisation, entries["sales_organisations"])),
        plants={
            plant: Address.model_construct(**address)
            for plant, address in entries["plants"].items()
        },
        markets=tuple(
            Market(**{**one, "languages": tuple(one["languages"])}) for one in entries["markets"]
        ),
    )


REGISTRY_FILE = Path(__file__).with_name("registry.json")
_REGISTRY = read_registry(REGISTRY_FILE.read_bytes())

SALES_ORGANISATIONS = {one.number: one for one in _REGISTRY.sales_organisations}
PLANTS = dict(_REGISTRY.plants)
"""Of a plant that is not here goods leave from the seller's own address."""
MARKETS = {one.country: one for one in _REGISTRY.markets}
