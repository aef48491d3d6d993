"""Doors whose addresses come in messages of their own, before their company's or after it.

A company's message notes the company at each of its ship-tos and takes the addresses that are there; a
ship-to's message brings its address to all companies that are noted. Each writes its own first and
then looks for the other's, so whichever comes last has both. Repeating either does no harm.
"""

from collections.abc import Iterable
from functools import partial

from google.cloud.firestore import Client, DocumentReference

from shared.company import doors
from shared.company import repository as companies
from shared.company.door_search import document_of
from shared.company.model import Door, DoorDocument, Profile
from shared.company.ship_to import ShipTo, ShipToDocument, with_address
from shared.event.awaited import awaited_name
from shared.event.verdict import Verdict, judge, stamp_by_snapshot
from shared.event.writing import Change, Written, newer, write_changes
from shared.reconciliation.recording import sides as differing
from shared.reconciliation.snapshot import Sides
from shared.store import Document, read_all, to_document

Places = dict[str, ShipTo]

Awaits = dict[str, list[str]]
"""What a message's parts wait for, by their place."""


def reference(db: Client, ship_to: str) -> DocumentReference:
    """Where a ship-to is."""
    return db.collection("ship_tos").document(ship_to)


def note_company(db: Client, company: str, profile: Profile) -> Profile:
    """The profile with its doors at the addresses that are known; the company is noted at each."""
    ids = [door.id for door in profile.doors.values() if door.id != company]
    write_changes(db, [Change(reference(db, one), partial(_noted, company=company)) for one in ids])
    known = _places(db, ids)
    at = {
        id_: with_address(door, known[id_]) if id_ in known else door
        for id_, door in profile.doors.items()
    }
    return profile.model_copy(update={"doors": at})


def change_of(db: Client, origin: str, new: ShipTo, awaits: Awaits, as_of: str = "") -> Change:
    """The change of a ship-to by its own message; without a company that has it, it waits for one.

    `as_of`: a full snapshot of then tells it; empty for a change.
    """

    def verdict(stored: Document | None) -> Verdict:
        has_company = bool(ShipToDocument.model_validate(stored or {}).companies)
        awaits[origin] = [] if has_company else [awaited_name("sold_to", new.id)]
        return judge((stored or {}).get("place"), beside(stored))

    def beside(stored: Document | None) -> ShipTo:
        return stamp_by_snapshot((stored or {}).get("place"), new, as_of)

    def sides(stored: Document | None) -> list[Sides]:
        is_mended = verdict(stored) is Verdict.APPLIED
        before = (stored or {}).get("place")
        return differing(new.id, before, to_document(new)) if is_mended else []

    return Change(
        reference(db, new.id),
        lambda stored: _with_place(stored, beside(stored)),
        origin=origin,
        verdict=verdict,
        sides=sides if as_of else None,
    )


def bring_places(db: Client, ship_tos: Iterable[str]) -> Written:
    """Give the doors of all companies that have one of the ship-tos the addresses of these."""
    ids = list(ship_tos)
    total = Written()
    for id_, document in zip(ids, read_all(db, [reference(db, one) for one in ids]), strict=True):
        known = ShipToDocument.model_validate(document or {})
        if known.place:
            for company in sorted(known.companies):
                total.add(bring_to(db, company, {id_: known.place}))
    return total


def bring_to(db: Client, company: str, places: Places) -> Written:
    """Give a company's doors their addresses."""
    written = write_changes(
        db,
        [Change(companies.reference(db, company), partial(_with_doors, places=places))],
        "companies",
    )
    apart = [
        Change(doors.reference(db, company, id_), partial(_with_door, place=place))
        for id_, place in places.items()
    ]
    written.add(write_changes(db, apart))
    return written


def known_places(db: Client, company: str, profile: Profile) -> Places:
    """The addresses of a company's doors that are known."""
    return _places(db, [id_ for id_ in profile.doors if id_ != company])


def _places(db: Client, ids: list[str]) -> Places:
    documents = read_all(db, [reference(db, one) for one in ids])
    found = {
        id_: ShipToDocument.model_validate(document).place
        for id_, document in zip(ids, documents, strict=True)
        if document
    }
    return {id_: place for id_, place in found.items() if place}


def _noted(stored: Document | None, company: str) -> Document | None:
    known = ShipToDocument.model_validate(stored or {})
    if company in known.companies:
        return None
    return {**(stored or {}), "companies": {**known.companies, company: True}}


def _with_place(stored: Document | None, new: ShipTo) -> Document | None:
    document = stored or {}
    if not newer(document.get("place"), new.stamp):
        return None
    return {**document, "place": to_document(new)}


def _with_doors(stored: Document | None, places: Places) -> Document | None:
    if not stored or "profile" not in stored:
        return None
    changed = {
        id_: to_document(with_address(Door.model_validate(door), places[id_]))
        for id_, door in stored["profile"]["doors"].items()
        if id_ in places
    }
    kept = {**stored["profile"]["doors"], **changed}
    if kept == stored["profile"]["doors"]:
        return None
    return {**stored, "profile": {**stored["profile"], "doors": kept}}


def _with_door(stored: Document | None, place: ShipTo) -> Document | None:
    if stored is None:
        return None
    door = DoorDocument.model_validate(stored)
    new = to_document(document_of(with_address(Door(**door.model_dump()), place), door.stamp))
    changed = {**stored, **new}
    return None if changed == stored else changed
