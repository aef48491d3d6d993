"""What comes in and goes out of changing orders."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from functions.orders.items import ItemView
from shared.actor import ActorKind, Signed
from shared.cart.deliveries import Id
from shared.http.fields import Input, Visible
from shared.money import Money, UnitPrice
from shared.order.handover import HandoverState

Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), Visible(lines=True)
]


class CancelRequest(Input):
    """Cancel an order."""

    reason: Reason


class WantedLine(Input):
    """New pieces of a line."""

    sku: Id
    quantity: int = Field(ge=0, le=100_000, description="pieces; 0 removes the line for good")


class ChangeRequest(Input):
    """Change an order as the buyer saw it. Lines that are not given stay as they are."""

    version: int = Field(
        ge=1, le=1_000_000_000, description="the version of the order that the buyer saw"
    )
    lines: list[WantedLine] = Field(min_length=1, max_length=5000)


class SubstitutionRequest(Input):
    """Accept or refuse an article that the brand put in the place of one that was ordered."""

    position: int = Field(ge=1, le=999_999)
    sku: Id = Field(description="the SKU that the buyer saw there")
    accepted: bool


class SubstitutionView(BaseModel):
    """Another article than was ordered, which comes unless it is refused, and the buyer's answer."""

    ordered: ItemView
    accepted: bool | None = Field(description="null as long as nobody has answered")
    at: datetime | None = None
    by: str | None = None
    by_kind: ActorKind | None = None
    may_refuse: bool
    why_not: str | None = Field(description="what keeps it from being refused, for people")


class PermissionView(BaseModel):
    """Whether the order can be changed, or cancelled, now. `why_not` is a text for people."""

    allowed: bool
    until: date | None = Field(
        description="the last day on which it is possible; null if none is known"
    )
    why_not: str | None


class LineChange(BaseModel):
    """The pieces of a line before and after a change, its price and its article."""

    position: int
    before: int
    after: int
    price_before: UnitPrice | None = Field(
        default=None, description="where the price changed, too; null of a line that is new"
    )
    price_after: UnitPrice | None = None
    item_before: ItemView | None = Field(
        default=None, description="where another article took its place"
    )
    item_after: ItemView | None = None


class VersionView(Signed):
    """A version of the order: the current one, an earlier one, or one that SAP refused."""

    number: int
    at: datetime
    pieces: int
    net: Money
    state: Literal["current", "earlier", "refused"]
    changes: list[LineChange]


class ProposalView(Signed):
    """The latest change that had to wait for an approval."""

    approval: str = Field(description="number of its approval, which says why and for whom")
    version: int = Field(description="of the order that it was asked of")
    at: datetime
    waits: bool = Field(description="till then the order stays as it is, and its increase is held")


class ChangeView(Signed):
    """How far the latest change or cancellation has got on its way to SAP, with a text for people."""

    number: int = Field(
        description="number of the version that it makes; a cancellation makes none"
    )
    cancels: bool
    at: datetime
    reason: str
    state: HandoverState
    underway: bool = Field(description="SAP has not confirmed it yet; nobody needs to do anything")
    detail: str
