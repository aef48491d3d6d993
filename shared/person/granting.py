"""The brand decides who belongs to companies, without an invitation."""

from collections.abc import Callable, Mapping
from datetime import datetime

from google.cloud.firestore import Client

from shared.identity.caller import Role
from shared.optimistic import Attempt, optimistically
from shared.person.model import Membership, Person
from shared.person.saving import read_in, save

Tell = Callable[[Attempt], None]
"""Tells of what is done, in its commit."""


class NoMemberError(Exception):
    """The person does not belong to the company."""


def grant(
    db: Client, person: Person, roles: Mapping[str, Role], by: str, now: datetime, tell: Tell
) -> None:
    """Give the person these roles beside those that they have; again changes nothing.

    `person` is who they are where nothing is stored of them yet.

    Raises:
        LastAdminProblem: a company would lose its last admin.
    """

    def body(attempt: Attempt) -> None:
        before = read_in(attempt, db, person.uid) or person
        new = with_roles(before, roles, by, now)
        if new != before or not before.revision:
            save(attempt, db, new)
            tell(attempt)

    optimistically(db, body)


def remove(db: Client, uid: str, company: str, tell: Tell) -> None:
    """Let the person belong to the company no longer.

    Raises:
        NoMemberError: they do not.
        LastAdminProblem: the company would lose its last admin.
    """

    def body(attempt: Attempt) -> None:
        before = read_in(attempt, db, uid)
        if before is None or company not in before.companies:
            raise NoMemberError(f"{uid} does not belong to {company}")
        save(attempt, db, before.without(company))
        tell(attempt)

    optimistically(db, body)


def with_roles(person: Person, roles: Mapping[str, Role], by: str, now: datetime) -> Person:
    """The person with these roles; what they are already stays as it is, pure."""
    given = {
        company: Membership(role=role, since=now, by=by)
        for company, role in roles.items()
        if company not in person.companies or person.companies[company].role is not role
    }
    return person.model_copy(update={"companies": {**person.companies, **given}})
