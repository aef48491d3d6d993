"""Customers become companies' profiles, credit figures their credit."""

from functools import partial

from google.cloud.firestore import Client

from functions.sync_customers.doors import delete_old_doors, write_doors
from functions.sync_customers.merge import has_many_doors, merge, verdict
from shared.company import repository as companies
from shared.company.model import Credit, Profile
from shared.event.message import SapMessage
from shared.event.outcome import Outcome, outcome_of
from shared.event.writing import Change, write_changes
from shared.sap.customers import credit, profile
from shared.sap.idoc import read_packet
from shared.sap.source_system import SourceSystem
from shared.store import Document
from shared.vat.request import VatRequest


def apply(
    db: Client, system: SourceSystem, message: SapMessage
) -> tuple[Outcome, list[VatRequest]]:
    """Store what is newer of the message's profiles and credit figures.

    Returns what became of them, and whose VAT ids VIES is to be asked for.

    Raises:
        UntranslatableMessageError: it is no message of IDocs; nothing was stored.
    """
    packet = read_packet(message, system, {"DEBMAS": profile, "ZCREDIT": credit})
    profiles = [
        (taken.place, taken.says.company, taken.says.part)
        for taken in packet.taken
        if isinstance(taken.says.part, Profile)
    ]
    doors = [write_doors(db, company, one, place) for place, company, one in profiles]
    with_documents = {company for _, company, one in profiles if has_many_doors(one)}

    due: dict[str, VatRequest] = {}

    def merge_and_note(
        stored: Document | None, company: str, part: Profile | Credit
    ) -> Document | None:
        # Noted again whenever it is tried again, so a company that has few doors now, after
        # many, needs no read of its own to be known.
        if stored and stored.get("door_documents") and isinstance(part, Profile):
            with_documents.add(company)
        merged = merge(stored, part)
        if isinstance(part, Profile) and merged and merged.get("vat_due_at"):
            due[company] = VatRequest(company, part.stamp)
        return merged

    written = write_changes(
        db,
        [
            Change(
                companies.reference(db, taken.says.company),
                partial(merge_and_note, company=taken.says.company, part=taken.says.part),
                # The catalog shows no credit, so only a profile is a change to it.
                announced=isinstance(taken.says.part, Profile),
                origin=taken.place,
                verdict=partial(verdict, new=taken.says.part),
            )
            for taken in packet.taken
        ],
        "companies",
    )
    for company in sorted(with_documents):
        delete_old_doors(db, company)
    return outcome_of(packet, *doors, written), list(due.values())
