"""Why SAP has an order and does not deliver or bill it."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field


class HoldKind(StrEnum):
    """What keeps a sales order in SAP from being delivered or billed."""

    CREDIT = "credit"
    INCOMPLETE = "incomplete"
    DELIVERY_BLOCK = "delivery_block"
    BILLING_BLOCK = "billing_block"


class Hold(BaseModel):
    """SAP has the order and does not go on with it until a person there releases it.

    An order response says all that hold the order, so it replaces what was known before; the
    answer to the call that created the order counts only until the first response.
    """

    kind: HoldKind
    reason: str = Field(default="", description="SAP's key or words (LIFSK, CMGST, RETURN)")
    since: datetime
