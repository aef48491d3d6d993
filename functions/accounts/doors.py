"""The doors of a company, a page at a time: out of its profile, or documents of their own."""

import re

from google.cloud.firestore import Client, FieldFilter

from functions.accounts.schema import DoorPage, DoorQuery
from shared.company import doors
from shared.company.door_search import place_of, term_of, terms_of
from shared.company.model import Company, Door, DoorDocument
from shared.problem import Fault, InvalidInputProblem
from shared.store import find_all, read_all
from shared.text.message import N_, Message

_NUMBER = re.compile(r"[0-9A-Za-z]{1,18}")


def door_page(db: Client, company: Company, query: DoorQuery) -> DoorPage:
    """A page of the company's doors, or of those that `query.q` finds.

    Raises:
        InvalidInputProblem: the cursor is none of a page before.
    """
    if company.doors_apart:
        return _stored_page(db, company, query)
    return _profile_page(company, query)


def _profile_page(company: Company, query: DoorQuery) -> DoorPage:
    term = term_of(query.q)
    found = [d for d in company.profile.doors.values() if not term or term in terms_of(d)]
    ordered = sorted(found, key=place_of)
    start = 0
    if query.cursor is not None:
        ids = [door.id for door in ordered]
        if query.cursor not in ids:
            raise _no_cursor()
        start = ids.index(query.cursor) + 1
    more = start + query.limit < len(ordered)
    items = ordered[start : start + query.limit]
    return DoorPage(items=items, next=items[-1].id if more else None)


def _stored_page(db: Client, company: Company, query: DoorQuery) -> DoorPage:
    found = doors.collection(db, company.id).order_by("place").limit(query.limit + 1)
    if term := term_of(query.q):
        found = found.where(filter=FieldFilter("terms", "array_contains", term))
    if query.cursor is not None:
        found = found.start_after({"place": _read_door(db, company, query.cursor).place})
    reads = find_all(db, found)
    # While a message about the company is taken in, a page may have fewer doors than asked.
    items = [door for read in reads[: query.limit] if (door := doors.parse(read.data(), company))]
    more = len(reads) > query.limit
    return DoorPage(
        items=[Door.model_validate(door.model_dump()) for door in items],
        next=reads[query.limit - 1].id if more else None,
    )


def _read_door(db: Client, company: Company, door: str) -> DoorDocument:
    # What can't be a number may be no document's id, or another's path.
    references = [doors.reference(db, company.id, door)] if _NUMBER.fullmatch(door) else []
    for document in read_all(db, references):
        if found := doors.parse(document, company):
            return found
    raise _no_cursor()


def _no_cursor() -> InvalidInputProblem:
    text = Message(N_("This is not valid."))
    return InvalidInputProblem((Fault("invalid", "/cursor", text, "query"),))
