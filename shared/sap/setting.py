"""What settings of SAP's customizing are made of: keys, sales areas, and what a full snapshot is told by."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_/.-]{1,30}$")]
"""A key of SAP's customizing."""


class Setting(BaseModel):
    """A part of the settings: one that is unknown is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SalesAreaKey(Setting):
    """A wholesale sales area (TVTA): the combination that customers buy in."""

    organisation: Code = Field(description="VKORG")
    channel: Code = Field(description="VTWEG")
    division: Code = Field(description="SPART")


class Snapshots(Setting):
    """How a message says that it is part of a full snapshot, and no change; and when one is to come.

    The names of a field in `segment`, or of an attribute of the Pub/Sub message.
    """

    segment: Code | None = Field(description="of the message's head; None for attributes")
    as_of: Code = Field(description="the stamp as of which it is told, the same in each part")
    part: Code = Field(description="the number of the part, from 1")
    parts: Code = Field(description="how many parts there are")
    complete_within_hours: int = Field(
        ge=1, le=72, description="of its last part that came; then those that lack are told"
    )
    every_hours: int = Field(
        ge=1, description="from one complete snapshot to the next at most; then it is told"
    )
