"""Stock rows: SAP's figures of variants become the stock of styles in plants.

SAP has no standard message of stock, so this one is agreed: ROWS with MATNR, SATNR (the generic
article), WERKS, LABST (unrestricted stock), OMENG (open sales orders), RECEIPTS (DAT00, MNG01) and
CHANGED (the stamp of the figures, as SERIAL). LGORT says of which storage location they are, MEINS in
which unit; UMREZ and UMREN are how many pieces that unit is, as in MARM.

A message is a change, which says nothing of what it lacks, or a part of a full snapshot
(`SourceSystem.stock.snapshots`), which has all articles of each style and plant that it names. The
parts of a snapshot together name all styles of their plants.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from shared.availability.model import MOST_RECEIPTS, Receipt, Stock
from shared.event.awaited import awaited_name
from shared.event.message import SapMessage
from shared.sap.control import read_serial, write_stamp
from shared.sap.fault import AwaitedError, UntranslatableMessageError
from shared.sap.idoc import Faulty, Packet, Taken
from shared.sap.part import Part
from shared.sap.snapshots import Snapshot, read_mark
from shared.sap.source_system import SourceSystem
from shared.sap.stock_rows import StockRow, StyleInPlant, StyleRows, read_content, sorted_rows

KIND = "stock"

MOST_STYLES = 20_000
"""In plants, that a part of a full snapshot may name."""

Factors = Callable[[Collection[str]], Mapping[str, int]]
"""Pieces in the case of each style, of those whose case is known."""


@dataclass(frozen=True)
class StyleStock:
    """What a message says of a style's articles in a plant: of the plant, or of its locations.

    `whole` says that what it lacks of the style is gone.
    """

    style: str
    plant: str
    rows: dict[str, Stock]
    locations: dict[str, dict[str, Stock]] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True)
class StockMessage:
    """What a message says of stock, each style in a plant for itself.

    `mentioned` are the styles in plants that it has rows of, read or not; None where a row does not
    even tell that.
    """

    packet: Packet[StyleStock]
    snapshot: Snapshot | None
    mentioned: set[StyleInPlant] | None


def read_stock(message: SapMessage, system: SourceSystem, factors: Factors) -> StockMessage:
    """What a message says of stock; of rows of one article (and location) the one changed last.

    `factors` is asked only for styles of which a row is in cases.

    Raises:
        UntranslatableMessageError: it is no message of rows, has too many, or says of itself what
            can't be read.
    """
    content = read_content(message.data)
    snapshot = read_mark(system.stock.snapshots, content, message, system)
    found = sorted_rows(content)
    cases = _cases(found, system, factors)
    packet: Packet[StyleStock] = Packet([], [])
    # A row that does not even say what it is of may be of any.
    mentioned = None if ("", "") in found else set(found)
    if snapshot and len(found) > MOST_STYLES:
        raise UntranslatableMessageError([f"ROWS: more than {MOST_STYLES} styles of a snapshot"])
    head_name = (system.stock.snapshots.segment or "").upper()
    head = {head_name: content[head_name]} if head_name in content else {}
    context = _Context(message, system, snapshot, cases, mentioned is not None, head)
    for key, rows in found.items():
        _translate(packet, key, rows, context)
    return StockMessage(packet, snapshot, mentioned)


def _cases(
    found: Mapping[StyleInPlant, StyleRows], system: SourceSystem, factors: Factors
) -> Mapping[str, int]:
    case = system.articles.case
    styles = {
        row.SATNR
        for rows in found.values()
        for _, row in rows.read
        if case == row.MEINS and not row.UMREZ
    }
    return factors(styles) if styles else {}


@dataclass(frozen=True)
class _Context:
    message: SapMessage
    system: SourceSystem
    snapshot: Snapshot | None
    cases: Mapping[str, int]
    is_told_apart: bool
    head: Mapping[str, Any]
    """What the message says of itself, which each part of it has to say, too."""


def _translate(
    packet: Packet[StyleStock], key: StyleInPlant, rows: StyleRows, context: _Context
) -> None:
    style, plant = key
    name = " ".join(part for part in (KIND, style, plant) if part)
    of_plant, of_locations = _newest(rows, context)
    stamps = [one.stamp for one in of_plant.values()]
    stamps += [one.stamp for some in of_locations.values() for one in some.values()]
    if stamps:
        part = Part(
            place=name,
            kind=KIND,
            object=name,
            stamp=max(stamps),
            stamp_source="SERIAL",
            rows=_part_name(row for _, row in rows.read),
            content={**context.head, "ROWS": rows.raw},
        )
        says = StyleStock(
            style,
            plant,
            of_plant,
            _sold_locations(of_locations, context.system.stock.plants.get(plant, ())),
            whole=context.snapshot is not None
            and not context.snapshot.is_excerpt
            and context.is_told_apart
            and not (rows.bad or rows.waiting),
        )
        packet.taken.append(Taken(part, says))
    if rows.waiting:
        packet.faulty.append(_waiting(name, rows.waiting, context))
    if rows.bad:
        part = Part(
            place=f"{name} ({len(rows.bad)} rows)",
            kind=KIND,
            object=name if style else "",
            content={**context.head, "ROWS": rows.bad},
        )
        packet.faulty.append(Faulty(part, rows.faults))


def _newest(
    rows: StyleRows, context: _Context
) -> tuple[dict[str, Stock], dict[str, dict[str, Stock]]]:
    """The stock by article, and by article and storage location, that was changed last.

    Rows whose figures nobody can tell in pieces yet, or ever, are put aside.
    """
    of_plant: dict[str, Stock] = {}
    of_locations: dict[str, dict[str, Stock]] = {}
    for (place, row), raw in zip(rows.read, rows.raw, strict=True):
        try:
            stock = _stock(row, context)
        except AwaitedError as error:
            rows.waiting.append((raw, row, error))
            continue
        except UntranslatableMessageError as error:
            rows.add_faulty(raw, [f"{place}/{reason}" for reason in error.reasons])
            continue
        if row.LGORT:
            _keep_newest(of_locations.setdefault(row.MATNR, {}), row.LGORT, stock)
        else:
            _keep_newest(of_plant, row.MATNR, stock)
    return of_plant, of_locations


def _waiting(
    name: str, rows: Iterable[tuple[Any, StockRow, AwaitedError]], context: _Context
) -> Faulty:
    """Rows whose figures nobody can tell in pieces yet."""
    raw, read, errors = zip(*rows, strict=True)
    part = Part(
        place=f"{name} ({len(raw)} rows that wait)",
        kind=KIND,
        object=name,
        stamp=max(_stamp(row, context) for row in read),
        stamp_source="SERIAL",
        rows=_part_name(read),
        content={**context.head, "ROWS": list(raw)},
    )
    reasons = list(dict.fromkeys(reason for error in errors for reason in error.reasons))
    return Faulty(part, reasons, frozenset(error.awaits for error in errors))


def _part_name(rows: Iterable[StockRow]) -> str:
    """Which articles, and in which storage locations, rows are of, in a name of 32 characters."""
    names = sorted({f"{row.MATNR}/{row.LGORT}" for row in rows})
    return sha256("\n".join(names).encode()).hexdigest()[:32]


def _sold_locations(
    locations: dict[str, dict[str, Stock]], counting: tuple[str, ...]
) -> dict[str, dict[str, Stock]]:
    """Of the storage locations that are sold from."""
    return {
        article: {name: stock for name, stock in some.items() if not counting or name in counting}
        for article, some in locations.items()
    }


def _keep_newest(rows: dict[str, Stock], name: str, stock: Stock) -> None:
    if name not in rows or rows[name].stamp < stock.stamp:
        rows[name] = stock


def _stock(row: StockRow, context: _Context) -> Stock:
    """The row's figures in pieces.

    Raises:
        UntranslatableMessageError: its unit or stamp can't be read, or they are no whole pieces.
    """
    # Before the factor: of a row that waits the stamp must be known.
    stamp = _stamp(row, context)
    factor = _factor(row, context)
    receipts: dict[str, int] = {}
    for one in row.RECEIPTS:
        day = one.DAT00.isoformat()
        receipts[day] = receipts.get(day, 0) + _pieces("RECEIPTS/MNG01", one.MNG01, factor)
    return Stock(
        stamp=stamp,
        on_hand=_pieces("LABST", row.LABST, factor),
        ordered=_pieces("OMENG", row.OMENG, factor),
        receipts=kept_receipts(receipts),
    )


def _stamp(row: StockRow, context: _Context) -> str:
    full = context.snapshot.as_of if context.snapshot else ""
    if row.CHANGED.strip(" 0"):
        zone, at = context.system.serial_zone, context.message.published_at
        # What a snapshot says holds as of then, however long ago it changed last.
        return max(full, read_serial(row.CHANGED, zone, at, "CHANGED"))
    if full:
        return full
    return write_stamp(context.message.first_published_at)


def _factor(row: StockRow, context: _Context) -> Decimal:
    articles = context.system.articles
    if row.UMREZ:
        return row.UMREZ / row.UMREN
    if not row.MEINS or row.MEINS in articles.units:
        return Decimal(1)
    if articles.case == row.MEINS and (pieces := context.cases.get(row.SATNR)):
        return Decimal(pieces)
    reason = f"MEINS: it is not known how many pieces of {row.SATNR} a {row.MEINS[:10]!r} is"
    if articles.case == row.MEINS:
        raise AwaitedError([reason], awaited_name("unit", row.SATNR))
    raise UntranslatableMessageError([reason])


def _pieces(name: str, quantity: Decimal, factor: Decimal) -> int:
    pieces = quantity * factor
    if pieces != pieces.to_integral_value():
        raise UntranslatableMessageError([f"{name}: {quantity} are {pieces:f} pieces"])
    return int(pieces)


def kept_receipts(quantities: Mapping[str, int]) -> list[Receipt]:
    """The receipts by day (ISO), ascending, of which no more are kept than a page can bear."""
    days = [(day, quantity) for day, quantity in sorted(quantities.items()) if quantity]
    if late := days[MOST_RECEIPTS - 1 :]:
        # What comes so late counts from the last of these days on: later, and never too early.
        days[MOST_RECEIPTS - 1 :] = [(late[-1][0], sum(quantity for _, quantity in late))]
    return [Receipt.model_validate({"on": day, "quantity": quantity}) for day, quantity in days]
