"""A cart: what a company means to order, shared by its people."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field


class CartState(StrEnum):
    """Open carts can be changed; placing makes a cart ordered, for good."""

    OPEN = "open"
    ORDERED = "ordered"
    DELETED = "deleted"


class Change(BaseModel):
    """Who changed something, and when."""

    by: str = Field(description="the person's name as shown")
    uid: str
    at: datetime


class CartLine(BaseModel):
    """SKU × door × delivery window × quantity."""

    sku: str
    door: str
    window: str
    quantity: int = Field(ge=1)
    revision: int = Field(description="cart revision that last changed this line")
    changed: Change


class Cart(BaseModel):
    """`carts/{id}`. `revision` grows by one with every change; the ETag is made from it."""

    id: str
    company: str
    name: str
    state: CartState = CartState.OPEN
    revision: int
    created: Change
    changed: Change
    lines: dict[str, CartLine] = Field(default={}, description="by line_key")
    keys: dict[str, str] = Field(
        default={}, description="recent Idempotency-Keys (hashed) -> hash of their request"
    )
    order_group: str | None = None


def line_key(sku: str, door: str, window: str) -> str:
    """Identifies a line within its cart."""
    return f"{sku}|{door}|{window}"
