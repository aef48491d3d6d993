"""Approvals: which orders a company lets wait for whom, and what waits or waited."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field

from shared.actor import ActorKind, Signed
from shared.money import Currency, Money

ANYBODY = "*"
"""Stands among `Approval.approvers` for each of the company's approvers and admins."""

ADMINS = "admins"
"""Stands there for the company's admins, who may step in once nobody decided for long."""


class RuleKind(StrEnum):
    """What a rule looks at."""

    ORDER_AMOUNT = "order_amount"
    PERIOD_AMOUNT = "period_amount"
    WINDOW_BUDGET = "window_budget"
    SEASON_BUDGET = "season_budget"
    FIRST_ORDER = "first_order"
    ALWAYS = "always"


class Period(StrEnum):
    """The period in which a person's orders are summed, in days of the market that sells."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Level(BaseModel):
    """Who decides: one of the named, or all of them; where nobody is named, any of the company's
    approvers and admins."""

    approvers: list[str] = Field(default=[], description="user ids")
    need: Literal["any", "all"] = "any"


class Rule(BaseModel):
    """What has to wait for an approval. Amounts are net, in minor units of the policy's currency."""

    id: str
    name: str
    kind: RuleKind
    who: list[str] = Field(default=[], description="user ids; empty for everybody")
    doors: list[str] = Field(default=[], description="only what goes there; empty for all")
    categories: list[str] = Field(
        default=[],
        description="only what is of these; empty for all, as it is where orders are summed",
    )
    limit: int | None = Field(
        default=None, description="it fires above; null where nothing is summed"
    )
    period: Period | None = None
    window: str = ""
    season: str = ""
    levels: list[Level] = Field(description="decide one after the other")


class Policy(BaseModel):
    """`approval_policies/{company}`, and each of its revisions in `…/revisions/{revision}`.

    `serial` grows with each placing that was measured by sums of orders, in its commit, so that
    of two at once the second is measured with the first.
    """

    company: str
    currency: Currency
    rules: list[Rule] = []
    hold_days: int = Field(default=3, description="how long an order waits, with what it holds")
    names: dict[str, str] = Field(default={}, description="of those whom rules name, by user id")
    revision: int = 0
    serial: int = 0
    by: str = ""
    uid: str = ""
    at: datetime


class Fired(BaseModel):
    """A rule that an order has to wait for, with the figure that tipped it."""

    rule: str
    name: str
    kind: RuleKind
    figure: Money | None = Field(description="with this order; null where nothing is summed")
    limit: Money | None
    period: Period | None = None
    since: date | None = Field(default=None, description="the first day of the period")
    of: str = Field(default="", description="the delivery window or season of a budget")
    categories: list[str] = Field(
        default=[], description="the only ones of which goods count; empty for all"
    )


class ApprovalState(StrEnum):
    """What became of it; only what waits changes.

    `LAPSED`: it was agreed to, but the order that it was to change had become another.
    """

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LAPSED = "lapsed"


class Lapse(StrEnum):
    """What became of an order, so that a change which was approved did not fit it any more."""

    ENDED = "ended"
    DELIVERED = "delivered"
    CUT_OFF = "cut_off"
    CHANGED = "changed"


class PlacedLevel(Level):
    """A level that has to agree; those of a lower `place` come first, those of one at once."""

    place: int
    names: list[str] = Field(default=[], description="of the approvers")


class Decision(Signed):
    """What somebody decided, and by which levels (their positions) it counts."""

    uid: str
    at: datetime
    state: ApprovalState = Field(description="what the decision was for")
    levels: list[int] = Field(default=[])
    instead_of: str = Field(default="", description="user id of the approver whose deputy decided")
    instead_of_name: str = ""
    reason: str = ""

    @property
    def counts_for(self) -> str:
        """Whose word it is: of who decided, or of the approver whose deputy they were."""
        return self.instead_of or self.uid


class ChangedLine(BaseModel):
    """A line that a change gives other pieces; amounts are minor units of the order's currency."""

    position: int
    before: int
    after: int
    amount_before: int
    amount_after: int


class AskedChange(BaseModel):
    """A change of a placed order, as the difference that somebody is asked to agree to."""

    order: str
    ordered_by: str = Field(
        description="user id of who placed the order, who does not decide either"
    )
    pieces_before: int
    net_before: Money
    lines: list[ChangedLine]
    figures: dict[str, int] = Field(
        description="what each rule that fired measured, in minor units, by its id: who agrees "
        "agrees to as much"
    )


class Approval(BaseModel):
    """`approvals/{number}`: what had to wait: the orders of one placing, by the number of their group;
    or one change of a placed order, by a number of its own.

    `placed_…` say who asked for it, and `net` and `pieces` what the order comes to with it.
    """

    number: str
    company: str
    cart: str
    orders: list[str]
    po_number: str
    placed_at: datetime
    placed_by: str
    placed_by_uid: str
    placed_by_kind: ActorKind | None = None
    net: Money
    pieces: int
    fired: list[Fired]
    levels: list[PlacedLevel]
    decisions: list[Decision] = []
    state: ApprovalState = ApprovalState.WAITING
    held_until: datetime
    steps_in_at: datetime = Field(description="from when on admins may decide in place of others")
    approvers: list[str] = Field(
        default=[], description="whom it waits for now: user ids, `ANYBODY`, `ADMINS`"
    )
    change: AskedChange | None = Field(
        default=None, description="of a placed order; null of a placing"
    )
    lapse: Lapse | None = Field(default=None, description="why it lapsed, if it did")
    ended_at: datetime | None = None
    used_keys: dict[str, str] = Field(
        default={}, description="Idempotency-Keys (hashed) of decisions -> hash of their request"
    )
