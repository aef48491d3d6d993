"""What SAP made of an order: outbound deliveries, billing documents, and orders related to it."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, Field

from shared.money import Money


class Shipment(BaseModel):
    """An outbound delivery of SAP's, as far as it holds goods of the order.

    It has left once `shipped_at` is set; `cancelled` says that SAP deleted it. `quantities`
    are pieces by the positions of its sales order.
    """

    number: str
    stamp: str = Field(description="source stamp of the message that it is from")
    carrier: str = ""
    tracking: str = ""
    shipped_at: datetime | None = None
    cancelled: bool = False
    returns: bool = Field(default=False, description="of goods that come back")
    sales_order: str = Field(
        default="", description="that it is of, where that is not the order's own in SAP"
    )
    quantities: dict[int, int]


class Invoice(BaseModel):
    """A billing document of SAP's about goods of the order; sums are the whole document's.

    One that names another in `cancels` takes that one back; a credit memo gives money back, and
    its pieces are not invoiced once more. `quantities` are pieces by the positions of its sales
    order.
    """

    number: str
    stamp: str = Field(description="source stamp of the message that it is from")
    on: date
    net: Money
    gross: Money
    cancels: str | None = None
    credit_memo: bool = False
    sales_order: str = Field(
        default="", description="that it is of, where that is not the order's own in SAP"
    )
    quantities: dict[int, int]


class RelatedKind(StrEnum):
    """What a sales document is that bears our order's number and is not the order itself."""

    RETURN = "return"
    FREE_DELIVERY = "free_delivery"
    CREDIT_MEMO = "credit_memo"
    DEBIT_MEMO = "debit_memo"
    SECOND_ORDER = "second_order"


class RelatedOrder(BaseModel):
    """A sales document that people in SAP made with reference to the order."""

    number: str
    kind: RelatedKind
    stamp: str = Field(description="source stamp of the message that it is from")
    on: date
    rejected: bool = Field(default=False, description="all of its items are")
    quantities: dict[str, int] = Field(description="pieces by article, of what is not rejected")
