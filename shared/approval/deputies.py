"""Who decides in an approver's place while they are away, pure but for where it is stored.

An approver names one deputy, for days of the company's market, among those of the company who may
approve. On these days the deputy's word counts wherever the approver is named and has not decided, and
the decision says so. A deputy keeps what they may do by themselves; in one level nobody counts twice, so
who is named there, or has decided there, decides for nobody else. Nobody decides about their own orders,
as a deputy neither. Who may not approve themselves any more, as they left the company, have another role
or are suspended, is represented by nobody. That admins step in after half of the time stays as it is.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from google.cloud.firestore import Client, DocumentReference
from pydantic import BaseModel

from shared.approval.deciding import APPROVERS
from shared.identity.caller import Caller
from shared.market.day import business_day
from shared.market.model import MARKETS
from shared.person import repository as people
from shared.store import Document, read_all

MOST = 200
"""Approvers of a company who have a deputy at once."""


class Deputy(BaseModel):
    """Who decides in whose place, from a day to a day, both included."""

    uid: str
    name: str
    of: str
    of_name: str
    since: date
    until: date


class Deputies(BaseModel):
    """`approval_deputies/{company}`: those of today and later, one of each approver."""

    company: str
    market: str
    deputies: list[Deputy] = []


def reference(db: Client, company: str) -> DocumentReference:
    """Where a company's deputies are."""
    return db.collection("approval_deputies").document(company)


def parse(document: Document | None) -> Deputies | None:
    """The company's deputies; None where nobody ever had one."""
    return None if document is None else Deputies.model_validate(document)


def read_stands_for(db: Client, caller: Caller, now: datetime) -> dict[str, str]:
    """For whom the caller decides today, too: names by user id."""
    [document] = read_all(db, [reference(db, caller.company)])
    named = stands_for(parse(document), caller.uid, now)
    return who_approve(named, caller.company, read_all(db, references_of(db, named)))


def references_of(db: Client, named: Iterable[str]) -> list[DocumentReference]:
    """What is stored of these people."""
    return [people.reference(db, uid) for uid in named]


def who_approve(
    named: Mapping[str, str], company: str, stored: Iterable[Document | None]
) -> dict[str, str]:
    """Those of `named` who may approve for the company now, by what is stored of each.

    Of whom nothing is stored Identity Platform says it, who is not asked about somebody else.
    """
    found = dict(zip(named, map(people.parse, stored), strict=True))
    return {
        uid: name
        for uid, name in named.items()
        if (person := found[uid]) is None or person.roles.get(company) in APPROVERS
    }


def stands_for(known: Deputies | None, uid: str, now: datetime) -> dict[str, str]:
    """For whom this person decides on the day of `now`, too: names by user id."""
    if known is None:
        return {}
    today = business_day(MARKETS[known.market], now)
    return {
        one.of: one.of_name
        for one in known.deputies
        if one.uid == uid and one.since <= today <= one.until
    }


def with_deputy(known: Deputies, of: str, deputy: Deputy | None, now: datetime) -> Deputies:
    """The deputies with another one of this approver, or none; without those whose time is over."""
    today = business_day(MARKETS[known.market], now)
    kept = [one for one in known.deputies if one.of != of and one.until >= today]
    return known.model_copy(update={"deputies": kept if deputy is None else [*kept, deputy]})
