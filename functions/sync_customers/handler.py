"""Customers become companies' profiles, credit figures their credit."""

from functools import partial

import structlog
from google.cloud.firestore import Client

from functions.sync_customers.doors import delete_old_doors, write_doors
from functions.sync_customers.merge import has_many_doors, merge
from shared.company import repository as companies
from shared.company.model import Credit, Profile
from shared.event.message import SapMessage
from shared.event.writing import Change, raise_unwritable, write_changes
from shared.sap.customers import credit, profile
from shared.sap.idoc import read_packet
from shared.sap.source_system import SourceSystem
from shared.store import Document
from shared.vat.request import VatRequest


def apply(db: Client, system: SourceSystem, message: SapMessage) -> list[VatRequest]:
    """Store what is newer of the message's profiles and credit figures.

    Returns whose VAT ids VIES is to be asked for.

    Raises:
        UntranslatableMessageError: nothing was stored.
        UnwritableDocumentsError: all others were stored.
    """
    parts = read_packet(message, system, {"DEBMAS": profile, "ZCREDIT": credit}).all()
    profiles = [(one.company, one.part) for one in parts if isinstance(one.part, Profile)]
    doors = [write_doors(db, company, one) for company, one in profiles]
    with_documents = {company for company, one in profiles if has_many_doors(one)}

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
                companies.reference(db, one.company),
                partial(merge_and_note, company=one.company, part=one.part),
                # The catalog shows no credit, so only a profile is a change to it.
                announced=isinstance(one.part, Profile),
            )
            for one in parts
        ],
        "companies",
    )
    for company in sorted(with_documents):
        delete_old_doors(db, company)
    structlog.get_logger().info("applied", received=len(parts), written=written.documents)
    raise_unwritable([*doors, written])
    return list(due.values())
