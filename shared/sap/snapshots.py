"""Full snapshots: how a message says that it is a part of one (`Snapshots` of the settings)."""

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
        rows, _ = normal({"HEAD": content.get(marks.segment.upper(), {})})
        head = rows["HEAD"][0] if isinstance(rows["HEAD"], list) and rows["HEAD"] else {}
    as_of = str(head.get(marks.as_of, "")).strip(" 0")
    if not as_of:
        return None
    stamp = read_serial(
        str(head[marks.as_of]), system.serial_zone, message.published_at, marks.as_of
    )
    part, parts = (str(head.get(name, "1")) for name in (marks.part, marks.parts))
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts) <= MOST_PARTS):
        raise UntranslatableMessageError([f"part {part!r} of {parts!r} is no part of a snapshot"])
    return Snapshot(stamp, int(part), int(parts), message.attributes.get(EXCERPT) == "true")
