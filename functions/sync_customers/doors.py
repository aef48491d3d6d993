"""Doors that are documents of their own, of companies that have many.

They are written before the profile and have its stamp. What the profile's message lacks
keeps an older stamp, so with the profile's commit, and not before, the company has exactly
the doors of that message; the others are then deleted. Whatever is repeated, late or broken
off in between ends in the same doors.
"""

from collections.abc import Iterable
from functools import partial

from google.cloud.firestore import Client, FieldFilter

from functions.sync_customers.merge import door_sides, has_many_doors, merge_door
from shared.company import doors
from shared.company import repository as companies
from shared.company.door_search import document_of
from shared.company.model import Profile
from shared.event.verdict import Verdict
from shared.event.writing import Change, Tally, Written, write_changes
from shared.optimistic import Attempt, optimistically
from shared.store import find_all

_AT_A_TIME = 200


def write_doors(
    db: Client, company: str, profile: Profile, origin: str = "", tally: Tally | None = None
) -> Written:
    """Store the doors of a profile that are newer than what is stored, if they are many.

    `origin` is the place of the IDoc that it comes from; `tally` counts what of a snapshot mends them.
    """
    if not has_many_doors(profile):
        return Written()
    documents = [document_of(door, profile.stamp) for door in profile.doors.values()]
    return write_changes(
        db,
        [
            Change(
                doors.reference(db, company, one.id),
                partial(merge_door, new=one),
                origin=origin,
                verdict=lambda _: Verdict.IGNORED,  # the profile's own says it
                sides=partial(door_sides, new=one, company=company) if tally else None,
            )
            for one in documents
        ],
        tally=tally,
    )


def delete_old_doors(db: Client, company: str) -> None:
    """Delete the doors that the stored profile does not have any more."""
    document = companies.reference(db, company).get().to_dict() or {}
    if "profile" not in document:
        return
    stamp = document["profile"]["stamp"]
    old = doors.collection(db, company).where(filter=FieldFilter("stamp", "<", stamp))
    while found := find_all(db, old.limit(_AT_A_TIME).select([])):
        ids = [read.id for read in found]
        optimistically(db, partial(_delete, db=db, company=company, ids=ids, stamp=stamp))


def _delete(attempt: Attempt, db: Client, company: str, ids: Iterable[str], stamp: str) -> None:
    references = [doors.reference(db, company, id_) for id_ in ids]
    for reference, document in zip(references, attempt.read(references), strict=True):
        if document is not None and document["stamp"] < stamp:
            attempt.delete(reference)
