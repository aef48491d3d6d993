"""Types of fields that requests have in common."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

PATH_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
"""Pattern of an id. Firestore refuses ".", ".." and "__x__" as names of documents."""

NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""Pattern of a text in one line."""

NOT_BLANK = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
"""Pattern of a text in one line that is more than white space."""

NO_NUL = r"^[^\x00]*$"
"""Pattern of a text as pasted or scanned, with tabs or GS1 separators."""


def _read_day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # the 31st of February
    raise PydanticCustomError("date_parsing", "Input should be a date")


Day = Annotated[date, BeforeValidator(_read_day)]
"""A date as RFC 3339 writes it; pydantic alone takes "0" for seconds since 1970."""
