"""An order group: the orders of one placing, under one PO number of the buyer's."""

from datetime import datetime

from pydantic import BaseModel, Field


class OrderGroup(BaseModel):
    """`order_groups/{id}`: the orders of one placing, and the answer to its repetition.

    The id is made from company, caller and Idempotency-Key, so it is the idempotency
    record too: the same key finds it, another payload differs from `payload_hash`.
    """

    id: str
    number: str = Field(description="as people see it; its orders' numbers begin with it")
    company: str
    cart: str
    payload_hash: str
    orders: list[str]
    answer: str = Field(description="the body of the first answer (JSON)")
    awaits_approval: bool = False
    placed_at: datetime
    expires_at: datetime = Field(description="TTL; after it the key may be used anew")
