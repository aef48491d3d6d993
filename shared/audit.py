"""What the brand's people did at the desk, and companies about their people and rules (`audit/{id}`):
written once, never changed.

An entry is created in the commit of what it tells of, or before what no commit can hold, so that
nothing is done that is not told; it then tells what was asked for.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from google.cloud.firestore import Client, DocumentReference
from pydantic import Field

from shared.actor import Actor, ActorKind, Signed
from shared.optimistic import Attempt
from shared.store import Document, to_document

KEPT_YEARS = 10
"""From the end of the year, as orders and the vouchers that an entry explains (German Commercial
Code, section 257; docs/operations.md, "How long data is kept")."""


class Action(StrEnum):
    """What can be done at the desk, or by its command line, and about a company's people."""

    REPLAY = "replay"
    RELEASE = "release"
    DISCARD = "discard"
    RETRY = "retry"
    RESEND = "resend"
    ACCEPT = "accept"
    REJECT = "reject"
    PARK = "park"
    CANCEL = "cancel"
    CALL_AGAIN = "call_again"
    RECONCILE = "reconcile"
    TAKE = "take"
    SETTLE = "settle"
    INVITE = "invite"
    WITHDRAW = "withdraw"
    JOIN = "join"
    CHANGE_PERSON = "change_person"
    REMOVE_PERSON = "remove_person"
    CHANGE_RULES = "change_rules"
    NAME_DEPUTY = "name_deputy"
    CHANGE_ASSORTMENT = "change_assortment"
    PLAN_ASSORTMENT = "plan_assortment"
    DROP_PLAN = "drop_plan"
    ASSIGN_ASSORTMENT = "assign_assortment"


OF_PEOPLE = frozenset(
    {Action.INVITE, Action.WITHDRAW, Action.JOIN, Action.CHANGE_PERSON, Action.REMOVE_PERSON}
)
"""What is about a company's people; `before` and `after` then tell a role."""


class AuditEntry(Signed):
    """Who did what, when, with what, and why."""

    at: datetime
    uid: str = Field(description="of Identity Platform; empty for the command line")
    action: Action
    object: str = Field(
        description="quarantine/{id}, waiting/{id}, dead_letters/{topic}~{id}, orders/{number},"
        " source_systems/{id}, reconciliations/{id}, differences/{order number}, people/{uid},"
        " invitations/{id}, assortments/{id}, companies/{id}, approval_deputies/{company} or"
        " approval_policies/{company}/revisions/{revision}"
    )
    reason: str = Field(default="", description="in the person's own words")
    company: str = Field(default="", description="whose people, rules, assortment or order it is")
    about: str = Field(default="", description="the name of whom it is about, as it was then")
    before: str = Field(default="", description="what the person was there")
    after: str = Field(default="", description="what they are since")


@dataclass(frozen=True)
class Doer:
    """Who does something, when, and why in their own words; at the brand, unless `kind` says else.

    `uid` is empty for a command line, `by` too for the nightly schedule.
    """

    by: str
    now: datetime
    reason: str = ""
    uid: str = ""
    kind: ActorKind | None = ActorKind.BRAND

    @property
    def actor(self) -> Actor:
        """As orders and differences keep who did it."""
        return Actor(name=self.by, kind=self.kind)

    def entry(
        self,
        action: Action,
        object_: str,
        *,
        company: str = "",
        about: str = "",
        before: str = "",
        after: str = "",
    ) -> AuditEntry:
        """What the audit keeps of it; the one place where an entry is made."""
        return AuditEntry(
            **self.actor.signature,
            at=self.now,
            uid=self.uid,
            action=action,
            object=object_,
            reason=self.reason,
            company=company,
            about=about,
            before=before,
            after=after,
        )


def tell(db: Client, entry: AuditEntry) -> None:
    """Tell of something before it is done, where no commit can hold both."""
    reference(db).create(_document(entry))


def tell_with(attempt: Attempt, db: Client, entry: AuditEntry) -> None:
    """Tell of something in the commit that does it."""
    tell_at(attempt, reference(db), entry)


def tell_at(attempt: Attempt, own: DocumentReference, entry: AuditEntry) -> None:
    """The same, in a place by which a repeated commit is recognized."""
    attempt.create(own, _document(entry))


def reference(db: Client) -> DocumentReference:
    """A place for a new entry."""
    return db.collection("audit").document()


def _document(entry: AuditEntry) -> Document:
    """The entry as it is stored, with the day after which the law wants it no longer."""
    expires_at = datetime(entry.at.year + KEPT_YEARS + 1, 1, 1, tzinfo=UTC)
    return {**to_document(entry), "expires_at": expires_at}
