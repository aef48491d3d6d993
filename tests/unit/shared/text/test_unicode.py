"""Texts in any keyboard's spelling are the same, and nothing hides in a name."""

import json
from typing import Annotated
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints, ValidationError

from shared.http.fields import Visible
from shared.sap.idoc import read_json
from shared.text.folding import fold
from shared.text.unicode import compose, first_unseen, without_unseen

SAME = [
    ("tr", "İSTANBUL ışık", "istanbul isik"),
    ("el", "ΟΔΥΣΣΈΑΣ", "οδυσσεας"),
    ("el", "Σίσυφος", "ΣΊΣΥΦΟΣ"),
    ("de", "Größe ẞ", "GRÖSSE ss"),
    ("lt", "i̇̀ žąsis Į̇", "ì ZĄSIS į"),
    ("ro", "Timișoara, Țară", "TIMIŞOARA, ţară"),
    ("vi", "Đường Nguyễn Huệ", "duong nguyen hue"),
    ("bg", "Пловдив", "ПЛОВДИВ"),
    ("cs", "Žluťoučký kůň", "zlutoucky kun"),
    ("da", "Rødgrød Ærø Aså", "rodgrod aero ASA"),
    ("es", "Señor Ñandú", "SENOR nandu"),
    ("et", "Jõhvi öö", "johvi OO"),
    ("fi", "Hämeenlinna", "hameenlinna"),
    ("fr", "Cœur çà où", "COEUR ca ou"),
    ("ga", "Dún Laoghaire", "DUN LAOGHAIRE"),
    ("hr", "Đakovo Čačinci", "dakovo cacinci"),
    ("hu", "Győr Hűvös", "GYOR HUVOS"),
    ("it", "Città perché", "CITTA perche"),
    ("lv", "Ķegums Ģirts", "kegums girts"),
    ("mt", "Ħaż-Żabbar", "haz-zabbar"),
    ("nl", "Ĳsselstein", "ijsselstein"),
    ("pl", "Łódź Gdańsk", "lodz GDANSK"),
    ("pt", "São João", "SAO JOAO"),
    ("sk", "Ľubovňa Ŕ", "lubovna r"),
    ("sl", "Črnomelj Šiška", "crnomelj siska"),
    ("sv", "Malmö Åre", "malmo are"),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME, ids=[row[0] for row in SAME])
def test_spellings_of_a_language_are_folded_to_the_same(
    language: str, one: str, other: str
) -> None:
    assert fold(one) == fold(other)
    assert fold(normalize("NFD", one)) == fold(normalize("NFC", other))


@given(st.text())
def test_folding_is_stable_whatever_the_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert compose(compose(text)) == compose(text) == normalize("NFC", text)


def test_all_texts_of_a_message_are_composed() -> None:
    class Message(BaseModel):
        IDOCS: list[dict[str, list[str]]]

    sent = {"IDOCS": [{"NAME1": ["Cafe\u0301 Mu\u0308ller", "plain"]}]}
    for escaped in (True, False):
        read = read_json(Message, json.dumps(sent, ensure_ascii=escaped).encode())
        assert read.IDOCS == [{"NAME1": ["Caf\xe9 M\xfcller", "plain"]}]


VISIBLE = ["Herbst 2026 – Süd №7", "Ő «très» 'n'", "🏃‍♀️ Läufer ☀️", "👨‍👩‍👧", "Ελλάδα", "Việt"]


@pytest.mark.parametrize("text", VISIBLE)
def test_what_people_write_is_taken(text: str) -> None:
    assert first_unseen(text) is None
    assert without_unseen(text) == text


def test_every_character_that_hides_or_turns_direction_is_named() -> None:
    shown = {0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2}
    for code in range(0x11000):
        character = chr(code)
        if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and code not in shown:
            assert first_unseen(f"a{character}b") == character, hex(code)
    for tag in range(0xE0000, 0xE0080):
        assert first_unseen(f"a{chr(tag)}") == chr(tag)
    assert first_unseen("a\u200db") == "\u200d"
    assert first_unseen("a\ufe0f") == "\ufe0f"
    assert without_unseen("Soft\u00adshell\u202e", lambda _: "·") == "Soft·shell·"


class _Named(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), Visible()] = "x"
    text: Annotated[str, StringConstraints(min_length=1), Visible(lines=True)] = "x"


def test_lines_are_only_taken_where_there_may_be_lines() -> None:
    assert _Named(name=" Frühjahr ", text="One\r\n\ttwo") == _Named.model_construct(
        name="Frühjahr", text="One\r\n\ttwo"
    )
    with pytest.raises(ValidationError) as raised:
        _Named(name="One\ntwo", text="One\u2066two")
    errors = [(error["loc"][0], error["ctx"]["character"]) for error in raised.value.errors()]
    assert errors == [("name", "U+000A"), ("text", "U+2066")]
