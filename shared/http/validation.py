"""From pydantic's errors to localized faults, with a JSON pointer each."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.problem import Fault, RequestPart
from shared.text.message import N_, Message, N_plural, Parameter

# pydantic error type -> (our stable code, text, parameters taken from its context).
_TEXTS: dict[str, tuple[str, str | tuple[str, str], tuple[str, ...]]] = {
    "missing": ("missing", N_("This is required."), ()),
    "extra_forbidden": ("unknown_field", N_("This field is not known."), ()),
    "string_too_short": (
        "too_short",
        N_plural("Enter at least %(count)s character.", "Enter at least %(count)s characters."),
        ("min_length",),
    ),
    "string_too_long": (
        "too_long",
        N_plural("Enter at most %(count)s character.", "Enter at most %(count)s characters."),
        ("max_length",),
    ),
    "string_pattern_mismatch": ("malformed", N_("This is not in the expected form."), ()),
    "unseen_character": (
        "unseen_character",
        N_("There is a character here that nobody can see (%(character)s). Type this anew."),
        ("character",),
    ),
    "too_short": (
        "too_few",
        N_plural("Send at least %(count)s entry.", "Send at least %(count)s entries."),
        ("min_length",),
    ),
    "too_long": (
        "too_many",
        N_plural("Send at most %(count)s entry.", "Send at most %(count)s entries."),
        ("max_length",),
    ),
    "greater_than_equal": ("too_small", N_("This must be at least %(ge)s."), ("ge",)),
    "greater_than": ("too_small", N_("This must be more than %(gt)s."), ("gt",)),
    "less_than_equal": ("too_large", N_("This must be at most %(le)s."), ("le",)),
    "less_than": ("too_large", N_("This must be less than %(lt)s."), ("lt",)),
    "nothing_printed": ("malformed", N_("Enter a letter or digit that can be printed."), ()),
    "printed_too_long": (
        "too_long",
        N_(
            "This is too long: on papers it is “%(printed)s”, %(length)s characters of at most %(most)s."
        ),
        ("printed", "length", "most"),
    ),
    "int_type": ("not_a_number", N_("Enter a whole number."), ()),
    "int_parsing": ("not_a_number", N_("Enter a whole number."), ()),
    "int_from_float": ("not_a_number", N_("Enter a whole number."), ()),
    "int_parsing_size": ("too_large", N_("This number is too large."), ()),
    "bool_type": ("not_a_boolean", N_("This must be true or false."), ()),
    "bool_parsing": ("not_a_boolean", N_("This must be true or false."), ()),
    "string_type": ("not_a_text", N_("Enter a text."), ()),
    "string_unicode": ("not_a_text", N_("Enter a text."), ()),
    "date_type": ("not_a_date", N_("Enter a date."), ()),
    "date_parsing": ("not_a_date", N_("Enter a date."), ()),
    "date_from_datetime_parsing": ("not_a_date", N_("Enter a date."), ()),
    "datetime_type": ("not_a_time", N_("Enter a day and a time with its time zone."), ()),
    "datetime_parsing": ("not_a_time", N_("Enter a day and a time with its time zone."), ()),
    "timezone_aware": ("not_a_time", N_("Enter a day and a time with its time zone."), ()),
    "enum": ("not_allowed", N_("Choose one of: %(expected)s."), ("expected",)),
    "literal_error": ("not_allowed", N_("Choose one of: %(expected)s."), ("expected",)),
}
# These choose between singular and plural.
_COUNTS = ("min_length", "max_length")
_OTHERWISE = ("invalid", N_("This is not valid."), ())


def faults_of(error: ValidationError, place: RequestPart) -> tuple[Fault, ...]:
    """One fault for each error, in the order of the input."""
    return tuple(_fault(detail, place) for detail in error.errors(include_url=False))


def _fault(detail: ErrorDetails, place: RequestPart) -> Fault:
    code, text, names = _TEXTS.get(detail["type"], _OTHERWISE)
    context: Mapping[str, Any] = detail.get("ctx", {})
    parameters = {
        "count" if name in _COUNTS else name: _parameter(name, context[name]) for name in names
    }
    return Fault(code, pointer(*detail["loc"]), Message(text, parameters), place)


def _parameter(name: str, value: object) -> Parameter:
    if name == "expected":  # "'a', 'b' or 'c'", in English
        return re.split(", | or ", str(value).replace("'", ""))
    return value if isinstance(value, int) else str(value)


def pointer(*tokens: str | int) -> str:
    """An RFC 6901 JSON pointer."""
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in tokens)
