"""Workbooks written by hand, with what no program would write."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def workbook(
    rows: str,
    *,
    before: str = "",
    after: str = "",
    strings: str | None = None,
    styles: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An XLSX file whose one sheet has the XML `rows`, with XML `before` and `after` them."""
    sheet = f"<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        ),
        "_rels/.rels": _relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook {_MAIN} xmlns:r="{_OFFICE}">'
            '<sheets><sheet name="Order" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": f"<styleSheet {_MAIN}>{styles}</styleSheet>",
        "xl/sharedStrings.xml": strings or f"<sst {_MAIN}/>",
        SHEET: sheet,
        **(parts or {}),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook_of(
    sheets: Sequence[str], targets: Sequence[str] | None = None, names: Sequence[str] | None = None
) -> bytes:
    """An XLSX file with a sheet for each XML of rows; `targets` and `names` are those of its list."""
    parts = {
        f"xl/worksheets/sheet{n}.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>"
        for n, rows in enumerate(sheets, 1)
    }
    targets = targets or [part.removeprefix("xl/") for part in parts]
    names = names or [f"Sheet {n}" for n in range(1, len(targets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)
    )
    book = f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    related = [(f"rId{n}", "worksheet", target) for n, target in enumerate(targets, 1)]
    rels = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": _relationships(*related)}
    return workbook("", parts={**parts, **rels})


def shared_strings(*texts: str, count: int | None = None) -> str:
    """The part with texts that cells name by their number; it may claim another count."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    count = len(texts) if count is None else count
    return f'<sst {_MAIN} count="{count}" uniqueCount="{count}">{items}</sst>'


def inline(reference: str, text: str) -> str:
    """A cell with its text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _relationships(*found: tuple[str, str, str]) -> str:
    each = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in found
    )
    return f'<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'
