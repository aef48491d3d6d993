"""An approver names a deputy, and reads for whom they are one themselves."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from google.cloud.firestore import Client, FieldFilter

from functions.orders.approving.schema import DeputiesView, DeputyInput, DeputyView
from shared import audit
from shared.approval import deputies
from shared.approval.deciding import APPROVERS
from shared.approval.deputies import Deputies, Deputy, with_deputy
from shared.audit import Action, AuditEntry, Doer
from shared.company import repository as companies
from shared.identity.caller import Caller
from shared.market.day import business_day, market_of
from shared.optimistic import Attempt, optimistically
from shared.person.model import Person
from shared.problem import Fault, InvalidInputProblem, Problem
from shared.store import find_all, read_all
from shared.text.message import N_, Message

LONGEST = timedelta(days=366)
"""That somebody is away."""


class TooManyDeputiesProblem(Problem):
    """The company's document has no room for one more."""

    status = 422
    code = "too_many_deputies"
    text = N_("Too many people of your company have a deputy already.")


def read_deputies(db: Client, caller: Caller, now: datetime) -> DeputiesView:
    """The caller's deputy, and for whom the caller decides."""
    [document] = read_all(db, [deputies.reference(db, caller.company)])
    known = deputies.parse(document)
    return _view(with_deputy(known, "", None, now) if known else None, caller)


def save_deputy(
    db: Client, caller: Caller, wanted: DeputyInput | None, now: datetime
) -> DeputiesView:
    """Another deputy of the caller's, or none, told in the audit log.

    Raises:
        InvalidInputProblem: with every fault of `wanted`.
        TooManyDeputiesProblem: there is no room for one more.
    """
    person = _find(db, caller, wanted.email) if wanted else None

    def body(attempt: Attempt) -> Deputies:
        own = deputies.reference(db, caller.company)
        company_document, document = attempt.read([companies.reference(db, caller.company), own])
        market = market_of(companies.parse(caller.company, company_document))
        before = deputies.parse(document)
        known = Deputies(company=caller.company, market=market.country)
        if before is not None:
            known = before.model_copy(update={"market": market.country})
        if wanted and (faults := (*_faults(wanted, person, business_day(market, now)),)):
            raise InvalidInputProblem(faults)
        after = with_deputy(known, caller.uid, _deputy(caller, person, wanted), now)
        if len(after.deputies) > deputies.MOST:
            raise TooManyDeputiesProblem
        attempt.save_model(own, after)
        audit.tell_with(attempt, db, _entry(known, after, caller, now))
        return after

    return _view(optimistically(db, body), caller)


def _find(db: Client, caller: Caller, email: str) -> Person | None:
    """Who of the company may approve under this address; never the caller."""
    found = (
        db.collection("people")
        .where(filter=FieldFilter("company_ids", "array_contains", caller.company))
        .where(filter=FieldFilter("email", "in", sorted({email, email.lower()})))
        .limit(1)
    )
    for one in find_all(db, found):
        person = Person.model_validate(one.data())
        if person.uid != caller.uid and person.roles.get(caller.company) in APPROVERS:
            return person
    return None


def _faults(wanted: DeputyInput, person: Person | None, today: date) -> Iterator[Fault]:
    if person is None:
        text = N_("This is none of your company's other approvers and administrators.")
        yield Fault("no_approver", "/deputy/email", Message(text))
    if wanted.until < max(wanted.since, today):
        text = N_("This day is before the first one, or over.")
        yield Fault("too_early", "/deputy/until", Message(text))
    if wanted.until - wanted.since > LONGEST:
        yield Fault("too_late", "/deputy/until", Message(N_("This is more than a year.")))


def _deputy(caller: Caller, person: Person | None, wanted: DeputyInput | None) -> Deputy | None:
    if person is None or wanted is None:
        return None
    return Deputy(
        uid=person.uid,
        name=person.name,
        of=caller.uid,
        of_name=caller.name,
        since=wanted.since,
        until=wanted.until,
    )


def _view(known: Deputies | None, caller: Caller) -> DeputiesView:
    there = known.deputies if known else []
    mine = [_one(each) for each in there if each.of == caller.uid]
    others = [_one(each) for each in there if each.uid == caller.uid]
    return DeputiesView(mine=mine[0] if mine else None, of_others=others)


def _one(each: Deputy) -> DeputyView:
    return DeputyView(name=each.name, of_name=each.of_name, since=each.since, until=each.until)


def _entry(before: Deputies, after: Deputies, caller: Caller, now: datetime) -> AuditEntry:
    return Doer(caller.name, now, uid=caller.uid, kind=caller.actor.kind).entry(
        Action.NAME_DEPUTY,
        f"approval_deputies/{caller.company}",
        company=caller.company,
        about=caller.name,
        before=_in_words(before, caller.uid),
        after=_in_words(after, caller.uid),
    )


def _in_words(known: Deputies, of: str) -> str:
    own = [one for one in known.deputies if one.of == of]
    return ", ".join(f"{one.name} {one.since} - {one.until}" for one in own)
