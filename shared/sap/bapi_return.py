"""RETURN of the BAPIs that read: what kept one from answering, in whichever form SAP tells it.

BAPIRETURN has class and number in CODE, BAPIRET2 in ID and NUMBER, and either is one message or a
table of them, by module and release. Documented is only that it is initial where nothing went wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NUMBER = 3
"""Digits of a message's number, behind its class in CODE."""


@dataclass(frozen=True)
class ReadError:
    """An error (type E or A); `id` is its class and number, "V1 302", empty where SAP names none."""

    id: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} ({self.id})" if self.id else self.message


def errors_of(answer: Mapping[str, Any]) -> list[ReadError]:
    """The errors of an answer's RETURN; none where it has none, or says that all is well."""
    told = answer.get("RETURN") or []
    rows = told if isinstance(told, list) else [told]
    return [
        ReadError(id=_message_id(row), message=row["MESSAGE"])
        for row in rows
        if row["TYPE"] in ("E", "A")
    ]


def _message_id(row: Mapping[str, Any]) -> str:
    if row.get("ID"):
        return f"{row['ID']} {row['NUMBER']}"
    code = str(row.get("CODE", ""))
    return f"{code[:-_NUMBER].strip()} {code[-_NUMBER:]}".strip()
