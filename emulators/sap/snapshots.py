"""Full snapshots of stock, prices and customers, in parts that say so as the settings want it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.idoc import inventory_message, resent
from emulators.sap.master import Idoc
from emulators.sap.ordering import KEYS
from emulators.sap.stock import StockRow
from emulators.sap.system import Publish, System

Family = Literal["stock", "prices", "customers"]

RECORDS = {"stock": 5_000, "prices": 500, "customers": 50}
"""Of a part."""

_TOPICS = {"stock": "sap-inventory", "prices": "sap-prices", "customers": "sap-customers"}


def _words(found: object) -> object:
    return found.replace(",", " ").split() if isinstance(found, str) else found


class SnapshotRequest(BaseModel):
    """Of what; `lose` are parts that get lost on their way, `without` the materials and customers (their
    zeros may lack) that SAP has no more, of which it never told."""

    model_config = ConfigDict(extra="forbid")

    family: Family
    lose: Annotated[list[int], BeforeValidator(_words)] = []
    without: Annotated[list[str], BeforeValidator(_words)] = []


class SnapshotAnswer(BaseModel):
    """What was published."""

    as_of: str
    parts: int
    records: int


@dataclass(frozen=True)
class _Part:
    content: dict[str, Any]
    records: int


def publish_snapshot(
    system: System, publish: Publish | None, wanted: SnapshotRequest
) -> SnapshotAnswer:
    """Publish all that SAP has of a family, as of a stamp from before it is read.

    Raises:
        NotPossibleError: there is nowhere to publish, or the settings know no snapshot of it.
    """
    settings = system.settings
    marks = {
        "stock": settings.stock.snapshots,
        "prices": settings.prices.snapshots,
        "customers": settings.customers.snapshots,
    }[wanted.family]
    if publish is None:
        raise NotPossibleError("started without --project, so there is nowhere to publish")
    if marks is None:
        raise NotPossibleError(f"the settings know no snapshots of {wanted.family}")
    as_of = system.stamps.draw()
    if not (parts := list(_parts(system, wanted))):
        raise NotPossibleError(f"SAP has no {wanted.family}")
    for number, part in enumerate(parts, start=1):
        if number in wanted.lose:
            continue
        says = {marks.as_of: as_of, marks.part: str(number), marks.parts: str(len(parts))}
        if marks.segment is None:
            publish(_TOPICS[wanted.family], part.content, says)
        else:
            publish(_TOPICS[wanted.family], {marks.segment: [says], **part.content})
    records = sum(part.records for part in parts)
    return SnapshotAnswer(as_of=as_of, parts=len(parts), records=records)


def _parts(system: System, wanted: SnapshotRequest) -> Iterator[_Part]:
    gone, size = {one.lstrip("0") for one in wanted.without}, RECORDS[wanted.family]
    if wanted.family == "stock":
        for rows in _whole_styles(system.stock(), gone, size):
            yield _Part(inventory_message(rows, system.settings), len(rows))
        return
    data = system.data
    idocs = data.conditions if wanted.family == "prices" else [*data.customers, *data.credits]
    kept = [idoc for idoc in idocs if _key(idoc) not in gone]
    for start in range(0, len(kept), size):
        some = kept[start : start + size]
        yield _Part({"IDOCS": resent(some, system.draw_document_number)}, len(some))


def _whole_styles(rows: Sequence[StockRow], gone: set[str], size: int) -> Iterator[list[StockRow]]:
    """Rows in parts, of which each has all of a style in a plant, or none."""
    key: Callable[[StockRow], tuple[str, str]] = lambda row: (row.generic, row.plant)  # noqa: E731
    part: list[StockRow] = []
    for _, some in groupby(sorted(rows, key=key), key):
        of_style = [
            row for row in some if not {row.material.lstrip("0"), row.generic.lstrip("0")} & gone
        ]
        if part and len(part) + len(of_style) > size:
            yield part
            part = []
        part += of_style
    if part:
        yield part


def _key(idoc: Idoc) -> str:
    segment, name = KEYS[idoc["EDI_DC40"]["MESTYP"]]
    return str(idoc[segment][0].get(name, "")).lstrip("0")
