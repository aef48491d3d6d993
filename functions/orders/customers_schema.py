"""What a sales rep is answered of their customers' orders."""

from datetime import date

from pydantic import BaseModel, Field

from shared.assortment.model import WindowKind


class OrdersInTrouble(BaseModel):
    """How many orders of a company somebody has to look after."""

    pending_approval: int = Field(description="that wait for an approval within the company")
    on_hold: int
    rejected: int = Field(description="of those placed in the last 30 days, by whomever")
    parked: int = Field(description="that wait, or a change of which waits, for the brand's people")


class SeasonGap(BaseModel):
    """The company ordered in a season, and nothing in the one after it yet."""

    before: str
    current: str = Field(description="the latest season that it can order ahead now")


class ClosingWindow(BaseModel):
    """A delivery window about to close that the company has no order in."""

    id: str
    kind: WindowKind
    season: str
    ship_from: date
    ship_to: date
    cut_off: date = Field(description="last day that an order is taken, within 14 days")


class CustomerOrders(BaseModel):
    """What is to be done about the orders of a company that the caller acts for as a sales rep."""

    company: str
    trouble: OrdersInTrouble
    season_gap: SeasonGap | None
    closing: list[ClosingWindow] = Field(description="the soonest first, at most five")


class CustomerOrdersPage(BaseModel):
    """The caller's customers, by number."""

    items: list[CustomerOrders]
    next: str | None = Field(description="cursor of the next page; null on the last")
