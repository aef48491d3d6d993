"""Full snapshots of prices: which condition keys a part of one holds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from google.cloud.firestore import Client, DocumentReference

from functions.sync_prices.merge import StoredKey
from shared.event.verdict import Verdict
from shared.event.writing import Written
from shared.price.held import key_of, stored_key
from shared.reconciliation.held import Held as HeldInSnapshot
from shared.reconciliation.held import complete_after, contents_at
from shared.reconciliation.model import Family
from shared.reconciliation.recording import Held, Recording
from shared.sap.condition_key import article_of, table_of
from shared.sap.conditions import ArticleConditions
from shared.sap.discounts import DiscountConditions
from shared.sap.idoc import Packet
from shared.sap.source_system import SourceSystem
from shared.store import read_all

Conditions = Packet[ArticleConditions | DiscountConditions | None]


def recording(db: Client, system: SourceSystem, packet: Conditions) -> Recording | None:
    """Of the message, where it is a part of a snapshot, and all of it."""
    if packet.snapshot is None or packet.snapshot.is_excerpt:
        return None
    places = {taken.place: number for number, taken in enumerate(packet.taken)}
    return Recording(db, Family.PRICES, system.logical_system, packet.snapshot, places)


def contents_of(packet: Conditions, system: SourceSystem) -> Held:
    """The keys that it has; of records that can't be read, the articles that they may be of."""
    hidden = [_hidden(one.part.content, system) for one in packet.faulty]
    return Held(
        keys=_keys(packet),
        unread=[article for some in hidden if some for article in some],
        is_read=None not in hidden,
    )


def _hidden(message: Mapping[str, Any], system: SourceSystem) -> list[str] | None:
    """The article that a faulty record is of, "" of all; none where it can't be one of ours: it is of
    no table of the settings, or names no article where its table's do. None: nobody knows.
    """
    if article := article_of(message):
        return [article]
    if not (table := table_of(message)):
        return None
    general = {one.number for one in system.prices.discount_tables if not one.is_of_articles}
    return [""] if table in general else []


def without_revived(
    db: Client,
    found: Mapping[str, list[StoredKey]],
    refer: Callable[[StoredKey], DocumentReference],
    now: datetime,
) -> tuple[dict[str, list[StoredKey]], Written]:
    """What is to be stored but for keys that are not here, and that a later, complete snapshot lacks.

    SAP has deleted these meanwhile: their message was long under way.
    """
    told = [(place, key) for place, some in found.items() for key in some if not key.as_of]
    as_of = complete_after(db, Family.PRICES, (key.key.stamp for _, key in told), now)
    old = [(place, key) for place, key in told if key.key.stamp < as_of]
    documents = read_all(db, [refer(key) for _, key in old])
    absent = [one for one, stored in zip(old, documents, strict=True) if not one[1].before(stored)]
    held = contents_at(db, Family.PRICES, as_of) if absent else None
    if held is None:
        return dict(found), Written()
    gone = [(place, key) for place, key in absent if _is_lacked(held, key)]
    kept = {
        place: [key for key in some if (place, key) not in gone] for place, some in found.items()
    }
    return kept, Written(verdicts={place: Verdict.STALE for place, _ in gone})


def _is_lacked(held: HeldInSnapshot, one: StoredKey) -> bool:
    key = stored_key(one.name, one.key, one.style, one.currency)
    return held.lacks(key, getattr(one.key, "article", "") or one.style)


def _keys(packet: Conditions) -> Iterator[str]:
    for taken in packet.taken:
        match taken.says:
            case ArticleConditions() as price:
                yield key_of(price.name, price.article, price.currency)
            case DiscountConditions() as discount:
                yield key_of(discount.name, discount.article)
