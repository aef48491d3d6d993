"""A cart: what a company means to order, shared by its people."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import (
    BaseModel,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from shared.money import Money

MAX_LINES = 10_000
"""Lines of a cart; packed, so many and what is remembered of removed ones stay under 1 MiB."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class CartState(StrEnum):
    """Open carts can be changed; placing makes a cart ordered, for good."""

    OPEN = "open"
    ORDERED = "ordered"
    DELETED = "deleted"


class Authorship(BaseModel):
    """Who changed something, and when."""

    by: str = Field(description="the person's name as shown")
    uid: str
    at: datetime


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
    net: Money | None = Field(default=None, description="as priced with the last change")
    order_group: str | None = None

    @model_serializer(mode="wrap")
    def _pack(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        kept = [*self.lines.values(), *self.removed.values()]
        people = dict.fromkeys((line.changed.uid, line.changed.by) for line in kept)
        numbers = {person: number for number, person in enumerate(people)}
        document: dict[str, Any] = handler(self.model_copy(update={"lines": {}, "removed": {}}))
        return document | {
            "lines": _packed(self.lines, numbers),
            "removed": _packed(self.removed, numbers),
            "people": [{"uid": uid, "by": by} for uid, by in people],
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
        people = data["people"]
        return data | {
            "lines": _unpacked(data["lines"].items(), people),
            "removed": _unpacked(data["removed"].items(), people),
        }


def line_key(sku: str, door: str, window: str) -> str:
    """Identifies a line within its cart."""
    return f"{sku}|{door}|{window}"


def _packed(lines: dict[str, CartLine], people: dict[tuple[str, str], int]) -> dict[str, str]:
    """Each line as "quantity revision person microseconds"."""
    return {
        key: f"{line.quantity} {line.revision} {people[line.changed.uid, line.changed.by]} "
        f"{(line.changed.at - _EPOCH) // _MICROSECOND}"
        for key, line in lines.items()
    }


def _unpacked(
    packed: Iterable[tuple[str, str]], people: list[dict[str, str]]
) -> dict[str, CartLine]:
    lines = {}
    changes: dict[tuple[str, str], Authorship] = {}
    for key, text in packed:
        sku, door, window = key.rsplit("|", 2)
        quantity, revision, person, at = text.split()
        if (person, at) not in changes:
            moment = _EPOCH + int(at) * _MICROSECOND
            changes[person, at] = Authorship(**people[int(person)], at=moment)
        lines[key] = CartLine.model_construct(
            sku=sku,
            door=door,
            window=window,
            quantity=int(quantity),
            revision=int(revision),
            changed=changes[person, at],
        )
    return lines
