"""Availability of a style's SKUs in one plant: SAP's figures, and what Sellin promised since."""

from datetime import date

from pydantic import BaseModel, Field


class Receipt(BaseModel):
    """Goods that will arrive."""

    on: date
    quantity: int


class Stock(BaseModel):
    """SAP's figures of one SKU. `stamp` is when they last changed in SAP."""

    stamp: str
    on_hand: int = Field(description="unrestricted stock (LABST), pieces")
    ordered: int = Field(description="SAP's own open sales orders, pieces")
    receipts: list[Receipt] = Field(default=[], description="ascending by date")


class Promise(BaseModel):
    """What an accepted at-once order takes of a style, until SAP's figures include it."""

    on: date = Field(description="requested ship date")
    quantities: dict[str, int] = Field(description="article -> pieces")
    sap_stamp: str | None = Field(
        default=None,
        description="when SAP created the order: stock stamped then or later includes it",
    )


class Availability(BaseModel):
    """`availability/{style}~{plant}`: keyed by article, so it can arrive before the style."""

    style: str
    plant: str
    stock: dict[str, Stock] = {}
    promises: dict[str, Promise] = Field(default={}, description="by order number")
