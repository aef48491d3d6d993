"""Full snapshots of customers: which a part of one holds."""

from collections.abc import Iterator

from google.cloud.firestore import Client

from functions.sync_customers.merge import beside, has_many_doors
from shared.company import repository as companies
from shared.company.model import Profile
from shared.company.ship_to import ShipTo
from shared.reconciliation.model import Family
from shared.reconciliation.recording import Held, Recording
from shared.sap.customers import CompanyPart
from shared.sap.idoc import Packet
from shared.sap.source_system import SourceSystem
from shared.store import read_all

Customers = Packet[CompanyPart | ShipTo]


def recording(db: Client, system: SourceSystem, packet: Customers) -> Recording | None:
    """Of the message, where it is a part of a snapshot, and all of it."""
    if packet.snapshot is None or packet.snapshot.is_excerpt:
        return None
    places = {taken.place: number for number, taken in enumerate(packet.taken)}
    return Recording(db, Family.CUSTOMERS, system.logical_system, packet.snapshot, places)


def held_by(packet: Customers) -> Held:
    """The customers whose master data it has; also those that can't be read, where they are named."""
    named = [one.part.object.partition(" ") for one in packet.faulty]
    return Held(
        keys=_keys(packet),
        unread=[key for kind, _, key in named if kind == "DEBMAS" and key],
        is_read=all(kind for kind, _, _ in named),
    )


def _keys(packet: Customers) -> Iterator[str]:
    for taken in packet.taken:
        if isinstance(taken.says, CompanyPart) and isinstance(taken.says.part, Profile):
            yield taken.says.company


def with_stamps(db: Client, parts: dict[str, CompanyPart], as_of: str) -> dict[str, CompanyPart]:
    """The parts as a snapshot of `as_of` tells them, where doors apart have to have the same stamp."""
    many = {
        place: one
        for place, one in parts.items()
        if as_of and isinstance(one.part, Profile) and has_many_doors(one.part)
    }
    documents = read_all(db, [companies.reference(db, one.company) for one in many.values()])
    told = {
        place: CompanyPart(one.company, beside(document, one.part, as_of))
        for (place, one), document in zip(many.items(), documents, strict=True)
    }
    return parts | told
