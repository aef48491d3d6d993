"""A packet of IDocs as SAP publishes it, each read for itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from shared.event.message import SapMessage
from shared.event.passing import PASSING, why
from shared.sap.control import Control, SourceStamp, source_stamp
from shared.sap.fault import UntranslatableMessageError, reasons_of
from shared.sap.nesting import misplaced_segments
from shared.sap.objects import object_of
from shared.sap.part import Part
from shared.sap.setting import Snapshots
from shared.sap.shapes import CONTROL, Shaped, apart, read_content, read_json_value, shapes_of
from shared.sap.snapshots import Snapshot, read_mark
from shared.sap.source_system import SourceSystem

T = TypeVar("T")

DELETED = "003"
"""The change function (MSGFN, FUNCTION) of a deletion."""


class _Head(BaseModel):
    EDI_DC40: list[Control]


@dataclass(frozen=True)
class Idoc:
    """One IDoc: what kind it is, when SAP made it, its segments by name, and whose it is.

    The segments are in the normal form (`shared.sap.shapes`). `by_second`: the stamp is the first
    moment of the second that SAP told.
    """

    kind: str
    stamp: str
    segments: Mapping[str, Any]
    system: SourceSystem
    by_second: bool = False


@dataclass(frozen=True)
class Taken(Generic[T]):
    """What an IDoc says in our terms, and which of its message's it is."""

    part: Part
    says: T

    @property
    def place(self) -> str:
        """Names the IDoc within its message, with kind and DOCNUM."""
        return self.part.place


@dataclass(frozen=True)
class Faulty:
    """An IDoc that can never succeed as it is, or not before what it `awaits` has come."""

    part: Part
    reasons: list[str]
    awaits: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Packet(Generic[T]):
    """What a message's IDocs say, and those that can't be read, each with its reasons.

    `snapshot` tells which part of a full snapshot the message is; None for changes. `tests` are IDocs
    that SAP means as tests (EDI_DC40-TEST), which say nothing.
    """

    taken: list[Taken[T]]
    faulty: list[Faulty]
    snapshot: Snapshot | None = None
    tests: list[Part] = field(default_factory=list)


def read_packet(
    message: SapMessage,
    system: SourceSystem,
    translators: Mapping[str, Callable[[Idoc], T]],
    marks: Snapshots | None = None,
) -> Packet[T]:
    """Every IDoc of a message of `system` in our terms; `translators` are by MESTYP.

    `marks` say how the message tells that it is part of a full snapshot, where there are such.

    Raises:
        UntranslatableMessageError: it is no message of IDocs at all, or no part that can be.
    """
    name = (marks.segment or "").upper() if marks else ""
    content, head = apart(read_content(message.data), name)
    packet: Packet[T] = Packet([], [], read_mark(marks, head, message, system))
    for shaped in shapes_of(content):
        part = Part(place=shaped.place, content={**head, "IDOCS": [shaped.source]})
        try:
            control = _control(shaped)
            part = _with_name(part, control, shaped)
            stamp = _stamp(control, shaped, message, system)
            part = replace(part, stamp=stamp.text, stamp_source=stamp.source)
            if _is_test(control, packet.snapshot):
                packet.tests.append(part)
                continue
            if control.MESTYP not in translators:
                raise UntranslatableMessageError(["not a kind that is expected here"])  # noqa: TRY301
            if faults := misplaced_segments(control.MESTYP, shaped.segments):
                raise UntranslatableMessageError(faults)  # noqa: TRY301
            idoc = Idoc(control.MESTYP, stamp.text, shaped.segments, system, stamp.by_second)
            packet.taken.append(Taken(part, translators[idoc.kind](idoc)))
        except PASSING:
            raise
        except ValidationError as error:
            packet.faulty.append(Faulty(part, reasons_of(error)))
        except UntranslatableMessageError as error:
            packet.faulty.append(Faulty(part, error.reasons))
        except Exception as error:  # noqa: BLE001 (one IDoc never keeps the others away)
            structlog.get_logger().warning("not translated", place=part.place, exc_info=True)
            packet.faulty.append(Faulty(part, [why(error)]))
    return packet


def _is_test(control: Control, snapshot: Snapshot | None) -> bool:
    if control.TEST and snapshot:
        # What a full snapshot lacks is gone, and a test says nothing of its record.
        raise UntranslatableMessageError([f"{CONTROL}/TEST: is set in a full snapshot"])
    return control.TEST


def _control(shaped: Shaped) -> Control:
    if CONTROL not in shaped.segments:
        raise UntranslatableMessageError(shaped.reasons or [f"{CONTROL}: is empty"])
    rows = _Head.model_validate(shaped.segments).EDI_DC40
    if len(rows) != 1:
        raise UntranslatableMessageError([f"{CONTROL}: {len(rows)} rows instead of one"])
    return rows[0]


def _with_name(part: Part, control: Control, shaped: Shaped) -> Part:
    return replace(
        part,
        place=f"{part.place} ({control.MESTYP} {control.DOCNUM})",
        kind=control.MESTYP,
        number=control.DOCNUM,
        object=object_of(control.MESTYP, shaped.segments),
    )


def _stamp(
    control: Control, shaped: Shaped, message: SapMessage, system: SourceSystem
) -> SourceStamp:
    if shaped.reasons:
        raise UntranslatableMessageError(shaped.reasons)
    if system.logical_system != control.SNDPRN:
        reason = f"{CONTROL}/SNDPRN: {control.SNDPRN!r} is not {system.logical_system}"
        raise UntranslatableMessageError([reason])
    return source_stamp(control, system, message.published_at, message.first_published_at)


M = TypeVar("M", bound=BaseModel)


def read_json(model: type[M], data: bytes) -> M:
    """A message of the shape `model`, its texts in NFC.

    Raises:
        UntranslatableMessageError: it is no JSON in UTF-8, or of another shape.
    """
    try:
        return model.model_validate(read_json_value(data))
    except ValidationError as error:
        raise UntranslatableMessageError(reasons_of(error)) from error
