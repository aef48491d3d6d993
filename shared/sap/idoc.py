"""A packet of IDocs as SAP publishes it, each read for itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from shared.event.message import SapMessage
from shared.sap.control import Control, SourceStamp, source_stamp
from shared.sap.fault import UntranslatableMessageError, reasons_of
from shared.sap.shapes import CONTROL, Shaped, read_json_value, read_shapes
from shared.sap.source_system import SourceSystem

T = TypeVar("T")

DELETED = "003"
"""The change function (MSGFN, FUNCTION) of a deletion."""


class _Head(BaseModel):
    EDI_DC40: list[Control]


@dataclass(frozen=True)
class Idoc:
    """One IDoc: what kind it is, when SAP made it, its segments by name, and whose it is.

    The segments are in the normal form (`shared.sap.shapes`).
    """

    kind: str
    stamp: str
    segments: Mapping[str, Any]
    system: SourceSystem


@dataclass(frozen=True)
class Taken(Generic[T]):
    """What an IDoc says in our terms, where it stood in its message, and the IDoc itself."""

    place: str
    idoc: Idoc
    says: T


@dataclass(frozen=True)
class Refused:
    """An IDoc that can never succeed as it is. `place` names it, with kind and DOCNUM."""

    place: str
    segments: Mapping[str, Any]
    reasons: list[str]


@dataclass(frozen=True)
class Packet(Generic[T]):
    """What a message's IDocs say, and those that can't be read, each with its reasons."""

    taken: list[Taken[T]]
    refused: list[Refused]

    def all(self) -> list[T]:
        """What all IDocs say.

        Raises:
            UntranslatableMessageError: one of them can't be read; naming the faults of all.
        """
        if self.refused:
            raise UntranslatableMessageError(
                [f"{one.place}: {reason}" for one in self.refused for reason in one.reasons]
            )
        return [one.says for one in self.taken]


def read_packet(
    message: SapMessage, system: SourceSystem, translators: Mapping[str, Callable[[Idoc], T]]
) -> Packet[T]:
    """Every IDoc of a message of `system` in our terms; `translators` are by MESTYP.

    Raises:
        UntranslatableMessageError: it is no message of IDocs at all.
    """
    packet: Packet[T] = Packet([], [])
    for shaped in read_shapes(message.data):
        place = shaped.place
        try:
            control = _control(shaped)
            place = f"{place} ({control.MESTYP} {control.DOCNUM})"
            idoc = _idoc(control, shaped, message, system)
            if idoc.kind not in translators:
                raise UntranslatableMessageError(["not a kind that is expected here"])  # noqa: TRY301
            packet.taken.append(Taken(place, idoc, translators[idoc.kind](idoc)))
        except ValidationError as error:
            packet.refused.append(Refused(place, shaped.segments, reasons_of(error)))
        except UntranslatableMessageError as error:
            packet.refused.append(Refused(place, shaped.segments, error.reasons))
    return packet


def _control(shaped: Shaped) -> Control:
    if CONTROL not in shaped.segments:
        raise UntranslatableMessageError(shaped.reasons)
    rows = _Head.model_validate(shaped.segments).EDI_DC40
    if len(rows) != 1:
        raise UntranslatableMessageError([f"{CONTROL}: {len(rows)} rows instead of one"])
    return rows[0]


def _idoc(control: Control, shaped: Shaped, message: SapMessage, system: SourceSystem) -> Idoc:
    if shaped.reasons:
        raise UntranslatableMessageError(shaped.reasons)
    if system.logical_system != control.SNDPRN:
        reason = f"{CONTROL}/SNDPRN: {control.SNDPRN!r} is not {system.logical_system}"
        raise UntranslatableMessageError([reason])
    stamp: SourceStamp = source_stamp(control, system, message.published_at)
    return Idoc(control.MESTYP, stamp.text, shaped.segments, system)


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
