"""A cart: what a company means to order, shared by its people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import (
    BaseModel,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from shared.actor import Signed
from shared.cart import packing
from shared.identity.caller import Caller
from shared.money import Money
from shared.packing import check_format
from shared.style.model import Unit

MAX_LINES = 10_000
"""Lines of a cart; packed, so many and what is remembered of removed ones stay under 1 MiB."""

ORDERED_KEPT = timedelta(days=400)
"""How long a cart is kept after it was ordered: last year's season can still be copied."""

DELETED_KEPT = timedelta(days=30)
"""How long a cart is kept after it was deleted: who did so by mistake can still be helped."""


class CartState(StrEnum):
    """Open carts can be changed; placing makes a cart ordered, for good."""

    OPEN = "open"
    ORDERED = "ordered"
    DELETED = "deleted"


class Authorship(Signed):
    """Who changed something, and when."""

    uid: str
    at: datetime

    @property
    def person(self) -> packing.Person:
        """What is the same in all that they changed."""
        return self.uid, self.by, self.by_kind


def authorship(caller: Caller, at: datetime) -> Authorship:
    """That of somebody who changes something now."""
    return Authorship(uid=caller.uid, at=at, **caller.actor.signature)


class CartLine(BaseModel):
    """SKU × door × delivery window × quantity."""

    sku: str
    door: str
    window: str
    quantity: int = Field(ge=1)
    revision: int = Field(description="cart revision that last changed this line")
    changed: Authorship


class UsedKey(BaseModel):
    """An Idempotency-Key that a change came with, and its request, both hashed."""

    key: str
    request: str


class Cart(BaseModel):
    """`carts/{id}`. `revision` grows by one with every change; the ETag is made from it.

    As a document, each line is one packed text and names stand once in `people`: a line as
    a map takes 200 bytes and nine decoded values, and 10,000 of them no document can hold.
    """

    id: str
    company: str
    name: str
    state: CartState = CartState.OPEN
    revision: int
    created: Authorship
    changed: Authorship
    lines: dict[str, CartLine] = Field(default={}, description="by line_key")
    removed: dict[str, CartLine] = Field(
        default={}, description="removed lines as they last were, with the removal's revision"
    )
    forgotten: int = Field(
        default=0, description="removals up to this revision may be missing from `removed`"
    )
    keys: list[UsedKey] = Field(default=[], description="of the latest changes, oldest first")
    origin: str = Field(default="", description="hash of the request that created the cart")
    handed_over: Authorship | None = Field(
        default=None, description="by the rep who prepared it, to the company's people"
    )
    net: Money | None = Field(default=None, description="as priced with the last change")
    unit: Unit = Field(default="PCE", description="what it counts, as of the last change")
    order_group: str | None = None
    expires_at: datetime | None = Field(
        default=None, description="TTL; never of an open cart (docs/operations.md)"
    )

    @model_serializer(mode="wrap")
    def _pack(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        kept = [*self.lines.values(), *self.removed.values()]
        people = dict.fromkeys(line.changed.person for line in kept)
        numbers = {person: number for number, person in enumerate(people)}
        document: dict[str, Any] = handler(self.model_copy(update={"lines": {}, "removed": {}}))
        return document | {
            "format": packing.FORMAT,
            "lines": packing.pack_lines(self.lines, numbers),
            "removed": packing.pack_lines(self.removed, numbers),
            "people": [
                {"uid": uid, "by": by} | ({"by_kind": kind} if kind else {})
                for uid, by, kind in people
            ],
            "size": {
                "lines": len(self.lines),
                "pieces": sum(line.quantity for line in self.lines.values()),
            },
        }

    @model_validator(mode="before")
    @classmethod
    def _unpack(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "people" not in data:
            return data
        check_format(data.get("format"), packing.FORMAT)
        people = data["people"]
        return data | {
            "lines": _unpack_lines(data.get("lines", {}), people),
            "removed": _unpack_lines(data.get("removed", {}), people),
        }


def line_key(sku: str, door: str, window: str) -> str:
    """Identifies a line within its cart."""
    return f"{sku}|{door}|{window}"


def _unpack_lines(
    packed: Mapping[str, str], people: Sequence[Mapping[str, Any]]
) -> dict[str, CartLine]:
    lines = {}
    authorships: dict[tuple[int, int], Authorship] = {}  # few, for many lines
    for key, text in packed.items():
        sku, door, window = key.rsplit("|", 2)
        quantity, revision, person, microseconds = packing.unpack_line(text)
        changed = (person, microseconds)
        if changed not in authorships:
            at = packing.moment(microseconds)
            authorships[changed] = Authorship(**people[person], at=at)
        lines[key] = CartLine.model_construct(
            sku=sku,
            door=door,
            window=window,
            quantity=quantity,
            revision=revision,
            changed=authorships[changed],
        )
    return lines
