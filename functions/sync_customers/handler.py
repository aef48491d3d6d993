"""Customers become companies' profiles, credit figures their credit."""

from functools import partial

import structlog
from google.cloud.firestore import Client

from functions.sync_customers.merge import merge
from shared.company import repository as companies
from shared.company.model import Profile
from shared.event.message import SapMessage
from shared.event.writing import Change, write_changes
from shared.sap.customers import credit, profile
from shared.sap.idoc import read_packet


def apply(db: Client, message: SapMessage) -> None:
    """Store what is newer of the message's profiles and credit figures.

    Raises:
        UntranslatableMessageError: nothing was stored.
    """
    parts = read_packet(message.data, {"DEBMAS": profile, "ZCREDIT": credit})
    written = write_changes(
        db,
        [
            Change(
                companies.reference(db, part.company),
                partial(merge, new=part.part),
                # The catalog shows no credit, so only a profile is a change to it.
                announced=isinstance(part.part, Profile),
            )
            for part in parts
        ],
        "companies",
    )
    structlog.get_logger().info("applied", received=len(parts), written=written)
