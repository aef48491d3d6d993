"""What an upload takes and answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.carts.schema import CartView, Identifier
from functions.carts.upload.table import Kind

Outcome = Literal["taken", "changed", "refused"]

Encoding = Literal[
    "utf-8",
    "cp1252",
    "cp1250",
    "cp1257",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp850",
    "cp852",
    "mac_roman",
    "mac_latin2",
]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MEDIA_TYPES: dict[Kind, str] = {"xlsx": XLSX, "csv": CSV}


class UploadQuery(BaseModel):
    """What holds for rows that don't say it themselves."""

    model_config = ConfigDict(extra="forbid")

    door: Identifier | None = Field(default=None, description="id of a door")
    window: Identifier | None = Field(default=None, description="id of a delivery window")
    encoding: Encoding | None = Field(
        default=None, description="of a CSV file, where the problem letters_unclear asks for it"
    )
    # Left out of what a key stands for: what is taken after a preview is the same upload.
    preview: bool = Field(
        default=False,
        exclude=True,
        description="whether only to answer what would become of the rows; nothing is written",
    )


class TemplateQuery(BaseModel):
    """Which kind of template."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind = "xlsx"


class SheetFile(BaseModel):
    """A file to be kept by the person."""

    name: str
    media_type: str
    content: str = Field(description="base64 (RFC 4648, 4)", pattern=r"^[A-Za-z0-9+/]*={0,2}$")


class NoteView(BaseModel):
    """Why a row was changed or refused, or what is to be told of the file."""

    code: str = Field(description="stable; for programs")
    detail: str


class RowView(BaseModel):
    """What became of a row."""

    row: int = Field(description="its number as spreadsheet programs show it")
    sheet: str | None = Field(description="its sheet's name; null in a CSV file")
    outcome: Outcome
    article: str = Field(description="as the file has it, the first 100 characters")
    sku: str | None = Field(description="null where it is refused")
    door: str | None
    window: str | None
    quantity: int | None = Field(description="that the line has by it; null where it is refused")
    notes: list[NoteView]


class UploadView(BaseModel):
    """The cart after the upload, or as it is at a preview, and what becomes of each row."""

    cart: CartView
    taken: int = Field(description="rows taken as they are")
    changed: int = Field(description="rows taken with a change that their notes tell")
    refused: int = Field(description="rows that changed nothing")
    lines: int = Field(description="lines of the cart that rows stand for")
    pieces: int = Field(description="that these lines have by them")
    rows: list[RowView] = Field(
        description="one for each row of the file that is read, or for each of its filled sizes"
    )
    notes: list[NoteView] = Field(
        default=[],
        description="of the file: sheets that were not read, rows that a filter hides, how letters were read",
    )
    refused_rows: SheetFile | None = Field(
        description="the refused rows as they were, with a column of reasons; null without any"
    )
