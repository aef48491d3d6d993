"""What an XLSX file unpacks to, looked at before anything parses it."""

from contextlib import suppress
from io import BytesIO
from typing import IO, Any
from xml.parsers import expat
from zipfile import ZipFile

from functions.carts.upload.table import (
    EncryptedFileProblem,
    OverlargeFileProblem,
    UnreadableFileProblem,
)

MAX_UNPACKED = 64 << 20
"""Bytes; 5,000 rows of 20 columns take 6 MB."""
MAX_PARTS = 2_000
# Elements cost a parser far more than their bytes. 5,000 rows of 50 columns have half a
# million, a row of all columns that there are 16,384 cells with their values.
_IN_SHEETS = 1_000_000
_IN_ROW = 50_000
_ELSEWHERE = 50_000
_SHEETS = ("xl/worksheets/", "xl/sharedStrings")
_ENCRYPTED = 0x1  # APPNOTE.TXT, 4.4.4


class _Elements:
    """Counts elements of several documents, up to `most`."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.in_row = 0
        self.formulas = 0

    def count(self, file: IO[bytes]) -> None:
        """Go through a document, which may declare no entities."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._refuse
        parser.ParseFile(file)

    def _start(self, name: str, _: Any) -> None:
        local = name.rpartition(":")[2]
        self.left -= 1
        self.in_row = 0 if local in ("row", "si") else self.in_row + 1
        self.formulas += local == "f"
        if self.left < 0 or self.in_row > _IN_ROW:
            raise OverlargeFileProblem

    def _refuse(self, *_: Any) -> None:
        raise UnreadableFileProblem


def check_archive(content: bytes) -> bool:
    """Let an XLSX file pass whose parts are of a size that can be parsed.

    Answers whether its sheets have formulas.

    Raises:
        EncryptedFileProblem, OverlargeFileProblem, UnreadableFileProblem, and whatever
        zipfile raises for a broken file.
    """
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise EncryptedFileProblem
        # No part unpacks to more than it declares: zipfile stops there.
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise OverlargeFileProblem
        sheets, others = _Elements(_IN_SHEETS), _Elements(_ELSEWHERE)
        for part in parts:
            # A name says nothing: what a relationship names is parsed. Of what is no XML, the
            # parser reads no further than to see that.
            with archive.open(part) as file, suppress(expat.ExpatError):
                (sheets if part.filename.startswith(_SHEETS) else others).count(file)
    return sheets.formulas > 0
