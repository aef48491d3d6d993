"""Which code page a text of single bytes was written in.

Excel saves plain CSV in the code page of the machine, and nothing in the file says which. What
would be right is told by names that are known; else by the letters: each word has those of one
language (`letters.json`, CLDR 48.2.0, exemplarCharacters without ASCII; Romanian also with
cedillas, which code pages have instead of commas). Where several readings remain, letters of the
reader's language decide. A reading that is left because the others are unlikely is certain only
if all words are of one language: there are more code pages than we know. Else the person is asked.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from shared.problem import Problem
from shared.sheets.table import Note, Spelling, UnreadableFileProblem
from shared.text.message import N_, Message, Parameter

_WESTERN = ("da", "de", "en", "es", "fi", "fr", "ga", "is", "it", "nb", "nl", "pt", "sv")
_CENTRAL = ("cs", "de", "hr", "hu", "pl", "ro", "sk", "sl")
_BALTIC = ("de", "et", "lt", "lv")
_NORTHERN = ("da", "fi", "nb", "sv")
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "cp1252": (N_("Western Europe, Windows"), _WESTERN),
    "cp1250": (N_("Central Europe, Windows"), _CENTRAL),
    "cp1257": (N_("Baltic, Windows"), (*_BALTIC, *_NORTHERN)),
    "cp1251": (N_("Cyrillic, Windows"), ("bg",)),
    "cp1253": (N_("Greek, Windows"), ("el",)),
    "cp1254": (N_("Turkish, Windows"), ("tr",)),
    "cp850": (N_("Western Europe, DOS"), _WESTERN),
    "cp852": (N_("Central Europe, DOS"), _CENTRAL),
    "mac_roman": (N_("Western Europe, Mac"), _WESTERN),
    "mac_latin2": (N_("Central Europe, Mac"), (*_CENTRAL, *_BALTIC)),
    "cp775": (N_("Baltic, DOS"), (*_BALTIC, *_NORTHERN)),
    "iso8859_2": (N_("Central Europe, Unix"), _CENTRAL),
    "iso8859_15": (N_("Western Europe, Unix"), (*_WESTERN, "et")),
}
"""Python's names of code pages; what people call them, and the languages written in them."""

_MAX_WORDS = 2_000
# A Latin word has a plain letter for each three with accents, but for short ones such as "été".
_ACCENTED = 4
_SHORT = 3
_SAMPLES = 3
_TOKEN = re.compile(rb"[A-Za-z\x80-\xff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# Beside letters they are as usual as apart from them; other symbols stand apart.
_BESIDE_LETTERS = "\u00a0\u00ad’‘‚“”„«»‹›–—…·•®™©"
_APART = "°€£§±×¿¡²³½¼¾µºª"
_SYMBOLS = _BESIDE_LETTERS + _APART
_GLUED = re.compile(rf"(?:[^\W\d_])[{_APART}]|[{_APART.replace('°', '')}][^\W\d_]")
_DASHED = re.compile(r"^[–—…·®™©]+[^\W\d_]|[^\W\d_][–—]+$")
# What no word has within, and the dot that only Catalan's has.
_WITHIN = re.compile(r"[^\W\d_][«»‹›‚„“”…•®™©]+[^\W\d_]|(?<![lL])·|·(?![lL])")
_AREA = re.compile(r"\b[cmd]?m[²³]")


class UnclearLettersProblem(Problem):
    """The file has letters that can be read in several ways; `encodings` has them."""

    status = 422
    code = "letters_unclear"
    text = N_(
        "The letters of this file can be read in several ways. "
        "Choose the right one, or save the file as XLSX."
    )


_ASSUMED = N_(
    "This file does not say how its letters are to be read; they were read as %(page)s: %(words)s."
)


@dataclass(frozen=True)
class _Reading:
    """All words with such letters as one code page has them; several pages may agree."""

    page: str
    words: tuple[str, ...]


def code_page_of(
    content: bytes, locale: Locale, names: Callable[[], Iterable[str]]
) -> tuple[str, Note | None]:
    """One of PAGES, and what is to be told where only the reader's language spoke for it.

    `names` are those of doors and columns.

    Raises:
        UnreadableFileProblem: it is no text in any of them.
        UnclearLettersProblem: it may be several.
    """
    readings = _readings(content)
    if not readings:
        raise UnreadableFileProblem
    named = _by_names(readings, names)
    if sure := _only(named):
        return sure.page, None
    likely = [one for one in named if all(_is_likely(word, one.page) for word in one.words)]
    if (one := _only(likely)) and _is_of_one_language(one):
        return one.page, None
    if len(likely) > 1 and (assumed := _by_language(likely, locale)):
        return assumed.page, _note(assumed, _differing(likely))
    candidates = _spellings(_candidates(likely, named))
    raise UnclearLettersProblem(extra={"encodings": choices_of(candidates, locale)})


def _readings(content: bytes) -> list[_Reading]:
    """One for each way to read the words with other letters than ASCII's."""
    tokens = _tokens(content)
    readings: dict[tuple[str, ...], _Reading] = {}
    for page in PAGES:
        with suppress(UnicodeDecodeError):
            content.decode(page)
            words = tuple(token.decode(page) for token in tokens)
            readings.setdefault(words, _Reading(page, words))
    return list(readings.values())


def _tokens(content: bytes) -> list[bytes]:
    found = dict.fromkeys(token for token in _TOKEN.findall(content) if not token.isascii())
    return list(found)[:_MAX_WORDS]


def _only(readings: list[_Reading]) -> _Reading | None:
    return readings[0] if len(readings) == 1 else None


def _candidates(likely: list[_Reading], named: list[_Reading]) -> list[_Reading]:
    """What a person chooses from: one reading alone would be no choice."""
    return likely if len(likely) > 1 else [*likely, *(one for one in named if one not in likely)]


def _is_of_one_language(reading: _Reading) -> bool:
    letters = frozenset().union(*map(_special, reading.words))
    return any(letters <= _alphabets()[language] for language in PAGES[reading.page][1])


def _by_names(readings: list[_Reading], names: Callable[[], Iterable[str]]) -> list[_Reading]:
    """The readings with the most words of `names`; all of them where none has any."""
    known = {word for name in names() for word in _words(name.lower()) if not word.isascii()}
    counts = [
        len(known & {word for token in one.words for word in _words(token.lower())})
        for one in readings
    ]
    best = max(counts)
    return [one for one, count in zip(readings, counts, strict=True) if count == best]


def _by_language(readings: list[_Reading], locale: Locale) -> _Reading | None:
    """The only one whose letters are all of the reader's language, of Windows if there is one."""
    letters = _alphabets().get(locale.language, frozenset())
    fitting = [
        one
        for one in readings
        if all(_special(one.words[place]) <= letters for place in range(len(one.words)))
        and all(_special(one.words[place]) for place in _differing(readings))
    ]
    return _only([one for one in fitting if one.page.startswith("cp12")]) or _only(fitting)


def _is_likely(token: str, page: str) -> bool:
    """Whether people write so: no symbols within words, no capitals after small letters, and
    each word in the alphabet of one language."""
    if any(not c.isalpha() and c not in _SYMBOLS and not c.isascii() for c in token):
        return False
    if any(p.search(_AREA.sub("", token)) for p in (_GLUED, _DASHED, _WITHIN)):
        return False
    alphabets = [_alphabets()[language] for language in PAGES[page][1]]
    return all(_is_word(word, alphabets) for word in _words(token))


def _is_word(word: str, alphabets: list[frozenset[str]]) -> bool:
    special = _special(word)
    if not special:
        return True
    if not (word.isupper() or word[1:].islower() or len(word) == 1):
        return False
    if not any(special <= alphabet for alphabet in alphabets):
        return False
    ascii_letters = sum(letter.isascii() for letter in word)
    if any("LATIN" in unicodedata.name(letter) for letter in special):
        return _ACCENTED * ascii_letters >= len(word) - _SHORT
    return not ascii_letters


def _words(text: str) -> list[str]:
    return _LETTERS.findall(re.sub(f"[{_APART}]", " ", text))


def _special(text: str) -> frozenset[str]:
    """Letters other than ASCII's, small."""
    small = text.replace("İ", "i").lower()
    return frozenset(c for word in _words(small) for c in word if not c.isascii())


@cache
def _alphabets() -> dict[str, frozenset[str]]:
    """Letters other than ASCII's by language, small."""
    told = json.loads((Path(__file__).parent / "letters.json").read_text("utf-8"))
    return {language: frozenset(letters) for language, letters in told.items()}


def _differing(readings: list[_Reading]) -> list[int]:
    """Places of words that are not read alike."""
    places = range(len(readings[0].words)) if readings else range(0)
    return [place for place in places if len({one.words[place] for one in readings}) > 1]


def _note(chosen: _Reading, differing: list[int]) -> Note:
    words = [chosen.words[place] for place in differing[:_SAMPLES]]
    told: dict[str, Parameter] = {"page": Message(PAGES[chosen.page][0]), "words": words}
    return Note("letters_assumed", Message(_ASSUMED, told))


def spellings_of(content: bytes, encoding: str) -> tuple[Spelling, ...]:
    """The ways to read it, first that of `encoding`; empty where all are the same.

    Those that nobody writes are left out.
    """
    readings = _readings(content)
    chosen = next((one for one in readings if _agrees(content, one, encoding)), None)
    if chosen is None:
        return ()
    others = [one for one in readings if one is not chosen]
    likely = [one for one in others if all(_is_likely(word, one.page) for word in one.words)]
    return _spellings([replace(chosen, page=encoding), *likely]) if likely else ()


def _agrees(content: bytes, reading: _Reading, encoding: str) -> bool:
    with suppress(UnicodeDecodeError):
        return reading.words == tuple(token.decode(encoding) for token in _tokens(content))
    return False


def _spellings(readings: list[_Reading]) -> tuple[Spelling, ...]:
    """Each with words that the others read differently, if there are any."""
    words = range(len(readings[0].words))
    samples = (_differing(readings) or words)[:_SAMPLES]
    return tuple(Spelling(one.page, tuple(one.words[at] for at in samples)) for one in readings)


def choices_of(spellings: Iterable[Spelling], locale: Locale) -> list[dict[str, Any]]:
    """What a person chooses from, as the contract has it."""
    return [
        {
            "encoding": one.encoding,
            "name": name_of(one.encoding, locale),
            "samples": list(one.samples),
        }
        for one in spellings
    ]


def name_of(encoding: str, locale: Locale) -> str:
    """What people call an encoding."""
    return Message(PAGES[encoding][0]).render(locale) if encoding in PAGES else encoding.upper()
