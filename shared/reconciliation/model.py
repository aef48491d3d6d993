"""What a reconciliation compares with SAP, how far it is, and the differences that it found."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field

from shared.actor import Signed

MOST_DAYS = 400
"""That a run reaches back: the order of a season that was placed a year before it is delivered."""

MOST_ROWS = 200
"""Places of a difference that are kept; all are counted."""


class Family(StrEnum):
    """What is compared with SAP's: orders by runs, all else by SAP's full snapshots."""

    ORDERS = "orders"
    STOCK = "stock"
    PRICES = "prices"
    CUSTOMERS = "customers"


class Scope(BaseModel):
    """Which orders a run compares."""

    days: int = Field(ge=1, le=MOST_DAYS, description="since the orders were placed")
    company: str = Field(default="", description="the only one; empty for all")
    earlier: bool = Field(
        default=False, description="and all placed before of which something is still to come"
    )


class RunOutcome(StrEnum):
    """How a run ended. `failed`: it did not compare all that it was to."""

    DONE = "done"
    FAILED = "failed"


class Counts(BaseModel):
    """Of orders. `pending` are on their way between the systems, and compared when they are there.

    What is found becomes `mended`, `parked` or `gone` (it was no difference any more when it was
    looked at again); `known` are differences that were parked, or settled by a person, before.
    """

    agreed: int = 0
    pending: int = 0
    found: int = 0
    known: int = 0
    mended: int = 0
    parked: int = 0
    gone: int = 0


class Run(BaseModel):
    """`reconciliations/{id}`: one reconciliation, and where it goes on after it was killed."""

    id: str
    system: str = Field(description="the logical system (T000-LOGSYS)")
    scope: Scope
    asked_at: datetime
    asked_by: str = Field(description="the person's name; empty for the nightly schedule")
    uid: str = Field(default="", description="of Identity Platform; empty where nobody asked")
    started_at: datetime | None = None
    lease_until: datetime | None = Field(
        default=None, description="an instance works on it until then at the latest"
    )
    cursor: str = Field(default="", description="the last customer that was compared")
    earlier: str = Field(
        default="", description="behind all customers: the last earlier order that was compared"
    )
    tries: int = Field(
        default=0, description="how often an instance has begun with what comes after `place`"
    )
    tried_after: str = Field(default="", description="the place that `tries` is of")
    compared_all: bool = Field(
        default=False, description="then it waits only for its differences to be mended"
    )
    customers: int | None = Field(default=None, description="how many there are to compare")
    customers_done: int = 0
    counts: Counts = Counts()
    waits_for: str = Field(default="", description="why it does not go on now: SAP is away")
    ended_at: datetime | None = None
    outcome: RunOutcome | None = None
    failure: str = Field(default="", description="why it failed, for the brand's people only")
    expires_at: datetime = Field(description="TTL")

    @property
    def place(self) -> str:
        """How far it is."""
        return f"{self.cursor} {self.earlier}" if self.earlier else self.cursor


class Kind(StrEnum):
    """What differs.

    `lines`: items of the order. `untold`: SAP has the order, or its change, as it was sent, and its
    message of that never came. `block`: a delivery or billing block. `unfiled`: a return or the
    like that belongs to the order. `missing`: SAP has no such order. `unknown`: SAP has an order
    with a number of ours that was never placed. `twice`: SAP has several. `number`: SAP has it
    under another number. `header`: customer, sales area or currency. `plant`. `unit`: not pieces.
    `cancelled`: it was cancelled or refused here and goes on in SAP. `unconfirmed`: SAP never said
    what it confirms. `unreadable`: SAP's list has values that can't be.
    `lacking`: SAP's full snapshot has no such customer or condition key.
    """

    LINES = "lines"
    UNTOLD = "untold"
    BLOCK = "block"
    UNFILED = "unfiled"
    MISSING = "missing"
    UNKNOWN = "unknown"
    TWICE = "twice"
    NUMBER = "number"
    HEADER = "header"
    PLANT = "plant"
    UNIT = "unit"
    CANCELLED = "cancelled"
    UNCONFIRMED = "unconfirmed"
    UNREADABLE = "unreadable"
    LACKING = "lacking"


TAKEN = frozenset(
    {Kind.LINES, Kind.UNTOLD, Kind.BLOCK, Kind.UNFILED, Kind.UNCONFIRMED, Kind.LACKING}
)
"""Kinds that are no difference any more once SAP's side is taken over."""


class State(StrEnum):
    """What becomes of a difference.

    `seen`: it is looked at again in a while, since a message may be under way. `mending`: what
    mends it was sent, and is looked for. `mended`, `gone`: both sides agree. `parked`: a person
    decides. `settled`: a person said that it stays, till it is another one.
    """

    SEEN = "seen"
    MENDING = "mending"
    MENDED = "mended"
    GONE = "gone"
    PARKED = "parked"
    SETTLED = "settled"


class Deviation(BaseModel):
    """Both sides of one place; empty where a side has nothing there."""

    position: int = Field(default=0, description="of the item (POSNR); 0 for the whole order")
    field: str
    ours: str
    saps: str


class Choice(StrEnum):
    """What a person decides about a parked difference.

    `take`: SAP's side becomes ours; what SAP's snapshot lacks ends. `resend`: our order is handed over once more. `settle`: it
    stays as it is.
    """

    TAKE = "take"
    RESEND = "resend"
    SETTLE = "settle"


class Decided(Signed):
    """Who decided what about a difference, when and why."""

    choice: Choice
    at: datetime
    reason: str


class Difference(BaseModel):
    """`differences/{order number}`: between an order of ours and SAP, the newest that there is.

    Of a customer or of prices, `{family}.{key}` stands for the order's number.
    """

    order: str
    family: Family = Family.ORDERS
    path: str = Field(default="", description="of the document, where it is none of an order")
    as_of: str = Field(default="", description="SAP's stamp of the snapshot that lacks it")
    company: str = Field(description="empty where it is of several")
    sap_numbers: list[str] = Field(description="of the sales orders in SAP that bear its number")
    kinds: list[Kind] = Field(description="what a person has to decide about is the first")
    rows: list[Deviation]
    row_count: int
    state: State
    found_at: datetime
    seen_at: datetime = Field(description="when both sides were last compared")
    run: str = Field(description="id of the run, or of the snapshot, that saw it last")
    due_at: datetime | None = Field(
        default=None, description="set while it is to be looked at again: its own outbox record"
    )
    sent_at: datetime | None = Field(
        default=None, description="when what mends it was sent; null before"
    )
    note: str = Field(default="", description="why it could not be mended, in English")
    decisions: list[Decided] = []
    expires_at: datetime | None = Field(default=None, description="TTL, of what is over")

    @property
    def choices(self) -> frozenset[Choice]:
        """What a person can decide about it now."""
        if self.state is not State.PARKED:
            return frozenset()
        found = {Choice.SETTLE}
        if self.kinds == [Kind.MISSING]:
            found.add(Choice.RESEND)
        if TAKEN.issuperset(self.kinds[:1]):
            found.add(Choice.TAKE)
        return frozenset(found)

    def is_same(self, other: "Difference") -> bool:
        """Whether both sides are as they were."""
        mine = (self.kinds, self.rows, self.row_count, self.sap_numbers)
        return mine == (other.kinds, other.rows, other.row_count, other.sap_numbers)
