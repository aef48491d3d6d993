"""Articles become styles, listings become assortments."""

from functools import partial

import structlog
from google.cloud.firestore import Client

from functions.sync_products.merge import merge
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment
from shared.event.message import SapMessage
from shared.event.writing import Change, raise_unwritable, write_changes
from shared.sap.articles import style
from shared.sap.idoc import read_packet
from shared.sap.listings import assortment
from shared.sap.source_system import SourceSystem
from shared.style import repository as styles
from shared.style.model import Style


def apply(db: Client, system: SourceSystem, message: SapMessage) -> None:
    """Store what is newer of the message's styles and assortments.

    Raises:
        UntranslatableMessageError: nothing was stored.
        UnwritableDocumentsError: all others were stored.
    """
    things = read_packet(message, system, {"ARTMAS": style, "ZLISTING": assortment}).all()
    written_styles = write_changes(
        db,
        [
            Change(styles.reference(db, thing.number), partial(merge, new=thing))
            for thing in things
            if isinstance(thing, Style)
        ],
        "styles",
    )
    written_assortments = write_changes(
        db,
        [
            Change(assortments.reference(db, thing.id), partial(merge, new=thing))
            for thing in things
            if isinstance(thing, Assortment)
        ],
        "assortments",
    )
    structlog.get_logger().info(
        "applied",
        received=len(things),
        written=written_styles.documents + written_assortments.documents,
    )
    raise_unwritable([written_styles, written_assortments])
