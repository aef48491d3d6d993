"""What an XLSX file claims, looked at before anything works on it.

A few bytes can claim a cell in the last row of a sheet, a merged range over all of it, rows
without end, or a part that unpacks to gigabytes, and fifty sheets can claim it fifty times. So
every part is gone through once, without keeping it, and what is out of proportion in the
workbook as a whole is refused.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TypeAlias
from xml.parsers import expat
from zipfile import ZipFile

from shared.sheets.table import (
    LAST_ROW,
    MAX_COLUMNS,
    EncryptedFileProblem,
    FarCellProblem,
    MacrosProblem,
    Note,
    OverlargeFileProblem,
    UnreadableFileProblem,
)
from shared.text.message import N_, Message

MAX_UNPACKED = 64 << 20
"""Bytes; 5,000 rows of 20 columns take 6 MB."""
MAX_PARTS = 2_000
MAX_AREA = 1_000_000
"""Cells of the rectangles around all that have a value, of all sheets together."""
ROWS_OF_ALL = 100_000
"""Rows of all sheets together: those that the file lists, empty ones too, and those down to
each sheet's last value, which readers go through."""
# Elements cost a parser far more than their bytes. 5,000 rows of 50 columns have half a
# million, a row of all columns that there are 16,384 cells with their values.
_IN_SHEETS = 1_000_000
_CELLS = 300_000  # of all sheets together, those without a value too
_IN_ROW = 50_000
_ELSEWHERE = 50_000
_SHEETS = ("xl/worksheets/", "xl/sharedstrings")
_WORKBOOK = "xl/workbook.xml"
_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
_COUNTS = ("count", "uniqueCount")
_LONGEST_ERROR = 20  # characters; #GETTING_DATA has 13
_ENCRYPTED = 0x1  # APPNOTE.TXT, 4.4.4
# What parts are, by the last word of the relationship's type, and the folders where they lie.
_MACROS = {"vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "xl/macrosheets", "xl/dialogsheets"}
_OBJECTS = {"oleObject", "package", "control", "xl/embeddings", "xl/activex"}
_OTHER_FILES = {"externalLink", "externalLinkPath", "xl/externallinks"}
_NOT_READ = N_("This file holds objects or other files. They were not read.")
_STORED = N_(
    "Values of this file may come from other files. They were read as they were stored last."
)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Place = tuple[int, int]
"""Row and column, from 1 and from 0."""
_Box: TypeAlias = tuple[int, int, int, int]
"""The first row and column that have a value, and the last."""


@dataclass
class Marks:
    """What a sheet says of its cells beside their values."""

    hidden: set[int] = field(default_factory=set)
    """Numbers of rows that aren't shown."""
    without_result: set[Place] = field(default_factory=set)
    """Formulas of which no result is stored."""
    errors: dict[Place, str] = field(default_factory=dict)
    """Values that are errors, such as #N/A."""


@dataclass(frozen=True)
class Contents:
    """The marks of sheets, by their names, and what is to be told of what is beside them."""

    marks: dict[str, Marks]
    notes: tuple[Note, ...]


@dataclass
class _Left:
    """What the workbook may still claim, counted down over all of its parts."""

    elements: dict[bool, int] = field(default_factory=lambda: {True: _IN_SHEETS, False: _ELSEWHERE})
    """By whether they are in sheets."""
    cells: int = _CELLS
    listed: int = ROWS_OF_ALL
    rows: int = ROWS_OF_ALL
    area: int = MAX_AREA


@dataclass
class _Part:
    """What is found in one part."""

    marks: Marks = field(default_factory=Marks)
    sheets: list[tuple[str, str]] = field(default_factory=list)  # name, id of the relationship
    targets: dict[str, str] = field(default_factory=dict)  # by id of the relationship
    kinds: set[str] = field(default_factory=set)  # of what it has relationships to
    whole: bool = False


class _Reader:
    """Goes through one XML part, which may declare no entities."""

    def __init__(self, part: _Part, left: _Left, in_sheets: bool) -> None:
        self.part = part
        self._left = left
        self._in_sheets = in_sheets
        self._in_row = 0
        self._row = 0
        self._column = -1
        self._formula = self._error = False
        self._box: _Box | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse

    def read(self, file: IO[bytes]) -> None:
        self._parser.ParseFile(file)
        self.part.whole = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        left = self._left.elements
        left[self._in_sheets] -= 1
        local = name.rpartition(":")[2]
        self._in_row = 0 if local in ("row", "si") else self._in_row + 1
        if left[self._in_sheets] < 0 or self._in_row > _IN_ROW:
            raise OverlargeFileProblem
        # Readers make room for what is claimed here before they see how much there is.
        if any(_number(attributes.get(name), 0) > _IN_SHEETS for name in _COUNTS):
            raise OverlargeFileProblem
        if handle := getattr(self, f"_on_{local}", None):
            handle(attributes)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self._formula = False
            self._parser.CharacterDataHandler = None

    def _refuse(self, *_: object) -> None:
        raise UnreadableFileProblem

    def _on_row(self, attributes: dict[str, str]) -> None:
        self._left.listed -= 1
        if self._left.listed < 0:
            raise OverlargeFileProblem
        self._row = _number(attributes.get("r"), self._row + 1)
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.part.marks.hidden.add(self._row)

    def _on_c(self, attributes: dict[str, str]) -> None:
        self._left.cells -= 1
        if self._left.cells < 0:
            raise OverlargeFileProblem
        self._column += 1
        if reference := attributes.get("r"):
            self._row, self._column = place(reference)
        self._error = attributes.get("t") == "e"

    def _on_v(self, _: dict[str, str]) -> None:
        self._value()
        if (self._formula or self._error) and self._column < MAX_COLUMNS:
            self._parser.CharacterDataHandler = self._text

    def _on_is(self, _: dict[str, str]) -> None:
        self._value()

    def _on_f(self, _: dict[str, str]) -> None:
        self._value()
        self._formula = True
        if self._column < MAX_COLUMNS:
            self.part.marks.without_result.add((self._row, self._column))

    def _on_sheet(self, attributes: dict[str, str]) -> None:
        identifiers = (v for k, v in attributes.items() if k.rpartition(":")[::2] == ("r", "id"))
        self.part.sheets.append((attributes.get("name", ""), next(identifiers, "")))

    def _on_Relationship(self, attributes: dict[str, str]) -> None:  # noqa: N802 (ECMA-376's)
        self.part.kinds.add(attributes.get("Type", "").rpartition("/")[2])
        if attributes.get("TargetMode") != "External":
            self.part.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _text(self, text: str) -> None:
        here = (self._row, self._column)
        if text.strip():
            self.part.marks.without_result.discard(here)
        if self._error:
            errors = self.part.marks.errors
            errors[here] = (errors.get(here, "") + text)[:_LONGEST_ERROR]

    def _value(self) -> None:
        """There is a value here; the rectangle around all of them stays small."""
        row, column = self._row, self._column
        before = self._box
        top, left, bottom, right = before or (row, column, row, column)
        box = min(top, row), min(left, column), max(bottom, row), max(right, column)
        if box == before:
            return
        if row > LAST_ROW or _area(box) > MAX_AREA:
            raise FarCellProblem(cell=f"{letters(column)}{row}", row=LAST_ROW)
        self._left.area -= _area(box) - (_area(before) if before else 0)
        self._left.rows -= box[2] - (bottom if before else 0)
        if self._left.area < 0 or self._left.rows < 0:
            raise OverlargeFileProblem
        self._box = box


def check_archive(content: bytes) -> Contents:
    """Let an XLSX file pass that claims no more than can be worked on.

    Raises:
        EncryptedFileProblem, OverlargeFileProblem, UnreadableFileProblem, FarCellProblem,
        MacrosProblem, and whatever zipfile raises for a broken file.
    """
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise EncryptedFileProblem
        # No part unpacks to more than it declares: zipfile stops there.
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise OverlargeFileProblem
        parts: dict[str, _Part] = {}
        left = _Left()
        for entry in entries:
            name = _part_name(entry.filename)
            if name in parts:
                raise UnreadableFileProblem  # readers differ in which of the two they take
            # A name says nothing: what a relationship names is parsed. Of what is no XML, the
            # parser reads no further than to see that.
            parts[name] = part = _Part()
            with archive.open(entry) as file, suppress(expat.ExpatError):
                _Reader(part, left, name.startswith(_SHEETS)).read(file)
    notes = tuple(_beside(parts))
    return Contents(dict(_marks(parts)), notes)


def _part_name(written: str) -> str:
    """A part's name to look it up by: in any case (ECMA-376, part 2, 6.2.2.3), or as on Windows."""
    return written.replace("\\", "/").lstrip("/").lower()


def _beside(parts: Mapping[str, _Part]) -> Iterator[Note]:
    """What is to be told of other parts than sheets.

    Raises:
        MacrosProblem: some are programs.
    """
    kinds = {kind for part in parts.values() for kind in part.kinds}
    kinds |= {"/".join(name.split("/")[:2]) for name in parts}
    if kinds & _MACROS or any(name.endswith("vbaproject.bin") for name in parts):
        raise MacrosProblem
    if kinds & _OBJECTS:
        yield Note("objects_not_read", Message(_NOT_READ))
    if kinds & _OTHER_FILES:
        yield Note("values_of_other_files", Message(_STORED))


def _marks(parts: dict[str, _Part]) -> Iterator[tuple[str, Marks]]:
    """Of each sheet; a workbook whose parts aren't all there and well-formed can't be read.

    Nor one that calls two sheets alike or makes two of one part: each would be read twice.
    """
    if _WORKBOOK not in parts or _RELATIONSHIPS not in parts:
        raise UnreadableFileProblem
    targets = parts[_RELATIONSHIPS].targets
    names: set[str] = set()
    for name, identifier in parts[_WORKBOOK].sheets:
        target = targets.get(identifier, "").replace("\\", "/")
        part = parts.pop(_part_name(posixpath.normpath(posixpath.join("/xl", target))), None)
        if part is None or not part.whole or name in names:
            raise UnreadableFileProblem
        names.add(name)
        yield name, part.marks


def _area(box: _Box) -> int:
    top, left, bottom, right = box
    return (bottom - top + 1) * (right - left + 1)


def place(reference: str) -> Place:
    """Row, from 1, and column, from 0, of a reference such as B7.

    Raises:
        UnreadableFileProblem: it is none.
    """
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise UnreadableFileProblem
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def letters(column: int) -> str:
    """The name of a column, from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", text):
        raise UnreadableFileProblem
    return int(text)
