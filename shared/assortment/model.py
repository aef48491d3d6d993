"""An assortment: which colourways its companies may see and buy, and in which windows."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

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


class Assortment(BaseModel):
    """`assortments/{id}`: rules plus explicit in and out; out wins (docs/domain.md).

    A rule maps a dimension to its accepted values; all of a rule's dimensions must match.
    """

    id: str
    stamp: str
    deleted: bool = False
    rules: list[dict[Dimension, list[str]]] = []
    included: list[Item] = []
    excluded: list[Item] = []
    windows: dict[str, DeliveryWindow] = {}
