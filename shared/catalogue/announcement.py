"""`state/catalogue`: for each kind of data, when a writer last said "I am about to change this".

For `LIFE` after that, instances of the catalog ask for changes; otherwise they need not. A sync function announces its changes before it commits them, at most once in `RENEWAL`
whatever it writes, so that no document is written by every transaction. An instance of the
catalog reads this one document with each page. Only while an announcement lasts need it
ask the collection itself what changed; that costs a query, and an answer is never older
than its request.

All times are Firestore's: no clock of a machine is compared with that of another.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Literal
from weakref import WeakKeyDictionary

from google.cloud.firestore import SERVER_TIMESTAMP, Client, DocumentReference
from pydantic import BaseModel

from shared.store import Document, read_at

CatalogueKind = Literal["styles", "prices", "assortments", "companies"]

RENEWAL = timedelta(seconds=45)
LIFE = timedelta(seconds=120)
"""How long an announcement lasts. It is at most `RENEWAL` old when its writer sends the commit,
which Firestore's client gives up after 60 s: whatever was announced has come by then, or never
comes."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)

# When each client's announcements must be renewed, by this process's monotonic clock.
_renewals: WeakKeyDictionary[Client, dict[CatalogueKind, float]] = WeakKeyDictionary()


class CatalogueState(BaseModel):
    """When changes of each kind were last announced; a later release may have more kinds.

    The four counters are those that writers of the release before raise with each change.
    """

    announced: dict[str, datetime] = {}
    styles: int = 0
    prices: int = 0
    assortments: int = 0
    companies: int = 0

    def changes_until(self, kind: CatalogueKind) -> datetime:
        """Until when changes of `kind` may come; a moment that has passed if none may."""
        announced = self.announced.get(kind)
        return NEVER if announced is None else announced + LIFE

    def counters(self) -> tuple[int, int, int, int]:
        """What the release before counted."""
        return self.styles, self.prices, self.assortments, self.companies


def reference(db: Client) -> DocumentReference:
    """Where the announcements are."""
    return db.collection("state").document("catalogue")


def parse(document: Document | None) -> CatalogueState:
    """The announcements; none before the first message."""
    return CatalogueState.model_validate(document or {})


def announce(db: Client, kind: CatalogueKind) -> None:
    """Make sure that readers expect changes of `kind`, to be called just before the commit.

    What another process announced serves as well, so the number of writers makes no more
    than one write in `RENEWAL` of it.
    """
    renewals = _renewals.setdefault(db, {})
    now = time.monotonic()
    if now < renewals.get(kind, now):
        return
    # `now` is before Firestore's times below, so the renewal comes rather too early.
    at, (stored,) = read_at(db, [reference(db)])
    announced = parse(stored.data() if stored else None).announced.get(kind, NEVER)
    left = announced + RENEWAL - at
    if left <= timedelta(0):
        reference(db).set({"announced": {kind: SERVER_TIMESTAMP}}, merge=True)
        left = RENEWAL
    renewals[kind] = now + left.total_seconds()
