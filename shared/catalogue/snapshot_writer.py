"""Keeps the snapshot of all styles and prices up to date; called every minute.

It goes on from where the head says that the chunks are. A chunk is only replaced by itself
with more changes (a precondition on its update time holds that), and the head is written
after its chunks. So what the head says holds after any crash and beside a second writer.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from google.api_core.datetime_helpers import DatetimeWithNanoseconds
from google.api_core.exceptions import AlreadyExists, FailedPrecondition
from google.cloud.firestore import Client, FieldFilter

from shared.catalogue import packed_prices, packed_styles
from shared.catalogue.announcement import LIFE
from shared.catalogue.feed import BEGINNING, MARGIN
from shared.catalogue.packed_prices import Block, change_block, pack_keys
from shared.catalogue.packed_styles import PackedStyle, pack
from shared.catalogue.snapshot import (
    Head,
    bucket_of,
    chunk_reference,
    head_reference,
    parse_head,
)
from shared.price.model import StylePrices
from shared.store import Document, Read, find_all, read_at
from shared.style.model import Style

MOST_BUCKETS = 1024
LARGEST_CHUNK = 900_000
"""Bytes; a document holds 1 MiB. Where a chunk would be larger, twice as many are made."""

PAGE = 1_000
"""Changes taken at once; more than one commit can write, as these have one `updated_at`."""

_COMMITTED = 8
"""Chunks of a commit, below its 10 MiB."""


class ChunkOverflowError(Exception):
    """A chunk would be too large for a document."""


class ChunkFormatError(Exception):
    """A chunk that the head counts on was written in another format, so it can't be changed."""


def update_snapshot(db: Client, seconds: float = 20) -> int:
    """Take what changed into the snapshot, for about so long; how many changes were taken."""
    deadline = time.monotonic() + seconds
    return sum(_update(db, kind, deadline) for kind in _KINDS)


@dataclass(frozen=True)
class _Kind:
    """How documents of one collection become chunks: their name, and a chunk with changes."""

    collection: str
    format: int
    name_of: Callable[[Document], str]
    change: Callable[[Document | None, list[Document]], Document]


def _update(db: Client, kind: _Kind, deadline: float) -> int:
    taken = 0
    since: datetime | None = None
    while time.monotonic() < deadline:
        at, (stored,) = read_at(db, [head_reference(db, kind.collection)])
        head = parse_head(stored) or Head()
        first = since or (head.until - MARGIN if head.until > BEGINNING else BEGINNING)
        page = _changed_documents(db, kind, first)
        if not page:
            break
        latest: datetime = page[-1]["updated_at"]
        whole = len(page) < PAGE
        try:
            listed = _write_chunks(db, kind, head, page)
            # Whatever has a time before that is committed, or never will be.
            settled = at - LIFE
            until = max(head.until, settled if whole else min(settled, latest))
            news = {"until": until, "whole": whole}
            _write_head(db, kind, listed.model_copy(update=news), stored)
        except (AlreadyExists, FailedPrecondition):
            break  # another writer is at it
        except ChunkOverflowError:
            if head.buckets >= MOST_BUCKETS:
                structlog.get_logger().error("snapshot too large", collection=kind.collection)
                break
            _write_head(db, kind, Head(buckets=head.buckets * 2), stored)
            since = None
            continue
        except ChunkFormatError:
            _write_head(db, kind, Head(buckets=head.buckets), stored)
            since = None
            continue
        taken += len(page)
        if whole or latest == since:
            break
        since = latest
    return taken


def _changed_documents(db: Client, kind: _Kind, since: datetime) -> list[Document]:
    changed = FieldFilter("updated_at", ">=", since)
    query = db.collection(kind.collection).where(filter=changed).order_by("updated_at")
    return [read.data() for read in find_all(db, query.limit(PAGE))]


def _write_chunks(db: Client, kind: _Kind, head: Head, changes: Iterable[Document]) -> Head:
    """Write the chunks that have changes; the head that lists them, too."""
    by_chunk: dict[tuple[str, int], list[Document]] = defaultdict(list)
    for document in changes:
        by_chunk[kind.name_of(document), bucket_of(_style(document), head.buckets)].append(document)
    places = list(by_chunk)
    references = [chunk_reference(db, name, head.buckets, bucket) for name, bucket in places]
    _, stored = read_at(db, references)
    made = []
    for place, reference, read in zip(places, references, stored, strict=True):
        before = _base(kind, head, place, read)
        after = kind.change(before, by_chunk[place])
        if _size(after) > LARGEST_CHUNK:
            raise ChunkOverflowError
        if after != before:
            made.append((reference, read, after))
    for start in range(0, len(made), _COMMITTED):
        batch = db.batch()
        for reference, read, after in made[start : start + _COMMITTED]:
            if read is None:
                batch.create(reference, after)
            else:
                option = db.write_option(last_update_time=_timestamp(read.version))
                batch.update(reference, after, option=option)
        batch.commit()
    chunks = {name: set(buckets) for name, buckets in head.chunks.items()}
    for name, bucket in places:
        chunks.setdefault(name, set()).add(bucket)
    listed = {name: sorted(buckets) for name, buckets in chunks.items()}
    return head.model_copy(update={"chunks": listed})


def _base(kind: _Kind, head: Head, place: tuple[str, int], read: Read | None) -> Document | None:
    """The chunk that changes are added to; None where it begins empty."""
    chunk = read.data() if read else None
    if chunk is None or chunk.get("format") == kind.format:
        return chunk
    name, bucket = place
    if head.until > BEGINNING or bucket in head.chunks.get(name, ()):
        raise ChunkFormatError
    return None  # what a snapshot has left that was begun anew


def _write_head(db: Client, kind: _Kind, head: Head, stored: Read | None) -> None:
    reference = head_reference(db, kind.collection)
    document = head.model_dump()
    if stored is None:
        reference.create(document)
    else:
        option = db.write_option(last_update_time=_timestamp(stored.version))
        reference.update(document, option=option)


def _change_styles(chunk: Document | None, changes: list[Document]) -> Document:
    styles: dict[str, PackedStyle] = {}
    if chunk:
        styles = {one.number: one for one in packed_styles.read_chunk(chunk, {})}
    for document in changes:
        style = Style.model_validate(document)
        styles.pop(style.number, None)
        if not style.deleted:
            styles[style.number] = pack(style)
    return packed_styles.write_chunk(sorted(styles.values(), key=lambda one: one.number))


def _change_prices(chunk: Document | None, changes: list[Document]) -> Document:
    block: Block = packed_prices.read_chunk(chunk) if chunk else {}
    changed = {}
    for document in changes:
        prices = StylePrices.model_validate(document)
        changed[prices.style] = pack_keys(prices)
    return packed_prices.write_chunk(change_block(block, changed))


_KINDS = (
    _Kind("styles", packed_styles.FORMAT, lambda _: "styles", _change_styles),
    _Kind(
        "prices",
        packed_prices.FORMAT,
        lambda document: f"prices~{document['currency']}",
        _change_prices,
    ),
)


def _style(document: Document) -> str:
    return str(document["number"] if "number" in document else document["style"])


def _size(chunk: Document) -> int:
    values = [*chunk.values(), *chunk.get("holders", {}).values()]
    return sum(len(value) + 40 for value in values if isinstance(value, bytes))


def _timestamp(nanoseconds: int) -> datetime:
    seconds, rest = divmod(nanoseconds, 10**9)
    whole = datetime.fromtimestamp(seconds, UTC)
    return DatetimeWithNanoseconds(*whole.timetuple()[:6], nanosecond=rest, tzinfo=UTC)
