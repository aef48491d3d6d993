"""Stock rows become the availability of styles in plants."""

from functools import partial

from google.cloud.firestore import Client

from functions.sync_inventory.merge import merge, verdict
from shared.availability import repository as availabilities
from shared.event.message import SapMessage
from shared.event.outcome import Outcome, outcome_of
from shared.event.writing import Change, write_changes
from shared.sap.source_system import SourceSystem
from shared.sap.stock import read_stock


def apply(db: Client, system: SourceSystem, message: SapMessage) -> Outcome:  # noqa: ARG001
    """Store what is newer of the message's rows: one document per style and plant.

    Raises:
        UntranslatableMessageError: nothing was stored.
    """
    packet = read_stock(message)
    written = write_changes(
        db,
        [
            Change(
                availabilities.reference(db, taken.says.style, taken.says.plant),
                partial(
                    merge,
                    style=taken.says.style,
                    plant=taken.says.plant,
                    rows=taken.says.rows,
                ),
                origin=taken.place,
                verdict=partial(verdict, rows=taken.says.rows),
            )
            for taken in packet.taken
        ],
    )
    return outcome_of(packet, written)
