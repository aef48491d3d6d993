"""A snapshot of all styles and prices, so that a fresh instance need not read each document.

`state/catalogue/chunks` holds it: a head for styles and one for prices, and chunks of some
hundred styles each, by a hash of the style's number. Its one writer is
`shared.catalogue.snapshot_writer`. A head says that the chunks that it lists have
every change until `until`. What came later, a reader asks the collection for, so a snapshot
that is missing, old or of another format makes it slower and nothing else.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client, DocumentReference
from pydantic import BaseModel, ValidationError

from shared.catalogue import announcement
from shared.catalogue.feed import BEGINNING
from shared.store import Document, Read, find_each, read_at

FORMAT = 1
FEWEST_BUCKETS = 64


class Head(BaseModel):
    """`chunks` are the buckets that there is a chunk of, by the chunks' name; `whole` says that nothing
    was left to be taken when it was written."""

    format: int = FORMAT
    buckets: int = FEWEST_BUCKETS
    until: datetime = BEGINNING
    whole: bool = False
    chunks: dict[str, list[int]] = {}


@dataclass(frozen=True)
class Snapshot:
    """What chunks of one name say, and the time until which they have every change."""

    until: datetime
    buckets: int
    chunks: dict[int, Document]


def bucket_of(style: str, buckets: int) -> int:
    """The bucket of a style, by its number."""
    return zlib.crc32(style.encode()) % buckets


def read_snapshot(db: Client, kind: str, name: str) -> Snapshot | None:
    """The chunks of `name`, as one head says; None where there is no whole snapshot."""
    _, (stored,) = read_at(db, [head_reference(db, kind)])
    head = parse_head(stored)
    if head is None or name not in head.chunks:
        return None
    buckets = head.chunks[name]
    wanted = [chunk_reference(db, name, head.buckets, bucket) for bucket in buckets]
    # The head again, as it may have changed: what is read in one RPC is of one moment.
    _, (stored, *chunks) = read_at(db, [head_reference(db, kind), *wanted])
    again = parse_head(stored)
    if again is None or (again.buckets, again.chunks.get(name)) != (head.buckets, buckets):
        return None
    found = {bucket: chunk.data() for bucket, chunk in zip(buckets, chunks, strict=True) if chunk}
    return Snapshot(again.until, again.buckets, found) if len(found) == len(buckets) else None


def find_fields(db: Client, name: str, head: Head, fields: Iterable[str]) -> Iterator[Document]:
    """These fields of the chunks of `name` that the head lists, a chunk a read."""
    chunks = announcement.reference(db).collection("chunks")
    first, last = (chunk_reference(db, name, head.buckets, at) for at in (0, head.buckets - 1))
    found = chunks.order_by("__name__").start_at({"__name__": first}).end_at({"__name__": last})
    listed = {chunk_reference(db, name, head.buckets, at).id for at in head.chunks.get(name, ())}
    for read in find_each(db, found.select(list(fields))):
        if read.id in listed:
            yield read.data()


def parse_head(stored: Read | None) -> Head | None:
    """The head; None where there is none of this format."""
    if stored is None:
        return None
    try:
        head = Head.model_validate(stored.data())
    except ValidationError:
        return None
    return head if head.format == FORMAT else None


def head_reference(db: Client, kind: str) -> DocumentReference:
    """Where the head of a kind ("styles" or "prices") is."""
    head: DocumentReference = announcement.reference(db).collection("chunks").document(kind)
    return head


def chunk_reference(db: Client, name: str, buckets: int, bucket: int) -> DocumentReference:
    """Where a chunk is; other numbers of buckets are other chunks."""
    chunks = announcement.reference(db).collection("chunks")
    chunk: DocumentReference = chunks.document(f"{name}~{buckets}~{bucket:04}")
    return chunk
