"""A change of an order as BAPI_SALESORDER_CHANGE wants it, and whether SAP has it already.

Only the quantities that the buyer changed are sent, so what people in SAP made of other items stays.
Of the same item both can't be right: where SAP has neither what the buyer saw nor what they want, a
person decides (`clashes`). To merge would be to guess: from 2, the buyer's 6 and SAP's 4 may be 6, 4 or 8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shared.order.model import Order, OrderLine
from shared.order.versions import effective_versions, version_seen
from shared.sap.sales_order import RfcRow, pad
from shared.sap.source_system import SourceSystem

DOCUMENT, HEADER_FLAGS = "SALESDOCUMENT", "ORDER_HEADER_INX"


def change_parameters(order: Order, system: SourceSystem) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_CHANGE that bring SAP to the order's change.

    Quantities are absolute and removed items are rejected, not deleted, so that sending it
    twice is as sending it once. Only lines that it changes are sent. Their conditions are treated
    as when the order was created: without the switch SAP would find its own prices for other pieces.
    """
    removed = [line.position for line, pieces in _changed_lines(order) if not pieces]
    grown = [_schedule(line, pieces) for line, pieces in _changed_lines(order) if pieces]
    switch = {"PRICING": system.orders.pricing, "COND_HANDL": "X"}
    return {**_parameters(order, system, removed, grown), "LOGIC_SWITCH": switch}


def cancel_parameters(
    order: Order, system: SourceSystem, answer: Mapping[str, Any]
) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_CHANGE that reject all items of the order.

    `answer` is BAPI_SALESORDER_GETSTATUS's: people in SAP may have added items that its messages
    have not told of yet.
    """
    return _parameters(order, system, _alive(answer), [])


def _parameters(
    order: Order, system: SourceSystem, rejected: Iterable[int], schedules: list[RfcRow]
) -> dict[str, Any]:
    removed = [
        {"ITM_NUMBER": f"{position:06}", "REASON_REJ": system.withdrawn} for position in rejected
    ]
    return {
        DOCUMENT: pad(order.sap_number or "", 10),
        HEADER_FLAGS: {"UPDATEFLAG": "U"},
        "ORDER_ITEM_IN": removed,
        "ORDER_ITEM_INX": [_flags(row, "ITM_NUMBER") for row in removed],
        "SCHEDULE_LINES": schedules,
        "SCHEDULE_LINESX": [_flags(row, "ITM_NUMBER", "SCHED_LINE") for row in schedules],
    }


def order_status_parameters(sap_number: str | None) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_GETSTATUS."""
    return {DOCUMENT: pad(sap_number or "", 10)}


def has_change(order: Order, answer: Mapping[str, Any], system: SourceSystem) -> bool:
    """Whether BAPI_SALESORDER_GETSTATUS tells that SAP has the order's change.

    An item stands there once for each of its deliveries. What people in SAP rejected, for reasons
    of their own, is no cancellation.
    """
    rows: dict[int, RfcRow] = {int(row["ITM_NUMBER"]): row for row in answer["STATUSINFO"]}
    if order.change is not None and order.change.cancels:
        ours = any(row["REA_FOR_RE"] == system.withdrawn for row in rows.values())
        return ours and not _alive(answer)
    return bool(rows) and all(
        _is_so(rows.get(line.position), pieces) for line, pieces in _changed_lines(order)
    )


@dataclass(frozen=True)
class Clash:
    """Pieces of a position: what the buyer saw and wants, and what SAP has since; 0 of one rejected."""

    position: int
    seen: int
    wanted: int
    in_sap: int

    def __str__(self) -> str:
        return f"{self.position}: {self.seen} → {self.wanted}, SAP {self.in_sap}"


def clashes(order: Order, answer: Mapping[str, Any]) -> list[Clash]:
    """What the change would overwrite of what people in SAP did since the buyer looked."""
    rows: dict[int, RfcRow] = {int(row["ITM_NUMBER"]): row for row in answer["STATUSINFO"]}
    if order.change is None:
        return []
    seen = version_seen(order, order.change).quantities
    saw = {line.position: pieces for line, pieces in zip(order.lines, seen, strict=True)}
    found = (
        Clash(line.position, saw[line.position], pieces, _pieces(rows.get(line.position)))
        for line, pieces in _changed_lines(order)
    )
    return [one for one in found if one.in_sap not in (one.seen, one.wanted)]


def _pieces(row: RfcRow | None) -> int:
    return 0 if row is None or row["REA_FOR_RE"] else int(Decimal(row["REQ_QTY"]))


def is_in_delivery(answer: Mapping[str, Any]) -> bool:
    """Whether BAPI_SALESORDER_GETSTATUS tells a delivery of any item, one rejected since included."""
    return any(row["DELIV_NUMB"] for row in answer["STATUSINFO"])


def _alive(answer: Mapping[str, Any]) -> list[int]:
    """Positions that SAP has and does not reject, ascending."""
    return sorted({int(r["ITM_NUMBER"]) for r in answer["STATUSINFO"] if not r["REA_FOR_RE"]})


def _is_so(row: RfcRow | None, pieces: int) -> bool:
    if row is None:
        return pieces == 0
    if not pieces:
        return bool(row["REA_FOR_RE"])
    return not row["REA_FOR_RE"] and Decimal(row["REQ_QTY"]) == pieces


def _changed_lines(order: Order) -> list[tuple[OrderLine, int]]:
    """Lines that SAP has to change, each with the pieces that it shall have.

    Of a cancellation none: it is for all that SAP has.
    """
    if order.change is None or order.change.cancels:
        return []
    *_, before, latest = effective_versions(order)
    return [
        (line, new)
        for line, old, new in zip(order.lines, before.quantities, latest.quantities, strict=True)
        if old != new
    ]


def _schedule(line: OrderLine, pieces: int) -> RfcRow:
    return {
        "ITM_NUMBER": f"{line.position:06}",
        "SCHED_LINE": "0001",
        "REQ_QTY": Decimal(pieces),
    }


def _flags(row: RfcRow, *keys: str) -> RfcRow:
    """The INX row: keys as they are, a flag for each field that counts (UPDATEFLAG U)."""
    return {"UPDATEFLAG": "U", **{name: row[name] if name in keys else "X" for name in row}}
