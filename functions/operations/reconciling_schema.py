"""What the desk takes and answers about what is compared with SAP's, and about GTINs of several articles."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from shared.http.fields import NO_CONTROLS, Input
from shared.paging import PageQuery
from shared.reconciliation.model import (
    MOST_DAYS,
    Choice,
    Counts,
    Decided,
    Deviation,
    RunOutcome,
    Scope,
    State,
)
from shared.reconciliation.model import Family as ComparedFamily
from shared.reconciliation.model import Kind as DifferenceKind
from shared.reconciliation.snapshot import PartCounts, Sides


class StartRun(Input):
    """Which orders are compared with SAP's."""

    days: int = Field(ge=1, le=MOST_DAYS, description="since they were placed")
    company: Annotated[
        str, StringConstraints(max_length=40, pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*)?$")
    ] = Field(default="", description="the only customer; empty for all")


class RunView(BaseModel):
    """A reconciliation: how far it is, and what it found."""

    id: str
    system: str = Field(description="the logical system (T000-LOGSYS)")
    scope: Scope
    asked_at: datetime
    asked_by: str = Field(description="empty for the nightly schedule")
    started_at: datetime | None
    customers: int | None = Field(description="to be compared; null before it began")
    customers_done: int
    compared_all: bool = Field(description="then it waits for its differences to be mended")
    counts: Counts
    waits_for: str = Field(description="why it does not go on now")
    ended_at: datetime | None
    outcome: RunOutcome | None
    failure: str


class RunPage(BaseModel):
    """A page of runs, the newest first."""

    items: list[RunView]
    next: str | None = Field(description="cursor of the next page")


class SnapshotHead(BaseModel):
    """A full snapshot that SAP publishes: how far it is, and what it found."""

    id: str
    family: ComparedFamily
    as_of: datetime = Field(description="when SAP had what it tells")
    began_at: datetime
    parts: int
    parts_came: int
    counts: PartCounts
    looked_for: int = Field(description="documents of ours that were looked for in it")
    lacking: int = Field(description="differences that it parked: SAP lacks a record of ours")
    known: int = Field(description="differences that were parked, or decided, before")
    ended_at: datetime | None
    outcome: RunOutcome | None
    failure: str


class SnapshotView(SnapshotHead):
    """The same with what is missing, and examples of what it mended."""

    missing: list[int] = Field(description="numbers of the parts that have not come")
    examples: list[Sides] = Field(description="of what it mended with both sides, the first 100")


class ExpectedSnapshot(BaseModel):
    """Of a family, when the last complete snapshot was and the next is to come."""

    family: ComparedFamily
    as_of: datetime | None = Field(description="when SAP had what the last one tells")
    done_at: datetime | None
    late_at: datetime | None = Field(description="from when on the next one is overdue")


class SnapshotPage(BaseModel):
    """The newest first; with the first page also what is expected."""

    items: list[SnapshotHead]
    expected: list[ExpectedSnapshot]
    next: str | None = Field(description="cursor of the next page")


class DifferenceQuery(PageQuery):
    """Which differences are listed, and which page of them."""

    state: State = State.PARKED
    family: ComparedFamily | None = None
    kind: DifferenceKind | None = None
    company: Annotated[str, StringConstraints(max_length=40, pattern=NO_CONTROLS)] = ""
    run: Annotated[str, StringConstraints(max_length=40, pattern=NO_CONTROLS)] = Field(
        default="", description="id of the run that saw it last"
    )


class DifferenceView(BaseModel):
    """What differs between an order, a customer or prices and SAP's, both sides."""

    order: str = Field(description="its number; of a customer or prices {family}.{key}")
    family: ComparedFamily
    as_of: str = Field(description="SAP's stamp of the snapshot that lacks it; empty of an order")
    company: str
    sap_numbers: list[str]
    kinds: list[DifferenceKind]
    rows: list[Deviation] = Field(description="the first 200")
    row_count: int
    state: State
    found_at: datetime
    seen_at: datetime
    run: str
    note: str
    decisions: list[Decided]
    choices: list[Choice] = Field(description="what may be decided now")


class DifferencePage(BaseModel):
    """The newest first; a page may be empty although there is a next one."""

    items: list[DifferenceView]
    next: str | None = Field(description="cursor of the next page")


class SharedGtinQuery(PageQuery):
    """Which shared GTINs are listed, and which page of them."""

    number: Annotated[str, StringConstraints(max_length=40, pattern=NO_CONTROLS)] = Field(
        default="",
        description="part of the GTIN, or of the number of one of its styles or articles",
    )


class SharedGtinArticle(BaseModel):
    """An article that has the GTIN; names are empty where its style went meanwhile."""

    style: str
    article: str
    name: str = Field(description="of the style, in the reader's language")
    sku: str
    colour: str = Field(description="in the reader's language")
    size: str


class SharedGtinView(BaseModel):
    """A GTIN that stands on two or more articles."""

    gtin: str
    articles: list[SharedGtinArticle] = Field(description="the first 20")
    article_count: int
    since: datetime = Field(description="when it was first seen here")


class SharedGtinPage(BaseModel):
    """The newest first; a page may be empty although there is a next one."""

    items: list[SharedGtinView]
    next: str | None = Field(description="cursor of the next page")
