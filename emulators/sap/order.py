"""A sales order as SAP keeps it, and what else is a sales document."""

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from pydantic import BaseModel

from emulators.sap.stock import Line

Kind: TypeAlias = Literal[
    "order", "pre_order", "return", "free_delivery", "credit_memo", "debit_memo"
]
"""What customizing makes of a sales document type."""


class Item(BaseModel):
    """One item; `net_price` is for `price_unit` pieces, amounts are real, not shifted.

    `delivered` are pieces in deliveries that stand, `shipped` those that left: of a return, came
    back.
    """

    number: str
    material: str
    generic: str
    text: str
    plant: str
    unit: str
    iso_unit: str = "PCE"
    purchase_order_item: str
    requested: list[Line]
    net_price: Decimal
    price_unit: Decimal
    net_value: Decimal
    confirmed: list[Line] = []
    rejection: str = ""
    delivered: Decimal = Decimal(0)
    shipped: Decimal = Decimal(0)

    @property
    def open_quantity(self) -> Decimal:
        """Ordered pieces that have not left: what draws on stock."""
        return max(self.quantity - self.shipped, Decimal(0))

    @property
    def quantity(self) -> Decimal:
        """Ordered pieces."""
        return sum((line.quantity for line in self.requested), start=Decimal(0))

    @property
    def confirmed_quantity(self) -> Decimal:
        """Confirmed pieces over all dates."""
        return sum((line.quantity for line in self.confirmed), start=Decimal(0))


class Order(BaseModel):
    """One sales document; `created` and `changed` are 20-digit stamps, empty until committed.

    `credit` is SAP's overall credit status (CMGST): "" not checked, "A" in order, "B" blocked,
    "D" released by a person. `delivery_block` (LIFSK) and `billing_block` (FAKSK) are keys of
    customizing, empty for none. `reference` is the order that a person made this one of.
    """

    number: str
    document_type: str
    kind: Kind = "order"
    sales_organization: str
    distribution_channel: str
    division: str
    sold_to: str
    sold_to_name: str
    ship_to: str
    purchase_order: str
    currency: str
    requested_date: date
    document_date: date
    credit: str
    delivery_block: str = ""
    billing_block: str = ""
    reference: str = ""
    texts: list[dict[str, str]] = []
    items: list[Item]
    created: str = ""
    changed: str = ""

    @property
    def draws_on_stock(self) -> bool:
        """Whether its availability is checked, and its quantities count as OMENG."""
        return self.kind in ("order", "free_delivery")

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing: an item that costs something has its price."""
        return self.kind == "free_delivery" or all(item.net_price for item in self.items)

    @property
    def net_value(self) -> Decimal:
        """Sum of the items that are not rejected."""
        return sum((item.net_value for item in self.items if not item.rejection), start=Decimal(0))

    def item(self, number: str) -> Item | None:
        """One of its items by ITM_NUMBER."""
        return next((item for item in self.items if item.number == number), None)


class OrderChange(BaseModel):
    """A change of a saved order that nobody has committed yet, by item number; `surcharge` is what
    SAP's own conditions make of the price of changed items."""

    number: str
    quantities: dict[str, Decimal] = {}
    rejections: dict[str, str] = {}
    surcharge: Decimal = Decimal(1)
