"""Full snapshots of customers: which a part of one holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from google.cloud.firestore import Client

from functions.sync_customers.merge import beside, door_sides, has_many_doors
from shared.company import doors
from shared.company import repository as companies
from shared.company.door_search import document_of
from shared.company.model import Credit, Profile
from shared.company.ship_to import ShipTo
from shared.reconciliation.held import complete_after, contents_at
from shared.reconciliation.model import Family
from shared.reconciliation.recording import Held, Recording
from shared.sap.customers import CompanyPart
from shared.sap.idoc import Packet
from shared.sap.source_system import SourceSystem
from shared.store import Document, find_each, read_all

Customers = Packet[CompanyPart | ShipTo]


def recording(db: Client, system: SourceSystem, packet: Customers) -> Recording | None:
    """Of the message, where it is a part of a snapshot, and all of it."""
    if packet.snapshot is None or packet.snapshot.is_excerpt:
        return None
    places = {taken.place: number for number, taken in enumerate(packet.taken)}
    return Recording(db, Family.CUSTOMERS, system.logical_system, packet.snapshot, places)


def contents_of(packet: Customers) -> Held:
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


def find_deleted(
    db: Client, parts: Mapping[str, CompanyPart], as_of: str, now: datetime
) -> set[str]:
    """Places of customers that are not here, and that a later, complete snapshot lacks.

    SAP has deleted these meanwhile: their message was long under way. `as_of`: it is a snapshot itself.
    """
    told = {
        place: one.part.stamp
        for place, one in parts.items()
        if isinstance(one.part, Profile) and not as_of
    }
    complete = complete_after(db, Family.CUSTOMERS, told.values(), now)
    old = [place for place, stamp in told.items() if stamp < complete]
    documents = read_all(db, [companies.reference(db, parts[place].company) for place in old])
    absent = [
        place
        for place, document in zip(old, documents, strict=True)
        if "profile" not in (document or {})
    ]
    held = contents_at(db, Family.CUSTOMERS, complete) if absent else None
    ids = {place: parts[place].company for place in absent}
    return {place for place, one in ids.items() if held is not None and held.lacks(one, one)}


def with_stamps(db: Client, parts: dict[str, CompanyPart], as_of: str) -> dict[str, CompanyPart]:
    """The parts as a snapshot of `as_of` tells them, where doors apart have to have the same stamp."""
    many = {
        place: one
        for place, one in parts.items()
        if as_of and isinstance(one.part, Profile) and has_many_doors(one.part)
    }
    documents = read_all(db, [companies.reference(db, one.company) for one in many.values()])
    told = {
        place: CompanyPart(one.company, _part_of_snapshot(db, document, one, as_of))
        for (place, one), document in zip(many.items(), documents, strict=True)
    }
    return parts | told


def _part_of_snapshot(
    db: Client, stored: Document | None, one: CompanyPart, as_of: str
) -> Profile | Credit:
    """The profile, with the snapshot's stamp where it or one of its doors is not as it is stored."""
    told = beside(stored, one.part, as_of)
    before = str((stored or {}).get("profile", {}).get("stamp", ""))
    if not isinstance(told, Profile) or not told.stamp <= before < as_of:
        return told
    is_whole = _has_doors(db, one.company, told)
    return told if is_whole else told.model_copy(update={"stamp": as_of})


def _has_doors(db: Client, company: str, told: Profile) -> bool:
    """Whether the doors that are documents are those that SAP tells, each as it tells it."""
    known = doors.collection(db, company).order_by("__name__")
    stored = {read.id: read.data() for read in find_each(db, known)}
    return stored.keys() == told.doors.keys() and not any(
        door_sides(stored[id_], document_of(door, ""), company) for id_, door in told.doors.items()
    )


def records_of(parts: Mapping[str, CompanyPart]) -> dict[str, int]:
    """How many records each place is: the customer, and each door that is a document of its own."""
    return {
        place: 1 + len(one.part.doors)
        for place, one in parts.items()
        if isinstance(one.part, Profile) and has_many_doors(one.part)
    }
