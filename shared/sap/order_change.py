"""A change of an order as BAPI_SALESORDER_CHANGE wants it, and whether SAP has it already."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shared.order.model import Order, OrderLine
from shared.order.versions import effective_versions
from shared.sap.sales_order import Row, padded
from shared.sap.source_system import SourceSystem

DOCUMENT, HEADER_FLAGS = "SALESDOCUMENT", "ORDER_HEADER_INX"


def change_parameters(order: Order, system: SourceSystem) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_CHANGE that bring SAP to the order's change.

    Quantities are absolute and removed items are rejected, not deleted, so that sending it
    twice is as sending it once. Only lines that it changes are sent.
    """
    removed = [
        {"ITM_NUMBER": f"{line.position:06}", "REASON_REJ": system.withdrawn}
        for line, pieces in _changed(order)
        if not pieces
    ]
    grown = [_schedule(line, pieces) for line, pieces in _changed(order) if pieces]
    return {
        DOCUMENT: padded(order.sap_number or "", 10),
        HEADER_FLAGS: {"UPDATEFLAG": "U"},
        "ORDER_ITEM_IN": removed,
        "ORDER_ITEM_INX": [_flags(row, "ITM_NUMBER") for row in removed],
        "SCHEDULE_LINES": grown,
        "SCHEDULE_LINESX": [_flags(row, "ITM_NUMBER", "SCHED_LINE") for row in grown],
    }


def order_status_parameters(sap_number: str | None) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_GETSTATUS."""
    return {DOCUMENT: padded(sap_number or "", 10)}


def has_change(order: Order, answer: Mapping[str, Any]) -> bool:
    """Whether BAPI_SALESORDER_GETSTATUS tells that SAP has the order's change.

    An item stands there once for each of its deliveries.
    """
    rows: dict[int, Row] = {int(row["ITM_NUMBER"]): row for row in answer["STATUSINFO"]}
    return bool(rows) and all(
        _is_so(rows.get(line.position), pieces) for line, pieces in _changed(order)
    )


def _is_so(row: Row | None, pieces: int) -> bool:
    if row is None:
        return pieces == 0
    if not pieces:
        return bool(row["REA_FOR_RE"])
    return not row["REA_FOR_RE"] and Decimal(row["REQ_QTY"]) == pieces


def _changed(order: Order) -> list[tuple[OrderLine, int]]:
    """Lines that SAP has to change, each with the pieces that it shall have."""
    if order.change is None:
        return []
    if order.change.cancels:
        return [(line, 0) for line in order.lines if line.quantity and not line.rejected]
    *_, before, latest = effective_versions(order)
    return [
        (line, new)
        for line, old, new in zip(order.lines, before.quantities, latest.quantities, strict=True)
        if old != new
    ]


def _schedule(line: OrderLine, pieces: int) -> Row:
    return {
        "ITM_NUMBER": f"{line.position:06}",
        "SCHED_LINE": "0001",
        "REQ_QTY": Decimal(pieces),
    }


def _flags(row: Row, *keys: str) -> Row:
    """The INX row: keys as they are, a flag for each field that counts (UPDATEFLAG U)."""
    return {"UPDATEFLAG": "U", **{name: row[name] if name in keys else "X" for name in row}}
