"""Cart lines as packed records (the rules: `shared.packing`), and people once for all lines.

A record is "quantity revision person microseconds": the person by their place in the cart's
`people`, the time since 1970. SKU, door and window are its key in the document. Fields are
only added at the end, with a default in the reader, until `FORMAT` is raised.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from shared.actor import ActorKind

if TYPE_CHECKING:
    from shared.cart.model import CartLine

FORMAT = 1
"""Of `lines` and `removed` of a cart's document."""

Person = tuple[str, str, ActorKind | None]
"""User id, name, and of which kind they are."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def pack_lines(lines: "Mapping[str, CartLine]", people: Mapping[Person, int]) -> dict[str, str]:
    """Each line by its key. `people` tells everybody's place."""
    return {
        key: f"{line.quantity} {line.revision} {people[line.changed.person]} "
        f"{(line.changed.at - _EPOCH) // _MICROSECOND}"
        for key, line in lines.items()
    }


def unpack_line(text: str) -> tuple[int, int, int, int]:
    """Quantity, revision, person and microseconds.

    Raises:
        ValueError: a field is missing or is no number.
    """
    quantity, revision, person, microseconds, *_ = text.split()
    return int(quantity), int(revision), int(person), int(microseconds)


def moment(microseconds: int) -> datetime:
    """The time that many microseconds after 1970 began."""
    return _EPOCH + microseconds * _MICROSECOND
