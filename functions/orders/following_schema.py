"""What of an order's course goes out: shipments, invoices, and orders that refer to it."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from functions.orders.items import ItemView
from shared.money import Money
from shared.order.documents import RelatedKind


class QuantityView(BaseModel):
    """Pieces of one of the order's lines."""

    position: int
    quantity: int


class ShipmentView(BaseModel):
    """An outbound delivery, as far as it holds goods of the order."""

    number: str = Field(description="number of the delivery in SAP")
    carrier: str
    tracking: str
    shipped_at: datetime | None = Field(description="when it was shipped; null before")
    cancelled: bool
    sales_order: str = Field(
        default="", description="SAP's number of the order that it is of, where it is another one"
    )
    lines: list[QuantityView]


class InvoiceView(BaseModel):
    """An invoice. Its amounts are those of the whole document, which may cover other orders too."""

    number: str = Field(description="number of the billing document in SAP")
    on: date
    net: Money
    gross: Money
    cancelled_by: str | None = Field(description="number of the billing document that cancels it")
    sales_order: str = Field(
        default="", description="SAP's number of the order that it is of, where it is another one"
    )


class RelatedItem(BaseModel):
    """Pieces of an article; its SKU is null where the order never had it."""

    article: str
    item: ItemView | None
    quantity: int


class RelatedOrderView(BaseModel):
    """What the brand made with reference to the order: a return, a free delivery, a memo."""

    number: str = Field(description="its number in SAP")
    kind: RelatedKind
    on: date
    rejected: bool
    items: list[RelatedItem]
