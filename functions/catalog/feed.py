"""Reading from a collection what changed since it was last read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from google.cloud.firestore import Client, FieldFilter, Query

from shared.store import Document, find_all

MARGIN = timedelta(seconds=10)
"""Documents of one moment may become visible one after the other."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Feed:
    """Gives each state of a document once. Writers set `updated_at` (server time).

    A query ordered by `updated_at` goes on where its reader failed; any other must then
    be read with a new feed.
    """

    def __init__(self, query: Query) -> None:
        self._query = query
        self._latest = _BEGINNING
        self._versions: dict[str, int] = {}

    def changed(self, db: Client) -> Iterator[Document]:
        """What changed since the last call; all at the first."""
        query = self._query
        if self._versions:
            query = query.where(filter=FieldFilter("updated_at", ">", self._latest - MARGIN))
        for read in find_all(db, query):
            if self._versions.get(read.id) != read.version:
                document = read.data()
                yield document
                self._versions[read.id] = read.version
                self._latest = max(self._latest, document.get("updated_at", _BEGINNING))
