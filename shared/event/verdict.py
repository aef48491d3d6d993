"""What a message's part is to what is stored: newer or older, the same or other. Pure."""

from enum import StrEnum
from typing import Protocol, TypeVar, cast

from pydantic import BaseModel, ValidationError

from shared.store import Document


class Verdict(StrEnum):
    """What became of a part of a message."""

    APPLIED = "applied"
    UNCHANGED = "unchanged"
    """Newer, and says the same."""
    STALE = "stale"
    """Older than what is stored."""
    DUPLICATE = "duplicate"
    """Of the same stamp, and says the same."""
    CONFLICT = "conflict"
    """Of the same stamp, and says something else: what came first stays."""
    IGNORED = "ignored"
    """Not judged: an IDoc for tests, a record of a channel that Sellin does not sell in, a listing of an
    assortment that the brand's desk keeps; or another document of a part, whose first is judged."""
    WAITING = "waiting"
    """Stored, and of no effect before something comes that it is about."""
    QUARANTINED = "quarantined"


_FIRST = (
    Verdict.QUARANTINED,
    Verdict.CONFLICT,
    Verdict.APPLIED,
    Verdict.WAITING,
    Verdict.UNCHANGED,
    Verdict.STALE,
    Verdict.DUPLICATE,
    Verdict.IGNORED,
)


def stronger(one: Verdict, other: Verdict) -> Verdict:
    """What is said of a part that changes two documents."""
    return min(one, other, key=_FIRST.index)


class Stamped(Protocol):
    """A model with the source stamp of what it was made of."""

    stamp: str


M = TypeVar("M", bound=BaseModel)


def judge(stored: Document | None, new: M) -> Verdict:
    """What `new` is to its stored form; both have a `stamp`."""
    stamp = cast("Stamped", new).stamp
    if stored is None:
        return Verdict.APPLIED
    if stamp < str(stored["stamp"]):
        return Verdict.STALE
    is_newer = stamp > str(stored["stamp"])
    if _says_the_same(stored, new):
        return Verdict.UNCHANGED if is_newer else Verdict.DUPLICATE
    return Verdict.APPLIED if is_newer else Verdict.CONFLICT


def stamp_by_snapshot(stored: Document | None, new: M, as_of: str) -> M:
    """`new` as a full snapshot tells it that says what SAP had at `as_of`.

    Where what is stored is another one of before that, yet not of before `new`, it has the snapshot's
    stamp: SAP did not have then what is stored. What changed since stays newer.
    """
    if stored is None or not cast("Stamped", new).stamp <= str(stored["stamp"]) < as_of:
        return new
    return new if _says_the_same(stored, new) else new.model_copy(update={"stamp": as_of})


def _says_the_same(stored: Document, new: M) -> bool:
    try:
        # Parsed, so that a document of before a field that is new now is not another one for that.
        known = type(new).model_validate(stored)
    except ValidationError:
        return False
    return known.model_copy(update={"stamp": cast("Stamped", new).stamp}) == new
