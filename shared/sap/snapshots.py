"""Full snapshots: how a message says that it is a part of one (`Snapshots` of the settings)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.event.message import EXCERPT, SapMessage
from shared.sap.control import read_serial
from shared.sap.fault import UntranslatableMessageError
from shared.sap.setting import Snapshots
from shared.sap.shapes import normal
from shared.sap.source_system import SourceSystem

MOST_PARTS = 1_000

_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Snapshot:
    """Which part of a full snapshot a message is, and as of when that tells what SAP has.

    `is_excerpt`: it has some records only of what was published, so what it lacks is not gone.
    """

    as_of: str
    part: int = 1
    parts: int = 1
    is_excerpt: bool = False


def read_mark(
    marks: Snapshots | None, content: Mapping[str, Any], message: SapMessage, system: SourceSystem
) -> Snapshot | None:
    """Which part of a snapshot a message is, by its attributes or its head; None for a change.

    `content` has what the message says by names in capitals.

    Raises:
        UntranslatableMessageError: it says that it is a part, and none that can be.
    """
    if marks is None:
        return None
    head: Mapping[str, Any] = message.attributes
    if marks.segment is not None:
        head = _row(marks.segment, content.get(marks.segment.upper()) or {})
    as_of = head.get(marks.as_of)
    if as_of is None or not str(as_of).strip(" 0"):
        return None
    stamp = read_serial(str(as_of), system.serial_zone, message.published_at, marks.as_of)
    part, parts = (str(head.get(name, "1")) for name in (marks.part, marks.parts))
    numbered = _NUMBER.fullmatch(part) and _NUMBER.fullmatch(parts)
    if not (numbered and 1 <= int(part) <= int(parts) <= MOST_PARTS):
        told = f"part {part[:20]!r} of {parts[:20]!r} is no part of a snapshot"
        raise UntranslatableMessageError([told])
    return Snapshot(stamp, int(part), int(parts), message.attributes.get(EXCERPT) == "true")


def _row(segment: str, content: Any) -> Mapping[str, Any]:
    """The only row of a segment of a message's head."""
    rows = content if isinstance(content, list) else [content]
    if len(rows) != 1 or not isinstance(rows[0], dict):
        raise UntranslatableMessageError([f"{segment}: not a segment of one row"])
    found, _ = normal({"HEAD": rows})
    row: Mapping[str, Any] = found["HEAD"][0]
    return row
