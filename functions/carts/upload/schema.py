"""What an upload takes and answers."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, Field, StringConstraints

from functions.carts.schema import CartView, ChangeView, Identifier
from shared.http.fields import Input
from shared.sheets.table import Kind

RowOutcome = Literal["taken", "changed", "refused"]

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
    "cp775",
    "iso8859_2",
    "iso8859_15",
]

Meaning = Literal[
    "none",
    "article",
    "style",
    "colour",
    "size",
    "quantity",
    "size_quantity",
    "door",
    "window",
]
"""What a column is: `article` by SKU or GTIN, `size_quantity` of pieces of the size that its name
is, `none` of those that are not read."""
_MEANING = f"({'|'.join(get_args(Meaning))})"

HeaderMeanings = Annotated[
    str,
    StringConstraints(
        max_length=800, pattern=rf"^[0-9a-f]{{24}}:({_MEANING}(,{_MEANING}){{0,49}})?$"
    ),
]
ArticleAnswer = Annotated[
    str, StringConstraints(max_length=78, pattern=r"^[0-9]{1,13}:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
]
MOST_ANSWERS = 50

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MEDIA_TYPES: dict[Kind, str] = {"xlsx": XLSX, "csv": CSV}


class UploadQuery(Input):
    """How the file is read, and what holds for rows that do not say it themselves."""

    door: Identifier | None = Field(default=None, description="id of a door")
    window: Identifier | None = Field(default=None, description="id of a delivery window")
    encoding: Encoding | None = Field(
        default=None,
        description="of a CSV file, where the problem letters_unclear asks for it or `letters` of "
        "the answer are wrong",
    )
    columns: list[HeaderMeanings] = Field(
        default=[],
        max_length=10,
        description="what the columns of a header are: its id, a colon, and their meanings in "
        "their order, separated by commas, none for what its names say. What is taken so is "
        "remembered for the company's next files with that header",
    )
    articles: list[ArticleAnswer] = Field(
        default=[],
        max_length=MOST_ANSWERS,
        description="which article is meant: what a row's `question` is about, a colon, and the SKU",
    )
    # Left out of what a key stands for: what is taken after a preview is the same upload.
    preview: bool = Field(
        default=False,
        exclude=True,
        description="whether only to answer what would become of the rows; nothing is written",
    )


class TemplateQuery(Input):
    """Which kind of template."""

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


class ColumnView(BaseModel):
    """A column of a file, and what it was taken for."""

    letter: str = Field(description="as spreadsheet programs call it: A, B, …")
    name: str = Field(description="as the file has it, the first 100 characters; may be empty")
    samples: list[str] = Field(description="up to 3 of its values, 40 characters of each")
    meaning: Meaning
    suggested: Meaning = Field(
        description="what a column that is not read may be, by what is in it; else its meaning"
    )


class HeaderRowView(BaseModel):
    """A row that may name the columns; none does where `row` is null."""

    id: str
    row: int | None
    names: list[str] = Field(description="the first of its texts")


class HeaderView(BaseModel):
    """The columns of a file, or of those of its sheets that have the same."""

    id: str = Field(description="the same for all files with these columns")
    row: int | None = Field(description="the row that names them; null where none does")
    sheets: list[str] = Field(description="empty of a CSV file")
    columns: list[ColumnView]
    chosen: ChangeView | None = Field(
        description="who said in an earlier file what they are; null where their names say it, or "
        "`columns` does"
    )
    rows: list[HeaderRowView] = Field(description="other rows that may name them")


class KeptColumn(BaseModel):
    """A column as a person said what it is."""

    name: str = Field(description="as the file has it, the first 40 characters; may be empty")
    meaning: Meaning


class KeptMappingView(BaseModel):
    """What the columns of a header are in the company's files, as one of its people said."""

    id: str = Field(description="of the header, as an upload's `headers` have it")
    columns: list[KeptColumn]
    chosen: ChangeView = Field(description="who said so, and when")


class KeptMappingList(BaseModel):
    """The latest choice first; a company keeps 50."""

    items: list[KeptMappingView]


class ArticleChoice(BaseModel):
    """An article that a row may mean."""

    sku: str
    style_name: str
    colour_name: str
    size_name: str


class ArticleQuestion(BaseModel):
    """Several articles that a row may mean. `articles` of the query answers which."""

    about: str = Field(description="the GTIN that they have, else the row's number")
    choices: list[ArticleChoice]


class LettersView(BaseModel):
    """How the letters of a CSV file read in an encoding."""

    encoding: Encoding
    name: str = Field(description="what people call it")
    samples: list[str] = Field(description="words that other encodings read differently")


class RowView(BaseModel):
    """What became of a row."""

    row: int = Field(description="its number as spreadsheet programs show it")
    sheet: str | None = Field(description="its sheet's name; null in a CSV file")
    outcome: RowOutcome
    article: str = Field(description="as the file has it, the first 100 characters")
    sku: str | None = Field(description="null where it is refused")
    door: str | None
    window: str | None
    quantity: int | None = Field(
        description="pieces that the line has after this row; null where the row is refused"
    )
    notes: list[NoteView]
    question: ArticleQuestion | None = Field(
        default=None, description="whose answer the row waits for; null where there is none"
    )


class UploadView(BaseModel):
    """The cart after the upload, or as it is at a preview, and what becomes of each row."""

    cart: CartView
    taken: int = Field(description="rows taken as they are")
    changed: int = Field(description="rows taken with a change that their notes tell")
    refused: int = Field(description="rows that changed nothing")
    lines: int = Field(description="lines of the cart that rows stand for")
    pieces: int = Field(description="pieces that these lines have after the upload")
    rows: list[RowView] = Field(
        description="one for each row of the file that is read, or for each of its filled sizes"
    )
    notes: list[NoteView] = Field(
        default=[],
        description="of the file: sheets that were not read, rows that a filter hides, how letters were read",
    )
    letters: list[LettersView] = Field(
        default=[],
        description="how the letters of a CSV file that does not say it were read, and then how "
        "else they can be read, which `encoding` says; empty where there is one way only",
    )
    headers: list[HeaderView] = Field(
        default=[],
        description="how columns were read. The problems no_header, missing_columns and "
        "repeated_column have these, too",
    )
    refused_rows: SheetFile | None = Field(
        description="the refused rows as they were, with a column of reasons; null without any"
    )
