"""The people of a company, as its admins see and change them."""

from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client, FieldFilter

from functions.accounts.schema import PeoplePage, PeopleQuery, PersonChange, PersonView
from shared import audit
from shared.audit import Action, Doer
from shared.identity.caller import Caller, Role
from shared.optimistic import Attempt, optimistically
from shared.paging import stale_cursor
from shared.person.model import Membership, Person
from shared.person.repository import read, reference
from shared.person.saving import read_in, save
from shared.problem import NotFoundProblem, Problem
from shared.store import find_all, read_all
from shared.text.message import N_


class PersonChangedProblem(Problem):
    """Somebody changed the person since the caller read them; carries their `etag` of now."""

    status = 412
    code = "person_changed"
    text = N_("Somebody else changed this person meanwhile. Please look again.")


@dataclass(frozen=True)
class Whom:
    """Whom a decision is about: where that is stored, and their name."""

    object: str
    name: str


@dataclass(frozen=True)
class Deciding:
    """Which admin decides, and when."""

    caller: Caller
    now: datetime

    def tell(
        self, attempt: Attempt, db: Client, action: Action, whom: Whom, before: str, after: str
    ) -> None:
        """Tell of what is done, in its commit."""
        who = self.caller
        entry = Doer(who.name, self.now, uid=who.uid, kind=who.actor.kind).entry(
            action,
            whom.object,
            company=who.company,
            about=whom.name,
            before=before,
            after=after,
        )
        audit.tell_with(attempt, db, entry)


def list_people(db: Client, caller: Caller, query: PeopleQuery) -> PeoplePage:
    """A page of the company's people by name, reps of the brand left out.

    Raises:
        InvalidInputProblem: the cursor is none of a page before.
    """
    found = (
        db.collection("people")
        .where(filter=FieldFilter("company_ids", "array_contains", caller.company))
        .order_by("sort_name")
        .order_by("__name__")
        .limit(query.limit + 1)
    )
    if query.cursor is not None:
        [last] = read_all(db, [reference(db, query.cursor)])
        if last is None or caller.company not in last["company_ids"]:
            raise stale_cursor()
        own = reference(db, query.cursor)
        found = found.start_after({"sort_name": last["sort_name"], "__name__": own})
    reads = find_all(db, found)
    people = [Person.model_validate(one.data()) for one in reads[: query.limit]]
    items = [view(one, caller) for one in people if _is_companys(one, caller.company)]
    return PeoplePage(
        items=items, next=reads[query.limit - 1].id if len(reads) > query.limit else None
    )


def read_person(db: Client, caller: Caller, uid: str) -> PersonView:
    """One of the company's people.

    Raises:
        NotFoundProblem: nobody of this id is one.
    """
    return view(_member(read(db, uid), caller.company), caller)


def change_person(
    db: Client, deciding: Deciding, uid: str, change: PersonChange, if_match: str | None
) -> PersonView:
    """Give somebody another role, or suspend or reinstate them; it holds at their next request.

    Raises:
        NotFoundProblem: nobody of this id is one of the company's people.
        PersonChangedProblem: `if_match` is not their revision of now.
        LastAdminProblem: the company would be without an admin.
    """
    caller = deciding.caller

    def body(attempt: Attempt) -> Person:
        before = _member(read_in(attempt, db, uid), caller.company)
        if if_match != _etag(before):
            raise PersonChangedProblem(extra={"etag": _etag(before)})
        old = before.companies[caller.company]
        new = old.model_copy(update=change.model_dump(exclude_none=True))
        if new == old:
            return before
        companies = {**before.companies, caller.company: new}
        whom = Whom(f"people/{uid}", before.name)
        deciding.tell(attempt, db, Action.CHANGE_PERSON, whom, _role_text(old), _role_text(new))
        return save(attempt, db, before.model_copy(update={"companies": companies}))

    return view(optimistically(db, body), caller)


def remove_person(db: Client, deciding: Deciding, uid: str) -> None:
    """Let somebody belong to the company no longer; what they did there bears their name still.

    Raises:
        NotFoundProblem: nobody of this id is one of the company's people.
        LastAdminProblem: the company would be without an admin.
    """
    company = deciding.caller.company

    def body(attempt: Attempt) -> None:
        before = _member(read_in(attempt, db, uid), company)
        told = _role_text(before.companies[company])
        whom = Whom(f"people/{uid}", before.name)
        deciding.tell(attempt, db, Action.REMOVE_PERSON, whom, told, "")
        save(attempt, db, before.without(company))

    optimistically(db, body)


def view(person: Person, caller: Caller) -> PersonView:
    """The person as an admin of the caller's company sees them."""
    membership = person.companies[caller.company]
    return PersonView(
        uid=person.uid,
        name=person.name,
        email=person.email,
        role=membership.role,
        suspended=membership.suspended,
        since=membership.since,
        let_in_by=membership.by,
        is_you=person.uid == caller.uid,
        etag=_etag(person),
    )


def _member(person: Person | None, company: str) -> Person:
    if person is None or not _is_companys(person, company):
        raise NotFoundProblem
    return person


def _is_companys(person: Person, company: str) -> bool:
    """Whether the company decides about the person: of reps, the brand does."""
    return company in person.companies and person.companies[company].role is not Role.REP


def _etag(person: Person) -> str:
    return f'"{person.revision}"'


def _role_text(membership: Membership) -> str:
    return f"{membership.role}{', suspended' if membership.suspended else ''}"
