"""The message catalogues: `python -m infra.messages update|check|compile`.

update   extracts every marked text and merges it into each language's catalogue
check    fails on a text without translation, a fuzzy or obsolete one, or a translation
         whose placeholders differ from the English text's
compile  writes the .mo files that the functions read (not committed, but shipped)
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "shared" / "text" / "locales"
LANGUAGES = ("de", "fr", "hu", "pl", "sv")  # English is the text itself
KEYWORDS = {"N_": None, "N_plural": (1, 2)}
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def main(command: str) -> int:
    """Run one command; the exit status."""
    template = extract()
    if command == "update":
        for language in LANGUAGES:
            _update(language, template)
    elif command == "compile":
        for language in LANGUAGES:
            _compile(language)
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
        if found is None or not all(_texts(found.string)) or found.fuzzy:
            yield f"{language}: not translated: {message.id!r}"
        elif any(_placeholders(text) - _placeholders(message.id) for text in _texts(found.string)):
            yield f"{language}: other placeholders: {message.id!r}"
        elif _placeholders(message.id) - _placeholders(found.string):
            yield f"{language}: placeholder left out: {message.id!r}"
    for message in catalogue:
        if message.id and template.get(message.id) is None:
            yield f"{language}: obsolete: {message.id!r}"


def _texts(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str | tuple[str, ...] | list[str]) -> set[str]:
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


def _compile(language: str) -> None:
    with _path(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, _read(language))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
