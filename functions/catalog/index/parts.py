"""What a reader searches in, made of parts that readers share.

What no language concerns, the labels of the reader's locale, the texts as that reader sees them,
and the names in all languages, for what is none of the reader's.
"""

from collections.abc import Callable, Iterator
from functools import cache

from babel import Locale

from functions.catalog.index.labels import names_of
from functions.catalog.index.listing import Dimension
from functions.catalog.index.styles import Styles
from functions.catalog.index.word_index import KIND, NAME, PROSE, FoundWord, WordIndex
from functions.catalog.index.words import Word, words
from shared.catalogue.packed_styles import PackedStyle
from shared.text.locale import LANGUAGES, fallbacks, nearest

WordsOf = Callable[[PackedStyle], Iterator[FoundWord]]
PartKey = tuple[str, str]
"""Kind and locale of a part."""

ABROAD: PartKey = ("abroad", "")
"""The part of all languages, for what is none of the reader's."""


def part_keys(locale: Locale) -> list[PartKey]:
    """The parts that a reader of `locale` searches in first."""
    return [("common", ""), ("label", str(locale)), ("text", str(locale))]


def make_part(styles: Styles, kind: str, locale: str) -> WordIndex:
    """The part of a kind."""
    match kind:
        case "common":
            return WordIndex(styles, _common_words, (), ())
        case "abroad":
            return WordIndex(styles, _words_abroad(), LANGUAGES, LANGUAGES)
        case "label":
            known = Locale.parse(locale)
            return WordIndex(styles, _label_words(known), (known.language,), (known.language,))
        case _:
            known = Locale.parse(locale)
            languages = dict.fromkeys(one.split("_")[0] for one in fallbacks(known))
            return WordIndex(styles, _text_words(known), tuple(languages), (known.language,))


def _words_of_field(text: str, language: str, place: int, field: int) -> Iterator[FoundWord]:
    return (FoundWord(word, language, place, field) for word in words(text))


def _common_words(style: PackedStyle) -> Iterator[FoundWord]:
    yield from _words_of_field(style.number.upper(), "", 0, NAME)
    yield from _words_of_field(style.facts.category, "", 0, KIND)
    yield from _words_of_field(style.facts.brand, "", 0, KIND)
    for place, (code, _) in enumerate(style.colourways, 1):
        yield from _words_of_field(code, "", place, NAME)


def _label_words(locale: Locale) -> WordsOf:
    """What the keys of a style are called in a locale."""

    @cache
    def labels(dimension: Dimension, value: str) -> list[Word]:
        return list(words(names_of(dimension, value, locale)))

    def words_of(style: PackedStyle) -> Iterator[FoundWord]:
        language = locale.language
        for word in labels("category", style.facts.category):
            yield FoundWord(word, language, 0, KIND)
        for word in labels("gender", style.facts.gender):
            yield FoundWord(word, language, 0, KIND)
        for place, (_, kind) in enumerate(style.colourways, 1):
            for word in labels("colour", kind.family):
                yield FoundWord(word, language, place, KIND)

    return words_of


def _text_words(locale: Locale) -> WordsOf:
    """What SAP has of a style, as a reader of the locale sees it."""

    def words_of_texts(texts: dict[str, str], place: int, field: int) -> Iterator[FoundWord]:
        key = nearest(texts, locale) or min(filter(texts.get, texts), default=None)
        return _words_of_field(texts[key], key.split("_")[0], place, field) if key else iter(())

    def words_of(style: PackedStyle) -> Iterator[FoundWord]:
        texts = style.texts()
        yield from words_of_texts(texts["names"], 0, NAME)
        yield from words_of_texts(texts["descriptions"], 0, PROSE)
        # Styles of an earlier release lack what SAP calls the keys.
        yield from words_of_texts(texts.get("category_names", {}), 0, KIND)
        for size in texts["size_names"].values():
            yield from words_of_texts(size, 0, KIND)
        for place, colourway in enumerate(texts["colourways"], 1):
            yield from words_of_texts(colourway["names"], place, NAME)
            yield from words_of_texts(colourway.get("family_names", {}), place, KIND)

    return words_of


def _words_abroad() -> WordsOf:
    """Names and labels in any language."""
    labels = [_label_words(Locale.parse(language)) for language in LANGUAGES]

    def words_of(style: PackedStyle) -> Iterator[FoundWord]:
        texts = style.texts()
        for key, name in texts["names"].items():
            yield from _words_of_field(name, key.split("_")[0], 0, NAME)
        for place, colourway in enumerate(texts["colourways"], 1):
            for key, name in colourway["names"].items():
                yield from _words_of_field(name, key.split("_")[0], place, NAME)
        for label_words in labels:
            yield from label_words(style)

    return words_of
