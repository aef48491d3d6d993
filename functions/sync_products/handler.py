"""Articles become styles, listings become assortments."""

from collections.abc import Callable, Mapping
from functools import partial

from google.cloud.firestore import Client, DocumentReference

from functions.sync_products.merge import merge
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment
from shared.catalogue.announcement import CatalogueKind
from shared.event.message import SapMessage
from shared.event.outcome import Outcome, outcome_of
from shared.event.verdict import judge
from shared.event.writing import Change, write_changes
from shared.sap.articles import style
from shared.sap.idoc import Idoc, read_packet
from shared.sap.listings import assortment
from shared.sap.source_system import SourceSystem
from shared.style import repository as styles
from shared.style.model import Style

_TRANSLATORS: Mapping[str, Callable[[Idoc], Style | Assortment]] = {
    "ARTMAS": style,
    "ZLISTING": assortment,
}


def apply(db: Client, system: SourceSystem, message: SapMessage) -> Outcome:
    """Store what is newer of the message's styles and assortments.

    Raises:
        UntranslatableMessageError: it is no message of IDocs; nothing was stored.
    """
    packet = read_packet(message, system, _TRANSLATORS)
    changes: dict[CatalogueKind, list[Change]] = {"styles": [], "assortments": []}
    for taken in packet.taken:
        thing = taken.says
        kind: CatalogueKind = "styles" if isinstance(thing, Style) else "assortments"
        changes[kind].append(
            Change(
                _reference(db, thing),
                partial(merge, new=thing),
                origin=taken.place,
                verdict=partial(judge, new=thing),
            )
        )
    return outcome_of(packet, *(write_changes(db, some, kind) for kind, some in changes.items()))


def _reference(db: Client, thing: Style | Assortment) -> DocumentReference:
    if isinstance(thing, Style):
        return styles.reference(db, thing.number)
    return assortments.reference(db, thing.id)
