"""What the models of requests have in common: their base, and types of their fields."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from shared.text.unicode import first_unseen

PATH_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
"""Pattern of an id. Firestore refuses ".", ".." and "__x__" as names of documents."""

NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""Pattern of a text in one line."""

_LINE_FEEDS_ONLY = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
LINES = rf"^{_LINE_FEEDS_ONLY}*[^\s\x00-\x1f\x7f-\x9f]{_LINE_FEEDS_ONLY}*$"
"""How contracts describe `Visible`: they don't list all that is unseen."""

NO_NUL = r"^[^\x00]*$"
"""Pattern of a text as pasted or scanned, with tabs or GS1 separators."""


class Input(BaseModel):
    """What a client sends. An unknown field is refused, since it is most likely a typing error."""

    model_config = ConfigDict(extra="forbid")


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


def _read_moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]", value):
            return datetime.fromisoformat(value)
    except ValueError:
        pass  # the 31st of February
    raise PydanticCustomError("datetime_parsing", "Input should be a time")


Moment = Annotated[AwareDatetime, BeforeValidator(_read_moment)]
"""A time as RFC 3339 writes it, with its offset."""


@dataclass(frozen=True)
class Visible:
    """Marks a text that people write and others read: it says something, in characters that show.

    So nothing in it hides, or turns the direction of what stands beside it (Unicode Technical
    Report 36, 2.4). It goes behind StringConstraints; with `lines` there may be several lines.
    """

    lines: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"pattern": LINES if self.lines else ONE_LINE}

    def _check(self, text: str) -> str:
        unseen = first_unseen(text, "\t\n\r" if self.lines else "")
        if unseen is not None:
            character = f"U+{ord(unseen):04X}"
            raise PydanticCustomError(
                "unseen_character", "Input has the character {character}", {"character": character}
            )
        if not text.strip():
            raise PydanticCustomError("string_pattern_mismatch", "Input is blank")
        return text
