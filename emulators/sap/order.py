"""A sales order as SAP keeps it."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from emulators.sap.stock import Line

# The brand's own order type for goods that are yet to be made: it draws on no stock.
PRE_ORDER = "ZPRE"


class Item(BaseModel):
    """One item; `net_price` is for `price_unit` pieces, amounts are real, not shifted."""

    number: str
    material: str
    generic: str
    text: str
    plant: str
    unit: str
    purchase_order_item: str
    requested: list[Line]
    net_price: Decimal
    price_unit: Decimal
    net_value: Decimal
    confirmed: list[Line] = []
    rejection: str = ""
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
    """One sales order; `created` and `changed` are 20-digit stamps, empty until committed.

    `credit` is SAP's overall credit status: "" not checked, "A" in order, "B" blocked.
    """

    number: str
    document_type: str
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
    items: list[Item]
    created: str = ""
    changed: str = ""

    @property
    def draws_on_stock(self) -> bool:
        """Whether its availability is checked, and its quantities count as OMENG."""
        return self.document_type != PRE_ORDER

    @property
    def net_value(self) -> Decimal:
        """Sum of the items that are not rejected."""
        return sum((item.net_value for item in self.items if not item.rejection), start=Decimal(0))


class OrderChange(BaseModel):
    """A change of a saved order that nobody has committed yet, by item number."""

    number: str
    quantities: dict[str, Decimal] = {}
    rejections: dict[str, str] = {}
