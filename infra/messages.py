"""The message catalogues: `python -m infra.messages update|check|compile`.

update   extracts every marked text and merges it into each language's catalogue
check    fails on a text without translation, a fuzzy or obsolete one, too few plural
         forms, or a translation whose placeholders differ from the English text's
compile  writes the .mo files that the functions read (not committed, but shipped)
"""

import re
import sys
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from shared.text import locale

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "shared" / "text" / "locales"
LANGUAGES = tuple(tag for tag in locale.LANGUAGES if tag != locale.DEFAULT)  # the text itself
KEYWORDS = {"N_": None, "N_plural": (1, 2)}
Text: TypeAlias = str | tuple[str, ...]  # an English text, or its singular and plural
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Stands in a compiled catalogue's header, which must not depend on the day it is made.
_ANY_DAY = datetime(1980, 1, 1, tzinfo=UTC)


def main(command: str) -> int:
    """Run one command; the exit status."""
    template = extract()
    if command == "update":
        for language in LANGUAGES:
            _update(language, template)
    elif command == "compile":
        for language in LANGUAGES:
            compiled_path(language).write_bytes(compiled(language))
    else:
        faults = [fault for language in LANGUAGES for fault in check(language, template)]
        print("\n".join(faults) or f"{len(template)} messages in {len(LANGUAGES)} languages")
        return 1 if faults else 0
    return 0


def extract() -> Catalog:
    """Every text that the code marks."""
    template = Catalog(project="sellin", charset="utf-8")
    for folder in ("functions", "shared"):
        for filename, line, message, comments, context in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            location = (f"{folder}/{filename}", line)
            template.add(message, None, [location], auto_comments=comments, context=context)
    return template


def check(language: str, template: Catalog) -> Iterator[str]:
    """What is wrong with a language's catalogue."""
    catalogue = _read(language)
    for message in template:
        if not message.id:
            continue
        found = catalogue.get(message.id)
        if found is None or found.id != message.id or not all(_texts(found.string)):
            yield f"{language}: not translated: {message.id!r}"
        elif found.fuzzy:
            yield f"{language}: fuzzy: {message.id!r}"
        elif len(_texts(found.string)) != (catalogue.num_plurals if found.pluralizable else 1):
            yield f"{language}: other number of plural forms: {message.id!r}"
        elif not all(_fits(text, message.id) for text in _texts(found.string)):
            yield f"{language}: other placeholders: {message.id!r}"
    for message in [*catalogue, *catalogue.obsolete.values()]:
        if message.id and template.get(message.id) is None:
            yield f"{language}: obsolete: {message.id!r}"


def _fits(translated: str, text: Text | list[str]) -> bool:
    """Whether a translation can be filled in like `text` and leaves nothing out."""
    rest = _PLACEHOLDER.sub("", translated).replace("%%", "")
    return placeholders(translated) == placeholders(text) and "%" not in rest


def _texts(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str | tuple[str, ...] | list[str]) -> set[str]:
    """Names of the parameters that a text shows."""
    return {name for part in _texts(text) for name in _PLACEHOLDER.findall(part)}


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "sellin.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _update(language: str, template: Catalog) -> None:
    catalogue = _read(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    _path(language).parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    # Without dates and line numbers a catalogue changes only when its texts do.
    write_po(buffer, catalogue, width=96, omit_header=True, no_location=True, sort_output=True)
    _path(language).write_bytes(_header(catalogue) + buffer.getvalue())


def _header(catalogue: Catalog) -> bytes:
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale_identifier}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    ).encode()


def texts_of(path: Path) -> frozenset[Text]:
    """The texts that one module marks."""
    # Babel's annotation of what it gives is of another function.
    found: list[Any] = extract_from_file("python", path, keywords=KEYWORDS)
    texts = (text for _, text, _, _ in found)
    return frozenset(text if isinstance(text, str) else tuple(text) for text in texts)


def compiled_path(language: str) -> Path:
    """Where the functions look for a language's compiled catalogue."""
    return _path(language).with_suffix(".mo")


def compiled(language: str, only: Container[Text] | None = None) -> bytes:
    """A language's compiled catalogue, of the texts in `only` if given; the same every day."""
    shipped = Catalog(
        locale=language, charset="utf-8", creation_date=_ANY_DAY, revision_date=_ANY_DAY
    )
    for message in _read(language):
        if message.id and (only is None or message.id in only):
            shipped.add(message.id, message.string)
    buffer = BytesIO()
    write_mo(buffer, shipped)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
