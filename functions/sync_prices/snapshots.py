"""Full snapshots of prices: which condition keys a part of one holds."""

from collections.abc import Iterator

from google.cloud.firestore import Client

from shared.price.held import key_of
from shared.reconciliation.model import Family
from shared.reconciliation.recording import Held, Recording
from shared.sap.condition_key import article_of
from shared.sap.conditions import ArticleConditions
from shared.sap.discounts import DiscountConditions
from shared.sap.idoc import Packet
from shared.sap.source_system import SourceSystem

Conditions = Packet[ArticleConditions | DiscountConditions | None]


def recording(db: Client, system: SourceSystem, packet: Conditions) -> Recording | None:
    """Of the message, where it is a part of a snapshot, and all of it."""
    if packet.snapshot is None or packet.snapshot.is_excerpt:
        return None
    places = {taken.place: number for number, taken in enumerate(packet.taken)}
    return Recording(db, Family.PRICES, system.logical_system, packet.snapshot, places)


def held_by(packet: Conditions) -> Held:
    """The keys that it has; of records that can't be read, the articles that they are of."""
    articles = [article_of(one.part.content) for one in packet.faulty]
    return Held(
        keys=_keys(packet),
        unread=[article for article in articles if article],
        is_read=all(articles),
    )


def _keys(packet: Conditions) -> Iterator[str]:
    for taken in packet.taken:
        match taken.says:
            case ArticleConditions() as price:
                yield key_of(price.name, price.article, price.currency)
            case DiscountConditions() as discount:
                yield key_of(discount.name, discount.article)
