from typing import Annotated, Any, Literal

import pytest
from babel import Locale
from pydantic import BaseModel, Field, ValidationError

from shared.http.validation import faults_of, pointer


class Entry(BaseModel, extra="forbid"):
    name: Annotated[str, Field(min_length=1, max_length=3)] = "abc"
    pieces: Annotated[int, Field(ge=1, lt=1_000_000)] = 1
    entries: Annotated[list[int], Field(min_length=2)] = [1, 2]
    sort: Literal["new", "name", "rank"] = "new"
    only: Literal["one"] = "one"


def _faults(data: dict[str, Any], locale: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ValidationError) as raised:
        Entry.model_validate(data)
    return [
        (fault.code, fault.pointer, fault.message.render(Locale.parse(locale)))
        for fault in faults_of(raised.value, "body")
    ]


@pytest.mark.parametrize(
    ("data", "code", "english"),
    [
        ({"name": ""}, "too_short", "Enter at least 1 character."),
        ({"name": "abcd"}, "too_long", "Enter at most 3 characters."),
        ({"pieces": 0}, "too_small", "This must be at least 1."),
        ({"pieces": 1_000_000}, "too_large", "This must be less than 1,000,000."),
        ({"entries": [1]}, "too_few", "Send at least 2 entries."),
        ({"sort": "x"}, "not_allowed", "Choose one of: new, name, and rank."),
        ({"only": "x"}, "not_allowed", "Choose one of: one."),
        ({"pieces": "x"}, "not_a_number", "Enter a whole number."),
    ],
)
def test_a_fault_is_told_in_words_with_its_place(
    data: dict[str, Any], code: str, english: str
) -> None:
    assert _faults(data, "en") == [(code, pointer(*data), english)]


def test_choices_are_listed_in_the_language_of_the_reader() -> None:
    ((_, _, text),) = _faults({"sort": "x"}, "hu")
    assert "new, name és rank" in text


def test_all_faults_are_told_at_once() -> None:
    faults = _faults({"name": "", "pieces": 0, "a/b~c": 1}, "de")
    assert [where for _, where, _ in faults] == ["/name", "/pieces", "/a~1b~0c"]
