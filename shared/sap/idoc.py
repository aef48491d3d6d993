"""A packet of IDocs as SAP publishes it: control record, source stamp, segments."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from shared.sap.fault import UntranslatableMessageError, reasons_of
from shared.sap.fields import Stamp
from shared.sap.source_system import SourceSystem
from shared.text.unicode import compose

T = TypeVar("T")

MOST_IDOCS = 10_000
MOST_SEGMENTS = 10_000
"""Of a message, and of one kind in one IDoc or segment."""

DELETED = "003"
"""The change function (MSGFN, FUNCTION) of a deletion."""


class Control(BaseModel):
    """EDI_DC40. DOCNUM changes when SAP sends again, SERIAL does not."""

    DOCNUM: str
    MESTYP: str
    SERIAL: Stamp


class _Packet(BaseModel):
    IDOCS: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_IDOCS)


class _Head(BaseModel):
    EDI_DC40: Control


@dataclass(frozen=True)
class Idoc:
    """One IDoc: what kind it is, when SAP made it, its segments by name, and whose it is."""

    kind: str
    stamp: str
    segments: Mapping[str, Any]
    system: SourceSystem


def read_packet(
    data: bytes, system: SourceSystem, translators: Mapping[str, Callable[[Idoc], T]]
) -> list[T]:
    """Every IDoc of a message of `system` in our terms; `translators` are by MESTYP.

    Raises:
        UntranslatableMessageError: naming the faults of all of its IDocs.
    """
    results: list[T] = []
    reasons: list[str] = []
    for index, segments in enumerate(read_json(_Packet, data).IDOCS):
        place = f"IDOCS/{index}"
        try:
            control = _Head.model_validate(segments).EDI_DC40
            place = f"{place} ({control.MESTYP} {control.DOCNUM})"
            if control.MESTYP not in translators:
                reasons.append(f"{place}: not a kind that is expected here")
                continue
            _bound(segments)
            idoc = Idoc(control.MESTYP, control.SERIAL, segments, system)
            results.append(translators[control.MESTYP](idoc))
        except ValidationError as error:
            reasons += [f"{place}: {reason}" for reason in reasons_of(error)]
        except UntranslatableMessageError as error:
            reasons += [f"{place}: {reason}" for reason in error.reasons]
    if reasons:
        raise UntranslatableMessageError(reasons)
    return results


def _bound(segments: Mapping[str, Any]) -> None:
    if too_many := list(_too_many(segments)):
        raise UntranslatableMessageError(too_many)


def _too_many(segments: Mapping[str, Any]) -> Iterator[str]:
    for name, rows in segments.items():
        if not isinstance(rows, list):
            continue
        if len(rows) > MOST_SEGMENTS:
            yield f"{name}: {len(rows)} rows, more than {MOST_SEGMENTS}"
            continue
        for row in rows:
            if isinstance(row, dict):
                yield from _too_many(row)


M = TypeVar("M", bound=BaseModel)


def read_json(model: type[M], data: bytes) -> M:
    """A message of the shape `model`, its texts in NFC.

    Raises:
        UntranslatableMessageError: it is no JSON in UTF-8, or of another shape.
    """
    try:
        return model.model_validate(_read(data))
    except ValidationError as error:
        raise UntranslatableMessageError(reasons_of(error)) from error
    except (ValueError, RecursionError) as error:
        raise UntranslatableMessageError([f"not JSON in UTF-8: {error}"]) from error


def _read(data: bytes) -> Any:
    content = json.loads(data.decode())
    # Most messages are numbers and keys by the hundred thousand.
    return content if data.isascii() and b"\\u" not in data else compose(content)
