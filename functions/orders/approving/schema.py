"""What comes in and goes out of approvals and their rules."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from functions.orders.changing.schema import Reason
from functions.orders.items import ItemView
from functions.orders.schema import OrderView
from shared.actor import ActorKind, Signed
from shared.approval.model import ApprovalState, Fired, Period, RuleKind
from shared.cart.deliveries import Id
from shared.http.fields import PATH_ID, Day, Input, Visible
from shared.money import Currency, Money
from shared.paging import PageQuery

PersonId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,128}$", description="user id")]
MOST_RULES = 100


class ApprovalQuery(PageQuery):
    """Which of the company's approvals: those that wait for the caller, of what the caller placed,
    or all there ever were."""

    box: Literal["waiting", "mine", "all"] = "waiting"


class LevelView(BaseModel):
    """A level that has to agree, by what its approvers are called."""

    names: list[str] = Field(description="none: any of the company's approvers and admins")
    need: Literal["any", "all"]
    state: Literal["agreed", "open", "later"]


class DecisionView(Signed):
    """What somebody decided."""

    at: datetime
    state: ApprovalState
    instead_of: str = Field(
        default="", description="name of the approver whose deputy decided; else empty"
    )
    reason: str


class DifferenceView(BaseModel):
    """A line that a change gives other pieces."""

    item: ItemView
    before: int
    after: int
    amount_before: Money
    amount_after: Money


class AskedChangeHead(BaseModel):
    """A change of a placed order: what that came to when the change was asked for."""

    order: str
    pieces_before: int
    net_before: Money


class ApprovalHead(BaseModel):
    """What waits, or waited, for an approval: the orders of one placing, or a change of an order.

    Of a change, `placed_…` say who asked for it, and `net` and `pieces` what the order comes to with
    it.
    """

    number: str = Field(description="of the order group, or of the change")
    state: ApprovalState
    cart: str
    po_number: str
    placed_at: datetime
    placed_by: str
    placed_by_kind: ActorKind | None
    orders: list[str] = Field(description="their numbers")
    net: Money
    pieces: int
    fired: list[Fired] = Field(description="the rules that it waits for, with what tipped them")
    held_until: datetime = Field(description="till then what it takes is held; then it ends")
    change: AskedChangeHead | None = Field(default=None, description="null of a placing")
    ended_at: datetime | None
    may_decide: bool = Field(description="whether the caller's word counts now")
    may_withdraw: bool


class ApprovalPage(BaseModel):
    """Newest first; `next` is the cursor of the next page, null on the last."""

    items: list[ApprovalHead]
    next: str | None


class ApprovalView(ApprovalHead):
    """An approval with its levels, decisions and orders."""

    levels: list[LevelView]
    decisions: list[DecisionView]
    differences: list[DifferenceView] = Field(default=[], description="of a change; else none")
    why_lapsed: str | None = Field(
        default=None,
        description="of a change that was agreed to and did not fit the order any more; for people",
    )
    placed: list[OrderView]


class ApproveRequest(Input):
    """A yes to what waits for an approval."""

    reason: Reason | None = Field(default=None, description="for the buyer")


class DeclineRequest(Input):
    """Reject, or send back to the cart; the buyer reads why."""

    reason: Reason


class LevelInput(Input):
    """Who decides; where nobody is named, any of the company's approvers and admins."""

    approvers: list[PersonId] = Field(default=[], max_length=20)
    need: Literal["any", "all"] = "any"


class RuleInput(Input):
    """What has to wait for an approval. Amounts are net."""

    id: str = Field(pattern=PATH_ID, description="the caller's choice, other than of other rules")
    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), Visible()
    ]
    kind: RuleKind
    who: list[PersonId] = Field(default=[], max_length=50, description="empty for everybody")
    doors: list[Id] = Field(default=[], max_length=20, description="empty for all")
    categories: list[Id] = Field(
        default=[],
        max_length=20,
        description="only what is of these; empty for all, as it is where orders are summed",
    )
    limit: int | None = Field(
        default=None,
        ge=0,
        le=100_000_000_000,
        description="minor units of the company's currency; of amounts and budgets",
    )
    period: Period | None = Field(default=None, description="of `period_amount`")
    window: Id | None = Field(default=None, description="of `window_budget`")
    season: Id | None = Field(default=None, description="of `season_budget`")
    levels: list[LevelInput] = Field(min_length=1, max_length=5)


class PolicyInput(Input):
    """All rules of a company; they hold from the next placing on."""

    rules: list[RuleInput] = Field(max_length=MOST_RULES)
    hold_days: int = Field(default=3, ge=1, le=14, description="how long an order waits")


class RuleView(BaseModel):
    """A rule as the company has set it."""

    id: str
    name: str
    kind: RuleKind
    who: list[str]
    doors: list[str]
    categories: list[str]
    limit: int | None
    period: Period | None
    window: str | None
    season: str | None
    levels: list[LevelInput]


class DeputyInput(Input):
    """Who decides in the caller's place, from a day to a day of the company's market, both included."""

    email: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320), Visible()
    ]
    since: Day
    until: Day


class DeputyRequest(Input):
    """The caller's deputy; null for none."""

    deputy: DeputyInput | None


class DeputyView(BaseModel):
    """Who decides in whose place."""

    name: str
    of_name: str
    since: date
    until: date


class DeputiesView(BaseModel):
    """The caller's deputy, and for whom the caller decides, now or later."""

    mine: DeputyView | None
    of_others: list[DeputyView]


class PolicyView(BaseModel):
    """A company's rules, who made them so and when; nobody yet of one that never had any."""

    currency: Currency
    rules: list[RuleView]
    hold_days: int
    names: dict[str, str] = Field(description="of the people whom rules name, by user id")
    revision: int
    by: str
    at: datetime | None
    etag: str


class RevisionQuery(Input):
    """Which page of what the rules were."""

    limit: int = Field(default=20, ge=1, le=50)
    cursor: str | None = Field(
        default=None, pattern=r"^[0-9]{1,6}$", description="`next` of a page"
    )


class RevisionPage(BaseModel):
    """What the rules were, the latest first."""

    items: list[PolicyView]
    next: str | None
