"""A part of a message that stands for itself: an IDoc, or the stock of a style in a plant."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """`place` names it within its message, `object` what it is about (`shared.sap.objects`).

    `stamp` is None where none could be read. `content` is a message of its own with this part only;
    `data` in its place, where it can't be told apart from the rest. `rows` tells which rows of the
    object it has, where a message may have some of them only.
    """

    place: str = ""
    kind: str = ""
    number: str = ""
    object: str = ""
    stamp: str | None = None
    stamp_source: str = ""
    rows: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = b""

    @property
    def message(self) -> bytes:
        """What is published to try it again."""
        # Escaped, since what is half a character can't be written otherwise.
        return self.data or json.dumps(self.content).encode()
