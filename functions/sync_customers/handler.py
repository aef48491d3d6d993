"""Customers become companies' profiles, credit figures their credit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from google.cloud.firestore import Client

from functions.sync_customers.doors import delete_old_doors, write_doors
from functions.sync_customers.merge import beside, has_many_doors, merge, sides, verdict
from functions.sync_customers.ship_tos import (
    Awaits,
    bring_places,
    bring_to,
    change_of,
    known_places,
    note_company,
)
from functions.sync_customers.snapshots import (
    contents_of,
    find_deleted,
    recording,
    records_of,
    with_stamps,
)
from shared.company import repository as companies
from shared.company.model import Credit, Profile
from shared.company.ship_to import ShipTo
from shared.event.awaited import awaited_name
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, outcome_of
from shared.event.verdict import Verdict
from shared.event.writing import Change, Tally, Written, write_changes
from shared.past.terms import company_terms
from shared.reconciliation.snapshot import Sides
from shared.sap.buyer_texts import report_without_words
from shared.sap.credit import credit
from shared.sap.customers import CompanyPart, customer
from shared.sap.idoc import Idoc, read_packet
from shared.sap.source_system import SourceSystem
from shared.store import Document
from shared.vat.request import VatRequest

_TRANSLATORS: Mapping[str, Callable[[Idoc], CompanyPart | ShipTo]] = {
    "DEBMAS": customer,
    "ZCREDIT": credit,
}


def apply(
    db: Client, system: SourceSystem, message: SapMessage
) -> tuple[MessageOutcome, list[VatRequest]]:
    """Store what is newer of the message's profiles and credit figures.

    Returns what became of them, and whose VAT ids VIES is to be asked for.

    Raises:
        UntranslatableMessageError: it is no message of IDocs; nothing was stored.
    """
    packet = read_packet(message, system, _TRANSLATORS, system.customers.snapshots)
    part = recording(db, system, packet)
    as_of = packet.snapshot.as_of if packet.snapshot else ""
    ship_tos = {one.place: one.says for one in packet.taken if isinstance(one.says, ShipTo)}
    parts = {one.place: one.says for one in packet.taken if isinstance(one.says, CompanyPart)}
    _report_terms(parts.values(), system)
    gone = find_deleted(db, parts, as_of, datetime.now(UTC))
    parts = {place: one for place, one in parts.items() if place not in gone}
    if system.customers.door_groups:
        parts = {place: _with_places(db, one) for place, one in parts.items()}
    parts = with_stamps(db, parts, as_of)
    tally = part.tally if part else None
    doors = [
        write_doors(db, one.company, one.part, place, tally)
        for place, one in parts.items()
        if isinstance(one.part, Profile)
    ]
    awaits: Awaits = {}
    written, due = _write_parts(db, parts, awaits, as_of, tally)
    changes = [change_of(db, place, one, awaits, as_of) for place, one in ship_tos.items()]
    written.add(write_changes(db, changes, tally=tally))
    bring_places(db, [one.id for one in ship_tos.values()])
    if system.customers.door_groups:
        for one in parts.values():
            if isinstance(one.part, Profile):
                bring_to(db, one.company, known_places(db, one.company, one.part))
    arrived = _arrivals(parts.values())
    stale = Written(verdicts=dict.fromkeys(gone, Verdict.STALE))
    outcome = outcome_of(packet, *doors, written, stale, awaits=awaits, arrived=arrived)
    if part:
        part.finish(outcome, records_of(parts), contents_of(packet))
    return outcome, due


def _report_terms(parts: Iterable[CompanyPart], system: SourceSystem) -> None:
    """Tell whose payment terms buyers read in words that fit all, as the settings have none for them."""
    terms = (one.part.payment_terms for one in parts if isinstance(one.part, Profile))
    report_without_words("payment_terms", terms, system.buyer_texts.payment_terms)


def _arrivals(parts: Iterable[CompanyPart]) -> Iterator[str]:
    """The companies that came, which credit, own prices and ship-tos may wait for."""
    for one in parts:
        if isinstance(one.part, Profile):
            yield awaited_name("customer", one.company)
            yield from (awaited_name("sold_to", door) for door in one.part.doors)


def _with_places(db: Client, one: CompanyPart) -> CompanyPart:
    if not isinstance(one.part, Profile):
        return one
    return CompanyPart(one.company, note_company(db, one.company, one.part))


def _write_parts(
    db: Client,
    parts: Mapping[str, CompanyPart],
    awaits: Awaits,
    as_of: str,
    tally: Tally | None,
) -> tuple[Written, list[VatRequest]]:
    with_documents = {
        one.company
        for one in parts.values()
        if isinstance(one.part, Profile) and has_many_doors(one.part)
    }
    due: dict[str, VatRequest] = {}

    def merge_and_note(
        stored: Document | None, company: str, part: Profile | Credit
    ) -> Document | None:
        # Noted again whenever it is tried again, so a company that has few doors now, after
        # many, needs no read of its own to be known.
        if stored and stored.get("door_documents") and isinstance(part, Profile):
            with_documents.add(company)
        told = beside(stored, part, as_of)
        merged = merge(stored, told)
        if isinstance(part, Profile) and merged and merged.get("vat_due_at"):
            due[company] = VatRequest(company, told.stamp)
        return merged

    written = write_changes(
        db,
        [
            Change(
                companies.reference(db, one.company),
                partial(merge_and_note, company=one.company, part=one.part),
                # The catalog shows no credit, so only a profile is a change to it.
                announced=isinstance(one.part, Profile),
                origin=place,
                verdict=partial(_judge, place=place, one=one, awaits=awaits, as_of=as_of),
                sides=partial(_sides, one=one, as_of=as_of) if tally else None,
                terms=company_terms,
            )
            for place, one in parts.items()
        ],
        "companies",
        tally,
    )
    for company in sorted(with_documents):
        delete_old_doors(db, company)
    return written, list(due.values())


def _judge(
    stored: Document | None, place: str, one: CompanyPart, awaits: Awaits, as_of: str
) -> Verdict:
    """What becomes of a part; notes in `awaits` what it waits for."""
    is_early = isinstance(one.part, Credit) and "profile" not in (stored or {})
    awaits[place] = [awaited_name("customer", one.company)] if is_early else []
    return verdict(stored, beside(stored, one.part, as_of))


def _sides(stored: Document | None, one: CompanyPart, as_of: str) -> list[Sides]:
    return sides(stored, beside(stored, one.part, as_of), one.company)
