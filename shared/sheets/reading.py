"""A file that people upload as sheets of cells, of whichever kind it is.

Reading one may take all that it is let have, so the service has it done in a process of its own
(`isolation`).
"""

from babel import Locale

from shared.sheets.csv_reader import Hints, read_csv, unicode_of
from shared.sheets.table import EmptyFileProblem, Table

# Archives, and Excel's files that are none ([MS-CFB], 2.2).
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def read_table(content: bytes, locale: Locale, hints: Hints) -> Table:
    """The sheets of a file.

    Raises:
        Problem: one of those of `xlsx_reader`, `csv_reader`: it can't be taken.
    """
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise EmptyFileProblem
    if not content.startswith(_WORKBOOKS):
        return read_csv(content, locale, hints)
    # A file of the other kind needs no reader of workbooks.
    from shared.sheets.xlsx_reader import read_xlsx  # noqa: PLC0415

    return read_xlsx(content)


def needs_names(content: bytes) -> bool:
    """Whether names that may be in it help to read it."""
    return not content.startswith(_WORKBOOKS) and unicode_of(content) is None
