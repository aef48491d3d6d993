"""What people call columns, totals and weeks, in every language that the portal speaks.

names.json has the names, by meaning and language; a language is added there alone. Our own
files have the titles of the message catalogue (`columns`).
"""

import json
from functools import cache
from pathlib import Path

from shared.sheets.titles import fold_title


def names_of(meaning: str, language: str = "") -> tuple[str, ...]:
    """All names of a meaning, those in `language` first; `keys` are names in no language."""
    names = _names()[meaning]
    first = names.get(language, [])
    rest = (name for key, several in names.items() if key != language for name in several)
    return tuple(dict.fromkeys((*first, *rest)))


@cache
def is_total(text: str) -> bool:
    """Whether a cell says that its row, or its column, adds others up."""
    return fold_title(text) in {fold_title(name) for name in names_of("total")}


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(
        Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    )
    return found
