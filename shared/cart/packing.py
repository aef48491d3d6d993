"""Cart lines as packed records (the rules: `shared.packing`), and people once for all lines.

A record is "quantity revision person microseconds": the person by their place in the cart's
`people`, the time since 1970. SKU, door and window are its key in the document. Fields are
only added at the end, with a default in the reader, until `FORMAT` is raised.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.cart.model import CartLine

FORMAT = 1
"""Of `lines` and `removed` of a cart's document."""

Person = tuple[str, str]
"""User id and name."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def pack_lines(lines: "Mapping[str, CartLine]", people: Mapping[Person, int]) -> dict[str, str]:
    """Each line by its key. `people` tells everybody's place."""
    return {
        key: f"{line.quantity} {line.revision} {people[line.changed.uid, line.changed.by]} "
        f"{(line.changed.at - _EPOCH) // _MICROSECOND}"
        for key, line in lines.items()
    }


def unpack_line(key: str, text: str) -> tuple[dict[str, Any], tuple[int, int]]:
    """Fields of a `CartLine` but `changed`, and of that the person's place and microseconds.

    Raises:
        ValueError: a field is missing or is no number.
    """
    sku, door, window = key.rsplit("|", 2)
    quantity, revision, person, microseconds, *_ = text.split()
    fields = {
        "sku": sku,
        "door": door,
        "window": window,
        "quantity": int(quantity),
        "revision": int(revision),
    }
    return fields, (int(person), int(microseconds))


def moment(microseconds: int) -> datetime:
    """The time that many microseconds after 1970 began."""
    return _EPOCH + microseconds * _MICROSECOND
