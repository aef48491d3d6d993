"""Where a page ends: the sort key of its last style, bound to the query that it belongs to."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from pydantic import BaseModel, ConfigDict, ValidationError

from functions.catalog.schema import StylesQuery
from shared.problem import Fault, InvalidInputProblem
from shared.text.message import N_, Message

Key = tuple[int | str, ...]


class Cursor(BaseModel):
    """`asked` is the fingerprint of the query, `after` the last key."""

    model_config = ConfigDict(extra="forbid", strict=True)

    asked: str
    after: list[int | str]


def fingerprint(query: StylesQuery, *reader: str) -> str:
    """Equal for queries that differ in page only. `reader` are company and locale."""
    asked = query.model_dump_json(exclude={"cursor", "limit"})
    return hashlib.sha256("\n".join((asked, *reader)).encode()).hexdigest()[:16]


def encode(asked: str, last: Key) -> str:
    """The cursor of the page after `last`."""
    text = Cursor(asked=asked, after=list(last)).model_dump_json()
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, asked: str, shape: Key) -> Key:
    """The key to go on after; its parts are of the types of `shape`.

    Raises:
        InvalidInputProblem: garbled, or of another query.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parsed = Cursor.model_validate_json(urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, ValidationError):
        raise _stale() from None
    if parsed.asked != asked or [type(x) for x in parsed.after] != [type(x) for x in shape]:
        raise _stale()
    return tuple(parsed.after)


def _stale() -> InvalidInputProblem:
    text = Message(N_("This list has changed. Start again from its first page."))
    return InvalidInputProblem((Fault("stale_cursor", "/cursor", text, "query"),))
