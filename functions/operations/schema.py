"""What the desk takes and answers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from functions.operations.content import Shown
from shared.audit import Action, AuditEntry
from shared.audit_search import AuditQuery, AuditSearch
from shared.event.awaited import Kind
from shared.event.counting import FamilyCount
from shared.event.keeping import Discarded
from shared.http.fields import NO_CONTROLS, Day, Input, Visible
from shared.order.handover import Decision, ExportAttempt, HandoverState, Parked
from shared.order.hold import Hold
from shared.order.status import Status
from shared.paging import PageQuery
from shared.sap.circuit import Circuit

Words = Annotated[str, StringConstraints(max_length=500), Visible()]
Topic = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z][a-z-]*$")]
Family = Annotated[str, StringConstraints(max_length=30, pattern=r"^[A-Za-z][A-Za-z_]*$")]
Said = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROLS)]


class Why(Input):
    """Why something is done, for those who look at it later."""

    reason: Words


class DayQuery(Input):
    """The day (UTC) that is told of; today where none is named."""

    day: Day | None = None


class FamilyView(FamilyCount):
    """What became of the messages of a family."""

    family: str = Field(description="MESTYP, stock, or other")
    latest_at: datetime | None = Field(
        description="SAP's latest stamp that was applied, on that day or in the days before"
    )
    lag: float | None = Field(
        description="seconds since that stamp, as of now; null on another day than today"
    )
    silent_since: datetime | None = Field(
        description="when a message came last, or was first expected, where none has come for longer"
        " than the source system's settings say; null on another day than today"
    )


class MessageDay(BaseModel):
    """What became of SAP's messages on a day, and how many of whatever day are not applied now."""

    day: date
    families: list[FamilyView]
    open: int = Field(description="messages in quarantine; up to 1,000")
    waiting: int = Field(description="messages that wait for something; up to 1,000")
    old: int = Field(description="of those, the ones that wait for long; up to 1,000")


class QuarantineQuery(PageQuery):
    """Which messages that are open."""

    topic: Topic | None = None
    says: Said = Field(default="", description="part of one of its reasons")
    hours: int = Field(default=0, ge=0, le=4_400, description="at least so old")


class QuarantineHead(BaseModel):
    """A message that could not succeed."""

    entry: str = Field(description="what its page is named by")
    topic: str
    kind: str = Field(description="of the IDoc (MESTYP); empty where none could be read")
    object: str = Field(description="what it is about; empty where that could not be read")
    received_at: datetime
    size: int = Field(description="bytes")
    reasons: list[str] = Field(description="the first three")
    reason_count: int
    held_back: bool = Field(description="whether it is a price in doubt, which may be released")


class QuarantinePage(BaseModel):
    """The newest first; a page may be empty although there is a next one."""

    items: list[QuarantineHead]
    next: str | None = Field(description="cursor of the next page")


class QuarantineView(BaseModel):
    """A message in quarantine, with its content."""

    entry: str
    topic: str
    message_id: str
    kind: str
    number: str = Field(description="of the IDoc (DOCNUM)")
    object: str
    place: str = Field(description="of the IDoc in its message")
    received_at: datetime
    size: int
    attributes: dict[str, str]
    reasons: list[str]
    held_back: bool
    is_open: bool
    replayed_as: str | None = Field(description="message id of its replay")
    mended_by: str | None = Field(description="message id of a later one of the same object")
    discarded: Discarded | None
    message: Shown


class ReplayMany(Input):
    """Which messages that are open are published again."""

    topic: Topic | None = None
    says: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROLS)]


class Replayed(BaseModel):
    """How many were published again, and whether others are left that the same names."""

    count: int
    more: bool


class WaitingQuery(PageQuery):
    """Which messages that wait."""

    family: Family | None = Field(default=None, description="MESTYP, or stock")
    waits_for: Kind | None = Field(default=None, description="the kind of what it waits for")
    key: Said = Field(default="", description="part of that one's number")
    old: bool = Field(default=False, description="only those that people were told of")


class WaitingHead(BaseModel):
    """A part of a message that waits for something that has not come."""

    entry: str = Field(description="what its page is named by")
    topic: str
    kind: str = Field(description="of the IDoc (MESTYP), or stock")
    object: str = Field(description="what it is about")
    stamp: str | None = Field(description="when SAP made it")
    awaits: list[str] = Field(description="what it waits for, such as article 10123")
    is_stored: bool = Field(description="whether it is stored, of no effect yet")
    since: datetime
    is_old: bool = Field(description="whether it waits for long, so that people were told")
    arrived_at: datetime | None = Field(description="when that came, before it is applied")
    size: int = Field(description="bytes")


class WaitingPage(BaseModel):
    """The newest first; a page may be empty although there is a next one."""

    items: list[WaitingHead]
    next: str | None = Field(description="cursor of the next page")


class WaitingView(WaitingHead):
    """A message that waits, with its content."""

    message_id: str
    number: str = Field(description="of the IDoc (DOCNUM)")
    place: str = Field(description="of the IDoc in its message")
    attributes: dict[str, str]
    reasons: list[str]
    is_open: bool
    replayed_as: str | None = Field(description="message id of its latest replay")
    discarded: Discarded | None
    message: Shown


class DeadLetterQuery(Input):
    """The topic whose dead letters are listed; all topics where none is named."""

    topic: Topic | None = None


class DeadLetterHead(BaseModel):
    """A message that no function could answer for, however often it was delivered."""

    entry: str = Field(description="what its page is named by")
    topic: str
    published_at: datetime = Field(description="when Pub/Sub took it from SAP")
    died_at: datetime = Field(description="when Pub/Sub gave it up")
    attempts: int = Field(description="how often it was delivered")
    size: int = Field(description="bytes")


class DeadLetterList(BaseModel):
    """The oldest first; `more`: others are seen once these are dealt with."""

    items: list[DeadLetterHead]
    more: bool


class DeadLetterView(DeadLetterHead):
    """A dead letter with its content."""

    attributes: dict[str, str]
    message: Shown


class HandoverStage(StrEnum):
    """How far a hand-over is: its state, or that SAP may have the order without having said so.

    Parked is what waits for a person's decision, in SAP at another price included.
    """

    WAITING = "waiting"
    SENDING = "sending"
    IN_DOUBT = "in_doubt"
    PARKED = "parked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class HandoverQuery(PageQuery):
    """Which orders, by their hand-over or that of their latest change."""

    state: HandoverStage = HandoverStage.WAITING
    of: Literal["order", "change"] = "order"


class HandoverHead(BaseModel):
    """An order as the desk lists it."""

    number: str
    company: str
    door: str
    po_number: str
    placed_at: datetime
    sap_number: str | None
    status: Status
    state: HandoverState
    in_doubt: bool = Field(description="whether SAP may have it without having said so")
    due_at: datetime | None
    attempts: int = Field(description="also those that are kept no longer")
    last_attempt: ExportAttempt | None
    parked: Parked | None


class HandoverPage(BaseModel):
    """The newest first; a page may be empty although there is a next one."""

    items: list[HandoverHead]
    next: str | None = Field(description="cursor of the next page")


class HandoverView(BaseModel):
    """A hand-over with all that was tried."""

    state: HandoverState
    in_doubt: bool
    due_at: datetime | None
    lease_until: datetime | None
    attempts: list[ExportAttempt]
    forgotten: int = Field(description="attempts that failed before these and are kept no longer")
    parked: Parked | None = Field(description="what a person is to decide")
    decisions: list[Decision]


class ChangeHandover(HandoverView):
    """The hand-over of the order's latest change."""

    version: int
    cancels: bool
    by: str
    at: datetime


class RejectedLines(BaseModel):
    """Lines that SAP rejected for one reason."""

    key: str = Field(
        description="reason for rejection (TVAG-ABGRU); empty where the item was deleted, or the"
        " reason was not kept"
    )
    positions: list[int]


class OrderView(BaseModel):
    """An order on its way to SAP."""

    number: str
    company: str
    door: str
    po_number: str
    purchase_order: str = Field(description="as SAP can be asked for it (PURCH_NO_C)")
    placed_at: datetime
    placed_by: str
    sap_number: str | None
    external_number: str | None
    status: Status
    holds: list[Hold]
    rejections: list[RejectedLines] = []
    handover: HandoverView
    change: ChangeHandover | None
    may_retry: bool
    may_resend: bool
    may_accept: bool
    may_reject: bool
    may_park: bool
    may_cancel: bool


class CircuitView(Circuit):
    """Whether SAP is called."""

    system: str = Field(description="the logical system (T000-LOGSYS)")


class DeskAuditSearch(AuditSearch):
    """Which entries of the audit; its days are those of UTC."""

    action: Action | None = None
    company: str = Field(default="", max_length=10, pattern=r"^[0-9A-Za-z]*$")


class DeskAuditQuery(DeskAuditSearch, AuditQuery):
    """Which entries of the audit, and which page of them."""


class AuditPage(BaseModel):
    """The newest first."""

    items: list[AuditEntry]
    next: str | None = Field(description="cursor of the next page")
