"""ZLISTING: which colourways an assortment has, and in which delivery windows."""

from typing import Literal

from pydantic import BaseModel, Field

from shared.assortment.model import Assortment, DeliveryWindow, Dimension, Item, WindowKind
from shared.sap.fields import Alpha, Date, Key
from shared.sap.idoc import DELETED, Idoc
from shared.sap.source_system import Articles
from shared.style.ids import safe

_DIMENSIONS: dict[str, Dimension] = {
    "BRAND": "brand",
    "DIVISION": "division",
    "CATEGORY": "category",
    "GENDER": "gender",
    "SEASON": "season",
    "TIER": "tier",
    "EXCLUSIVE": "exclusive",
}
_KINDS: dict[str, WindowKind] = {"A": "at_once", "P": "pre_book"}


class _Head(BaseModel):
    ASORT: Key
    FUNCTION: str


class _Rule(BaseModel):
    RULE: str
    FIELD: Literal["BRAND", "DIVISION", "CATEGORY", "GENDER", "SEASON", "TIER", "EXCLUSIVE"]
    VALUE: str


class _Item(BaseModel):
    SIGN: Literal["I", "E"]
    MATERIAL: Alpha
    COLOR: str = ""


class _Window(BaseModel):
    WINDOW: Key
    KIND: Literal["A", "P"]
    SEASON: str
    SHIPFROM: Date
    SHIPTO: Date
    OPENFROM: Date
    CUTOFF: Date


class _Listing(BaseModel):
    Z1LISTHEAD: list[_Head] = Field(min_length=1, max_length=1)
    Z1LISTRULE: list[_Rule] = []
    Z1LISTITEM: list[_Item] = []
    Z1LISTWINDOW: list[_Window] = []


def assortment(idoc: Idoc) -> Assortment:
    """The assortment of one ZLISTING; of a deleted one only its stamp is left.

    Raises:
        pydantic.ValidationError: with every fault.
    """
    raw = _Listing.model_validate(idoc.segments)
    head = raw.Z1LISTHEAD[0]
    if head.FUNCTION == DELETED:
        return Assortment(id=head.ASORT, stamp=idoc.stamp, deleted=True)
    return Assortment(
        id=head.ASORT,
        stamp=idoc.stamp,
        rules=_rules(raw.Z1LISTRULE, idoc.system.articles),
        included=_items(raw.Z1LISTITEM, "I"),
        excluded=_items(raw.Z1LISTITEM, "E"),
        windows={row.WINDOW: _window(row) for row in raw.Z1LISTWINDOW},
    )


def _rules(rows: list[_Rule], settings: Articles) -> list[dict[Dimension, list[str]]]:
    rules: dict[str, dict[Dimension, list[str]]] = {}
    for row in rows:
        # A gender that no style has lets a rule match nothing, as any other value would.
        genders = settings.genders if row.FIELD == "GENDER" else {}
        value = genders.get(row.VALUE, row.VALUE)
        rules.setdefault(row.RULE, {}).setdefault(_DIMENSIONS[row.FIELD], []).append(value)
    return list(rules.values())


def _items(rows: list[_Item], sign: str) -> list[Item]:
    return [Item(style=row.MATERIAL, colour=safe(row.COLOR)) for row in rows if sign == row.SIGN]


def _window(row: _Window) -> DeliveryWindow:
    return DeliveryWindow(
        id=row.WINDOW,
        kind=_KINDS[row.KIND],
        season=row.SEASON,
        ship_from=row.SHIPFROM,
        ship_to=row.SHIPTO,
        opens=row.OPENFROM,
        cut_off=row.CUTOFF,
    )
