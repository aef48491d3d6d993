"""What a caller of BAPI_SALESORDER_CREATEFROMDAT2 asks for, after its update flags.

With a checkbox structure only flagged fields count, without one all that are filled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

RfcRow: TypeAlias = Mapping[str, Any]

_ITEM_KEYS = ("ITM_NUMBER",)
_SCHEDULE_KEYS = ("ITM_NUMBER", "SCHED_LINE")
_CONDITION_KEYS = ("ITM_NUMBER", "COND_ST_NO", "COND_COUNT", "COND_TYPE")
_FLAG_TABLES = ("ORDER_ITEMS_INX", "ORDER_SCHEDULES_INX", "ORDER_CONDITIONS_INX")


@dataclass(frozen=True)
class Request:
    """The effective content: rows hold only the fields that count.

    `by_hand_replaces`: conditions take the place of those of their types that SAP finds by itself
    (LOGIC_SWITCH-COND_HANDL); else these count beside them.
    """

    header: RfcRow
    partners: Sequence[RfcRow]
    items: Sequence[RfcRow]
    schedules: Sequence[RfcRow]
    conditions: Sequence[RfcRow]
    texts: Sequence[RfcRow]
    bad_update_flags: Sequence[str]
    by_hand_replaces: bool = False


def read_request(params: Mapping[str, Any]) -> Request:
    """Reads the call's parameters."""
    header_flags = params.get("ORDER_HEADER_INX")
    items = _table(params, "ORDER_ITEMS_IN", "ORDER_ITEMS_INX", _ITEM_KEYS)
    schedules = _table(params, "ORDER_SCHEDULES_IN", "ORDER_SCHEDULES_INX", _SCHEDULE_KEYS)
    conditions = _table(params, "ORDER_CONDITIONS_IN", "ORDER_CONDITIONS_INX", _CONDITION_KEYS)
    if params.get("INT_NUMBER_ASSIGNMENT"):
        # SAP numbers the items itself, so that nothing can be attached to them.
        items = [row | {"ITM_NUMBER": f"{10 * n:06d}"} for n, row in enumerate(items, 1)]
        schedules, conditions = [], []
    flag_rows = [row for table in _FLAG_TABLES for row in params.get(table, [])]
    if header_flags is not None:
        flag_rows.append(header_flags)
    return Request(
        header=counting(params["ORDER_HEADER_IN"], header_flags, ()),
        partners=params.get("ORDER_PARTNERS", []),
        items=items,
        schedules=schedules,
        conditions=conditions,
        texts=params.get("ORDER_TEXT", []),
        bad_update_flags=sorted(
            {row.get("UPDATEFLAG", "") for row in flag_rows if row.get("UPDATEFLAG") != "I"}
        ),
        by_hand_replaces=params.get("LOGIC_SWITCH", {}).get("COND_HANDL") == "X",
    )


def _table(
    params: Mapping[str, Any], name: str, flags: str, keys: Sequence[str]
) -> list[dict[str, Any]]:
    rows: list[RfcRow] = params.get(name, [])
    if not params.get(flags):
        return [dict(row) for row in rows]
    by_key = {row_key(row, keys): row for row in params[flags]}
    return [counting(row, by_key.get(row_key(row, keys), {}), keys) for row in rows]


def row_key(row: RfcRow, keys: Sequence[str]) -> tuple[str, ...]:
    """What a row and its row in the checkbox table are matched by."""
    return tuple((row.get(key) or "").lstrip("0") for key in keys)


def counting(row: RfcRow, flags: RfcRow | None, keys: Sequence[str]) -> dict[str, Any]:
    """The fields of a row that count: its keys and what is flagged."""
    if flags is None:
        return dict(row)
    return {name: value for name, value in row.items() if name in keys or flags.get(name) == "X"}
