"""Who was invited to join a company: `invitations/{id}`."""

from datetime import datetime, timedelta
from enum import StrEnum

from google.cloud.firestore import Client, DocumentReference
from pydantic import BaseModel, Field

from shared.identity.caller import Role
from shared.store import Document

INVITED_FOR = timedelta(days=14)
"""How long an invitation can be accepted."""

KEPT_FOR = timedelta(days=90)
"""How long it is kept, whatever became of it (docs/operations.md, "How long data is kept")."""


class InvitationState(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Invitation(BaseModel):
    """`invitations/{id}`: who may join a company, once they show that the address is theirs."""

    id: str
    company: str
    email: str = Field(description="as `fold_email` has it")
    name: str
    role: Role
    by: str = Field(description="the name of who invited them")
    at: datetime
    ends_at: datetime
    state: InvitationState = InvitationState.OPEN
    payload: str = Field(description="hash of the request that made it")
    uid: str = Field(default="", description="of who accepted or declined it")

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.state is InvitationState.OPEN and now < self.ends_at


def fold_email(address: str) -> str:
    """The address as two of them are compared.

    RFC 5321, 2.4 lets the part before the @ differ by case; Identity Platform does not.
    """
    return address.strip().lower()


def reference(db: Client, id: str) -> DocumentReference:  # noqa: A002
    """Where an invitation is."""
    return db.collection("invitations").document(id)


def parse(document: Document | None) -> Invitation | None:
    """The invitation; None where there is none."""
    return None if document is None else Invitation.model_validate(document)
