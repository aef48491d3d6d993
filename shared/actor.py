"""Who did something: of which kind, and by which name.

A name is a text that says nothing of the kind: a person may be called as a system is.
"""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class ActorKind(StrEnum):
    """What acts: one of the company's people, the brand's rep for it, somebody at the brand's desk,
    SAP, or Sellin itself."""

    PERSON = "person"
    REP = "rep"
    BRAND = "brand"
    SAP = "sap"
    SYSTEM = "system"


class Actor(BaseModel):
    """Who acts; `kind` is None of what was kept before kinds were."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: ActorKind | None

    @property
    def signature(self) -> dict[str, Any]:
        """The fields of Signed."""
        return {"by": self.name, "by_kind": self.kind}


# Unchecked, since to make the model costs each start of a function 2 ms.
SAP = Actor.model_construct(name="SAP", kind=ActorKind.SAP)


class Signed(BaseModel):
    """What says who did it."""

    by: str = Field(description="the name, as it was then")
    by_kind: ActorKind | None = Field(
        default=None, description="null where it was done before kinds were kept"
    )

    @property
    def actor(self) -> Actor:
        """Who did it."""
        return Actor(name=self.by, kind=self.by_kind)


class SignedBySapToo(Signed):
    """What people did, or SAP."""

    @property
    def actor(self) -> Actor:
        """Who did it: SAP, too, where its name alone says so."""
        return SAP if self.is_saps else super().actor

    @property
    def is_saps(self) -> bool:
        """Whether SAP said so; before kinds were kept, its name said so alone."""
        return self.by_kind is ActorKind.SAP or (self.by_kind is None and self.by == SAP.name)
