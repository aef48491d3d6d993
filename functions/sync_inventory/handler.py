"""Stock rows become the availability of styles in plants."""

from collections.abc import Collection, Mapping
from functools import partial

from google.cloud.firestore import Client

from functions.sync_inventory.merge import ToldStock, merge, sides, verdict
from functions.sync_inventory.snapshots import finish, guards, recording
from functions.sync_inventory.unknown import Doubted
from shared.availability import repository as availabilities
from shared.event.awaited import awaited_name
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, outcome_of
from shared.event.verdict import Verdict
from shared.event.writing import Change, write_changes
from shared.sap.source_system import SourceSystem
from shared.sap.stock import StyleStock, read_stock
from shared.store import Document, read_all
from shared.style import repository as styles


def apply(db: Client, system: SourceSystem, message: SapMessage) -> MessageOutcome:
    """Store what is newer of the message's rows: one document per style and plant.

    Stock of a plant that the settings do not have is stored and waits for them, as that of a style that
    has not come; rows in cases, whose
    article does not tell what a case is, wait to be stored.

    Raises:
        UntranslatableMessageError: nothing was stored.
    """
    found = read_stock(message, system, partial(_factors, db))
    known = guards(db, found)
    doubted = Doubted()
    part = recording(db, system, found)
    changes = []
    for taken in found.packet.taken:
        told = ToldStock(
            taken.says,
            found.snapshot.as_of if found.snapshot else None,
            known.get(taken.says.plant, ""),
        )
        changes.append(
            Change(
                availabilities.reference(db, taken.says.style, taken.says.plant),
                partial(merge, told=told),
                origin=taken.place,
                verdict=partial(_judge, doubted=doubted, told=told),
                sides=partial(sides, told=told) if part else None,
            )
        )
    written = write_changes(db, changes, tally=part.tally if part else None)
    unknown, noted = doubted.settle(db)
    plants = {taken.says.plant for taken in found.packet.taken}
    outcome = outcome_of(
        found.packet,
        written,
        noted,
        awaits={
            taken.place: _missing_things(taken.says, unknown, system)
            for taken in found.packet.taken
        },
        # A plant comes with the settings, so the first message after them tells it.
        arrived={awaited_name("plant", plant) for plant in plants if plant in system.stock.plants},
    )
    if part:
        finish(part, found, outcome, known)
    return outcome


def _judge(stored: Document | None, doubted: Doubted, told: ToldStock) -> Verdict:
    doubted.look(told.stock, stored)
    return verdict(stored, told)


def _missing_things(says: StyleStock, unknown: Collection[str], system: SourceSystem) -> list[str]:
    """What the stock is of no effect without."""
    found = [awaited_name("plant", says.plant)] if says.plant not in system.stock.plants else []
    return [*found, awaited_name("article", says.style)] if says.style in unknown else found


def _factors(db: Client, numbers: Collection[str]) -> Mapping[str, int]:
    """How many pieces a case of each style is, where it has one."""
    wanted = sorted(numbers)
    documents = read_all(db, [styles.reference(db, number) for number in wanted])
    return {
        number: document["multiple"]
        for number, document in zip(wanted, documents, strict=True)
        if document and document.get("multiple", 1) > 1
    }
