"""An assortment: which colourways its companies may see and buy, and in which windows."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from shared.actor import Signed

Dimension = Literal["brand", "division", "category", "gender", "season", "tier", "exclusive"]
WindowKind = Literal["at_once", "pre_book"]


class DeliveryWindow(BaseModel):
    """When goods of a season can be asked for, and until when orders are taken."""

    id: str
    kind: WindowKind
    season: str = Field(description="e.g. SS27; for at-once the season now in stores")
    ship_from: date
    ship_to: date
    opens: date
    cut_off: date = Field(description="last day that an order is taken")


class Item(BaseModel):
    """An explicit colourway; an empty colour means all of the style."""

    style: str
    colour: str = ""


class Content(BaseModel):
    """Which colourways, and when: rules plus explicit in and out; out wins (docs/domain.md).

    A rule maps a dimension to its accepted values; all of a rule's dimensions must match.
    """

    rules: list[dict[Dimension, list[str]]] = []
    included: list[Item] = []
    excluded: list[Item] = []
    windows: dict[str, DeliveryWindow] = {}

    @property
    def parts(self) -> dict[str, Any]:
        """The fields that a content consists of, of whatever has one."""
        return {name: getattr(self, name) for name in Content.model_fields}


class PlannedContent(Content, Signed):
    """What an assortment is to have from a moment on, as somebody at the brand decided."""

    name: str
    uid: str
    at: datetime = Field(description="when it was decided")
    reason: str


class Assortment(Content):
    """`assortments/{id}`: what it has now.

    SAP's listings keep it up to date until somebody at the brand changes it: from then on the desk
    keeps it, and SAP's listings of it are of no effect.
    """

    id: str
    stamp: str = Field(description="of SAP's last listing that was applied; empty without one")
    deleted: bool = False
    name: str = Field(default="", description="that the desk gave it")
    keeper: Literal["sap", "desk"] = "sap"
    version: int = Field(default=0, description="number of the desk's version that it is")
    planned: PlannedContent | None = None
    planned_for: datetime | None = Field(
        default=None,
        description="when what is planned takes effect; set exactly as long as it waits",
    )


class AssortmentVersion(Content, Signed):
    """`assortments/{id}/versions/{number}`: what an assortment had from a moment on.

    The first one is what SAP had listed when the desk took the assortment over; nobody signed it.
    """

    number: int
    name: str
    since: datetime
    uid: str = Field(description="of Identity Platform; empty for SAP")
    reason: str
