"""Articles become styles, listings become assortments."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import structlog
from google.cloud.firestore import Client, DocumentReference

from functions.sync_products.merge import changed_units, judge_listing, merge, merge_listing
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment
from shared.catalogue.announcement import CatalogueKind
from shared.event.awaited import awaited_name
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, outcome_of
from shared.event.verdict import judge
from shared.event.writing import Change, Fault, Written, write_changes
from shared.past.terms import assortment_terms, style_terms
from shared.sap.articles import Article, article
from shared.sap.idoc import Idoc, Packet, read_packet
from shared.sap.listings import assortment
from shared.sap.source_system import SourceSystem
from shared.store import Document
from shared.style import repository as styles
from shared.style.model import Style

_TRANSLATORS: Mapping[str, Callable[[Idoc], Article | Assortment]] = {
    "ARTMAS": article,
    "ZLISTING": assortment,
}


def apply(db: Client, system: SourceSystem, message: SapMessage) -> MessageOutcome:
    """Store what is newer of the message's styles and assortments.

    Of what is wrong in an article that was taken all the same, and of a case that has other pieces
    than before, a person is told by quarantine.

    Raises:
        UntranslatableMessageError: it is no message of IDocs; nothing was stored.
    """
    packet = read_packet(message, system, _TRANSLATORS)
    changes: dict[CatalogueKind, list[Change]] = {"styles": [], "assortments": []}
    told: dict[str, list[str]] = {}

    def store(place: str, new: Article, stored: Document | None) -> Document | None:
        # Called again for a document that others changed meanwhile: the last reading counts.
        document = merge(stored, new.style)
        told[place] = [*new.told, *changed_units(stored, new.style)] if document else []
        return document

    for taken in packet.taken:
        says, place = taken.says, taken.part.place
        thing = says.style if isinstance(says, Article) else says
        kind: CatalogueKind = "styles" if isinstance(thing, Style) else "assortments"
        changes[kind].append(
            Change(
                _reference(db, thing),
                partial(store, place, says)
                if isinstance(says, Article)
                else partial(merge_listing, new=says),
                origin=place,
                verdict=partial(judge, new=says.style)
                if isinstance(says, Article)
                else partial(judge_listing, new=says),
                terms=style_terms if isinstance(says, Article) else assortment_terms,
            )
        )
        if isinstance(says, Article) and says.texts_left_out:
            structlog.get_logger().info(
                "texts left out", article=says.style.number, count=says.texts_left_out
            )
    written = [write_changes(db, some, kind) for kind, some in changes.items()]
    noted = Written(faults=[Fault(place, one) for place, all_ in told.items() for one in all_])
    return outcome_of(packet, noted, *written, arrived=_arrivals(packet))


def _arrivals(packet: Packet[Article | Assortment]) -> Iterator[str]:
    """The articles that came, their variants too, and what their units are."""
    for taken in packet.taken:
        if isinstance(taken.says, Article) and not taken.says.style.deleted:
            style = taken.says.style
            yield awaited_name("unit", style.number)
            yield from (awaited_name("article", one) for one in (style.number, *style.articles))


def _reference(db: Client, thing: Style | Assortment) -> DocumentReference:
    if isinstance(thing, Style):
        return styles.reference(db, thing.number)
    return assortments.reference(db, thing.id)
