"""Stores a person, and who of each company decides about its people: `admins/{company}`."""

from google.cloud.firestore import Client

from shared.optimistic import Attempt
from shared.person.model import Person
from shared.person.repository import parse, reference
from shared.problem import Problem
from shared.store import to_document
from shared.text.folding import fold
from shared.text.message import N_


class LastAdminProblem(Problem):
    """A company without an admin could never again decide who belongs to it."""

    status = 409
    code = "last_admin"
    text = N_(
        "This is the last administrator of your company. Make somebody else an administrator first."
    )


def read_in(attempt: Attempt, db: Client, uid: str) -> Person | None:
    """`read` within an attempt."""
    [document] = attempt.read([reference(db, uid)])
    return parse(document)


def save(attempt: Attempt, db: Client, person: Person) -> Person:
    """Store the person in their next revision, and for each company whether they are its admin.

    Raises:
        LastAdminProblem: a company would lose its last admin.
    """
    before = read_in(attempt, db, person.uid)
    earlier = before.companies if before else {}
    for company in sorted({*earlier, *person.companies}):
        was = before is not None and before.is_admin_of(company)
        if was != person.is_admin_of(company):
            _save_admins(attempt, db, company, person)
    saved = person.model_copy(update={"revision": (before.revision if before else 0) + 1})
    own = reference(db, person.uid)
    [stored] = attempt.read([own])
    sorted_by = {"company_ids": sorted(saved.companies), "sort_name": fold(saved.name)}
    attempt.save(own, stored, {**(stored or {}), **to_document(saved), **sorted_by})
    return saved


def _save_admins(attempt: Attempt, db: Client, company: str, person: Person) -> None:
    """One document for all admins of a company, so that of two who leave at once the second is
    told."""
    own = db.collection("admins").document(company)
    [stored] = attempt.read([own])
    others = {*(stored or {}).get("uids", ())} - {person.uid}
    if person.is_admin_of(company):
        others.add(person.uid)
    if not others:
        raise LastAdminProblem
    attempt.save(own, stored, {"uids": sorted(others)})
