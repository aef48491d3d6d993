"""Full snapshots of SAP's stock, prices and customers: what their parts compared, and how far they are.

Each message that is a part is applied as any other, which mends what differs, and noted once with what
it compared. What Sellin has and the whole snapshot lacks is looked for when all parts are there.
"""

from datetime import datetime

from pydantic import BaseModel, Field

from shared.reconciliation.model import Family, RunOutcome

MOST_EXAMPLES = 20
"""Of what a part mended, that are kept with both sides; all are counted."""

MOST_SHOWN = 100
"""Examples of a snapshot."""


EMPTIED = "emptied"
"""The field of an article that is in stock here and that SAP's snapshot lacks."""


class Sides(BaseModel):
    """Both sides of a record's field; empty where a side has nothing there."""

    key: str = Field(description="of the record, for people")
    field: str
    ours: str
    saps: str


class PartCounts(BaseModel):
    """Of records: an article in a plant, a condition key, a customer or its credit figures.

    `agreed`: the same, or newer here. `emptied`: articles that were in stock here and that SAP has not.
    `held`: quarantined, or held back in doubt. `ignored` are those of other channels, not compared.
    """

    compared: int = 0
    agreed: int = 0
    mended: int = 0
    emptied: int = 0
    held: int = 0
    waiting: int = 0
    ignored: int = 0

    def __add__(self, other: "PartCounts") -> "PartCounts":
        mine, others = self.model_dump(), other.model_dump()
        return PartCounts(**{name: mine[name] + others[name] for name in mine})


class SnapshotPart(BaseModel):
    """`snapshot_parts/{snapshot}.{part}`: what a message compared, and which records it held.

    What it mends is added in the commits that do it, so whoever is killed leaves it counted; all else
    is noted at its end (`ended_at`), once.
    """

    snapshot: str = Field(description="id of the snapshot")
    part: int
    parts: int
    mended: dict[str, int] = Field(
        default={}, description="records by the number of the place in the message"
    )
    emptied: int = 0
    counts: PartCounts = PartCounts()
    examples: list[Sides] = []
    keys: bytes = Field(default=b"", description="of the records that it holds, 8 bytes each")
    plants: list[str] = Field(default=[], description="whose stock it tells")
    unread: list[str] = Field(
        default=[], description="articles and customers of which a record could not be read"
    )
    is_read: bool = Field(default=True, description="false: it had a record of nobody knows what")
    ended_at: datetime | None = None
    expires_at: datetime = Field(description="TTL")


class SnapshotRun(BaseModel):
    """`snapshots/{family}.{as of}`: a full snapshot that SAP publishes, and how far it is."""

    id: str
    family: Family
    system: str = Field(description="the logical system (T000-LOGSYS)")
    as_of: str = Field(description="SAP's stamp as of which it tells what SAP has")
    began_at: datetime = Field(description="when the first part had been applied")
    last_part_at: datetime
    parts: int
    came: list[int] = Field(default=[], description="numbers of the parts that were applied")
    counts: PartCounts = PartCounts()
    examples: list[Sides] = []
    emptied: int = Field(default=0, description="articles that no part has, taken out of stock")
    swept_at: datetime | None = Field(
        default=None, description="when what no part has had been looked for, of stock"
    )
    cursor: str = Field(default="", description="the last record of ours that was looked for")
    looked_for: int = Field(default=0, description="documents of ours that were looked for")
    lacking: int = Field(default=0, description="differences that were parked: SAP lacks them")
    known: int = Field(default=0, description="differences that were parked, or decided, before")
    ended_at: datetime | None = None
    outcome: RunOutcome | None = None
    failure: str = Field(default="", description="why it failed, for the brand's people only")
    expires_at: datetime = Field(description="TTL")

    @property
    def missing(self) -> list[int]:
        """Numbers of the parts that have not come."""
        return sorted({*range(1, self.parts + 1)} - {*self.came})


class LastSnapshot(BaseModel):
    """Of a family: the last snapshot that was complete, and when people were told that none comes."""

    as_of: str = ""
    done_at: datetime | None = None
    since: datetime | None = Field(default=None, description="when one was first expected")
    late_at: datetime | None = Field(default=None, description="from when on one is overdue")
    told_at: datetime | None = None


class LastSnapshots(BaseModel):
    """`state/snapshots`: by family."""

    families: dict[Family, LastSnapshot] = {}
