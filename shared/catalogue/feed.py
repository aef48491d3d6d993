"""Reading from a collection what changed since it was last read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from google.cloud.firestore import Client, FieldFilter, Query

from shared.store import Document, find_each

MARGIN = timedelta(seconds=10)
"""Documents of one moment may become visible one after the other."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Feed:
    """Gives each state of a document once. Writers set `updated_at` (server time).

    It begins with what changed after `since`. A query ordered by `updated_at` goes on where
    its reader failed; any other must then be read with a new feed.
    """

    def __init__(self, query: Query, since: datetime = BEGINNING) -> None:
        self._query = query
        self._latest = since
        # Of documents that changed within the margin: no other is ever answered again.
        self._given: dict[str, tuple[int, datetime]] = {}

    def changed(self, db: Client, at: datetime | None = None) -> Iterator[Document]:
        """What changed since the last call; all at the first.

        `at` is a moment of Firestore's clock before this call, if one is known: of what
        changed until then, the next call repeats the last moments only.
        """
        query = self._query
        if self._latest > BEGINNING:
            query = query.where(filter=FieldFilter("updated_at", ">", self._latest - MARGIN))
        for read in find_each(db, query):
            if self._given.get(read.id, (0, None))[0] != read.version:
                document = read.data()
                yield document
                updated_at = document.get("updated_at", BEGINNING)
                self._given[read.id] = (read.version, updated_at)
                self._latest = max(self._latest, updated_at)
        if at is not None:
            self._latest = max(self._latest, at)
        oldest = self._latest - MARGIN
        self._given = {id_: one for id_, one in self._given.items() if one[1] > oldest}
