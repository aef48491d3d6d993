"""What columns of a file of people are called, and roles in its cells, in every language.

names.json has the names; what the portal calls a role is known, too. A language is added there alone.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale

from shared.audit_file import ROLES
from shared.sheets.titles import fold_title
from shared.text.locale import LANGUAGES
from shared.text.message import N_, Message

Column = Literal["email", "name", "role"]

TITLES: Mapping[Column, str] = {"email": N_("E-mail"), "name": N_("Name"), "role": N_("Role")}


def column_called(text: str) -> Column | None:
    """The column that a cell names; None where it names none."""
    return _columns().get(fold_title(text))


def role_called(text: str) -> str | None:
    """The role that a cell names; None where it names none."""
    return _roles().get(fold_title(text))


def titles() -> frozenset[str]:
    """All names of columns, folded."""
    return frozenset(_columns())


@cache
def _columns() -> Mapping[str, Column]:
    return {fold_title(name): column for column in TITLES for name in _names("columns", column)}


@cache
def _roles() -> Mapping[str, str]:
    locales = [Locale.parse(tag, sep="-") for tag in LANGUAGES]
    return {
        fold_title(name): role
        for role, label in ROLES.items()
        for name in (
            *_names("roles", role),
            *(Message(label).render(locale) for locale in locales),
        )
    }


def _names(kind: str, meaning: str) -> list[str]:
    names = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
    return [name for several in names[kind][meaning].values() for name in several]
