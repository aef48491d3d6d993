"""What comes in and goes out of simulations."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from shared.cart.deliveries import DeliveryRequest
from shared.http.fields import PATH_ID, Input
from shared.money import Money
from shared.order.model import Confirmation


class SimulationRequest(Input):
    """Ask for a cart as it is now."""

    cart: str = Field(pattern=PATH_ID)
    deliveries: list[DeliveryRequest] = Field(default=[], max_length=5000)


class SettingsView(BaseModel):
    """What SAP is asked before orders are placed here."""

    asks: bool = Field(description="whether it is asked at all")


class ShortfallView(BaseModel):
    """A line that SAP would not confirm in full for the day asked for."""

    sku: str
    quantity: int
    confirmed: list[Confirmation] = Field(description="what it would confirm; empty for nothing")
    text: str = Field(description="in the reader's language")


class SimulatedOrder(BaseModel):
    """An order of the cart, as SAP would take it.

    `source` says whose the figures are: `sap`, `sellin` where SAP did not answer.
    """

    door: str
    window: str
    source: Literal["sap", "sellin"]
    notice: str | None = Field(
        description="why SAP did not answer, in the reader's language; null where it did"
    )
    shortfalls: list[ShortfallView]
    net: Money
    sap_net: Money | None = Field(description="null where SAP was not asked for prices")
    price_difference: str | None = Field(
        description="that SAP comes to another net value, in the reader's language; null where it does not"
    )


class SimulationView(BaseModel):
    """What SAP says of the orders that a cart would become; none where it is not asked."""

    at: datetime
    orders: list[SimulatedOrder]
    to_accept: str | None = Field(
        description="what the buyer has to accept before ordering, in their language; null for nothing"
    )
