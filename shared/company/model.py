"""A company: a retailer that buys, with its doors, terms and credit (SAP sold-to)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field, model_validator

from shared.company.open_amounts import OpenAmounts, pending_amounts, stored_amounts
from shared.money import Currency, Money
from shared.price.model import DiscountKey, GeneralDiscounts
from shared.style.model import chain_of
from shared.vat.check import VatCheck

INLINE_DOORS = 50
"""As many doors stand in the company's profile; of more, each is a document of its own."""

AvailabilityDisplay = Literal["exact", "cap", "light"]


# How addresses are written where it is otherwise than "80331 München" below the street (UPU, "Postal
# addressing systems"; Google's address data has the same): fields by blanks, or with commas between.
# Elsewhere the region is no part of an address, and SAP's is a code that nobody writes.
_LOCALITIES: dict[str, tuple[str, ...]] = {
    "CA": ("city,region", "postal_code"),
    "GB": ("city", "postal_code"),
    "IE": ("city", "postal_code"),
    "IT": ("postal_code", "city", "region"),
    "LV": ("city,postal_code",),
    "MT": ("city", "postal_code"),
    "MX": ("postal_code", "city,region"),
    "US": ("city,region", "postal_code"),
}
_LINES = {
    "GB": ("street", "city", "postal_code"),
    "HU": ("city", "street", "postal_code"),
    "IE": ("street", "city", "postal_code"),
}


class Address(BaseModel):
    """A postal address as SAP keeps it."""

    street: str
    postal_code: str
    city: str
    region: str = ""
    country: str = Field(description="ISO 3166-1 alpha-2")

    @property
    def locality(self) -> str:
        """City and postal code in the order of the country, in one line."""
        return self._join_lines(*_LOCALITIES.get(self.country, ("postal_code", "city")))

    @property
    def lines(self) -> list[str]:
        """Street, city and postal code as letters to the country have them, without its name."""
        apart = _LINES.get(self.country)
        written = (
            map(self._join_lines, apart) if apart else (self._join_lines("street"), self.locality)
        )
        return [line for line in written if line]

    def _join_lines(self, *form: str) -> str:
        values = {name: " ".join(str(value).split()) for name, value in self.model_dump().items()}
        parts = (", ".join(values[n] for n in names.split(",") if values[n]) for names in form)
        return " ".join(part for part in parts if part)


class Door(BaseModel):
    """A store or warehouse that goods are shipped to (SAP ship-to, partner WE)."""

    id: str
    name: str
    address: Address
    blocked: bool = False
    default: bool = False


class DoorDocument(Door):
    """`companies/{company}/doors/{id}`, of a company of more than `INLINE_DOORS` doors.

    Each message about the company writes all of its doors and then the profile, so a door
    with an older stamp than the profile's is not the company's any more.
    """

    stamp: str
    place: str = Field(description="sorts as doors are listed: the default ones first, by name")
    name_key: str = Field(description="the name as people may write it")
    terms: list[str] = Field(description="what finds it: beginnings of name, city and number")


BlockKind = Literal["deletion", "sales", "order", "delivery", "billing", "credit"]
"""Why SAP would take no orders from a company, or none that are of use: it is to be deleted (LOEVM),
its sales are blocked (CASSD), or its orders (AUFSD), deliveries (LIFSD), invoices (FAKSD) or credit are."""


class SalesArea(BaseModel):
    """SAP's VKORG, VTWEG, SPART."""

    organisation: str
    channel: str
    division: str

    @property
    def chain(self) -> str:
        """The distribution chain, as styles name it."""
        return chain_of(self.organisation, self.channel)


class Profile(BaseModel):
    """What SAP's customer master says of a company. `stamp` is the message's source stamp."""

    stamp: str
    deleted: bool = False
    name: str
    address: Address
    language: str = Field(description="ISO 639-1")
    currency: Currency
    sales_area: SalesArea
    plant: str = Field(description="delivering plant (VWERK)")
    price_list: str = Field(description="SAP PLTYP; empty for none")
    price_group: str = Field(default="", description="SAP KONDA; empty for none")
    customer_group: str = Field(default="", description="SAP KDGRP; empty for none")
    assortment: str
    vat_id: str = ""
    vat_id_valid: bool = False
    payment_terms: str
    incoterms: str
    incoterms_place: str = ""
    order_block: bool = Field(
        default=False, description="whether it has any block, also one of before `blocks`"
    )
    blocks: list[BlockKind] = []
    availability_display: AvailabilityDisplay = "exact"
    minimum_order: int = Field(default=0, description="minor units of `currency`, per order")
    doors: dict[str, Door] = Field(description="empty where they are documents of their own")


class Credit(BaseModel):
    """SAP's credit figures as of `stamp`, in minor units of the company's currency."""

    stamp: str
    currency: Currency
    limit: int
    exposure: int = Field(description="receivables and open orders that SAP counts")
    blocked: bool = False


class Company(BaseModel):
    """`companies/{id}`. SAP owns all but `open_amounts`, which saving orders owns, `vat_check`,
    `approval_rules` and `assigned_assortment`.

    `open_amounts` holds sums over all accepted orders. Each order document says what the order
    adds to them (`shared.order.commitment`), so no order is named here.
    """

    id: str
    profile: Profile
    credit: Credit | None = None
    door_documents: bool = Field(
        default=False, description="whether doors are, or once were, documents of their own"
    )
    own_prices: bool = Field(default=False, description="false: it surely has no price of its own")
    assigned_assortment: str = Field(
        default="", description="that the brand's desk gave it in place of SAP's; empty for SAP's"
    )
    discounts: dict[str, DiscountKey] = Field(
        default={}, description="on all that it buys, by SAP's condition type, table and key"
    )
    material_group_discounts: dict[str, DiscountKey] = Field(
        default={},
        description="the same on articles of a material pricing group, apart so that a release that"
        " does not know these groups does not take one for all articles",
    )
    open_amounts: OpenAmounts = {}
    approval_rules: bool = Field(
        default=False, description="whether it has rules by which orders wait for approval"
    )
    vat_check: VatCheck | None = Field(
        default=None, description="the last answer of VIES, of which id it says itself"
    )
    vat_due_at: datetime | None = Field(
        default=None, description="set while its VAT id is to be asked for: its own outbox record"
    )

    @model_validator(mode="before")
    @classmethod
    def _sum_up(cls, data: Any) -> Any:
        return {**data, "open_amounts": stored_amounts(data)} if isinstance(data, dict) else data

    @property
    def assortment(self) -> str:
        """Which assortment it sees."""
        return self.assigned_assortment or self.profile.assortment

    @property
    def doors_apart(self) -> bool:
        """Whether its doors are documents of their own."""
        return self.door_documents and not self.profile.doors

    def with_discounts(self, general: GeneralDiscounts) -> "Company":
        """The company with all discounts on more than a style, also those of many companies."""
        own = self.discounts | self.material_group_discounts
        return self.model_copy(update={"discounts": own | general.discounts})

    def with_doors(self, doors: Iterable[Door]) -> "Company":
        """The company with those of its doors that somebody needs."""
        kept = {door.id: door for door in doors}
        profile = self.profile.model_copy(update={"doors": kept})
        return self.model_copy(update={"profile": profile})

    @property
    def block(self) -> BlockKind | None:
        """Why no orders are taken from it, the weightiest reason; None where they are."""
        found = {*self.profile.blocks}
        if self.credit and self.credit.blocked:
            found.add("credit")
        if self.profile.order_block and not self.profile.blocks:
            found.add("order")
        return next((kind for kind in get_args(BlockKind) if kind in found), None)

    def credit_left(self) -> Money | None:
        """Limit less SAP's exposure less accepted orders that it does not include; None: no limit.

        May be negative.
        """
        if self.credit is None:
            return None
        pending = sum(pending_amounts(self.open_amounts, self.credit.stamp).values())
        return Money(
            amount=self.credit.limit - self.credit.exposure - pending,
            currency=self.credit.currency,
        )
