"""Families of SAP's messages of which none came for longer than expected: `state/silence`."""

from datetime import datetime

from google.cloud.firestore import Client, DocumentReference
from pydantic import BaseModel, Field

from shared.store import read_all


class SilentFamily(BaseModel):
    """A family of which nothing came; `told_at` is when people were told last."""

    since: datetime = Field(description="when a message of it came last, or was first expected")
    told_at: datetime


class Silence(BaseModel):
    """As it was when it was looked at last."""

    expected_since: datetime | None = None
    looked_at: datetime | None = None
    families: dict[str, SilentFamily] = {}


def reference(db: Client) -> DocumentReference:
    """Where the silence of families is stored."""
    return db.collection("state").document("silence")


def read_silence(db: Client) -> Silence:
    """What was seen last."""
    [document] = read_all(db, [reference(db)])
    return Silence.model_validate(document or {})
