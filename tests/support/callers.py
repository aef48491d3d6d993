"""Whoever may call Sellin, and whom a route lets in: the columns of the authorization matrix."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.cloud.firestore import Client

from shared.identity.caller import BrandRole, Role
from shared.person.granting import grant, remove
from shared.person.model import Person
from tests.factories.assortment import NOW
from tests.support import small_world as world
from tests.support.services import MACHINE, brand_person, make_app, person, send, unhurried

Refusal = tuple[int, str]
"""Status and code of a problem."""

UNAUTHENTICATED: Refusal = (401, "unauthenticated")
UNKNOWN: Refusal = (404, "not_found")
UNNAMED: Refusal = (400, "company_required")
ROLE: Refusal = (403, "role_not_allowed")
DESK: Refusal = (403, "brand_role_required")

COMPANYS = frozenset(Role) - {Role.REP}
ROLES: Mapping[str, frozenset[Role]] = {
    "readers": frozenset(Role),
    "writers": frozenset(Role) - {Role.VIEWER},
    "approvers": frozenset({Role.APPROVER, Role.ADMIN}),
    "admins": frozenset({Role.ADMIN}),
    "reps": frozenset({Role.REP}),
}
BRAND_ROLES: Mapping[str, frozenset[BrandRole]] = {
    "operators": frozenset({BrandRole.OPERATOR, BrandRole.BRAND_ADMIN}),
    "brand_admins": frozenset({BrandRole.BRAND_ADMIN}),
}


@dataclass(frozen=True)
class Somebody:
    """Who calls: what they send, and what they are, or how they are refused, in a company's routes.

    `company` is the one that they act for where they are let in.
    """

    name: str
    token: str = ""
    named: str | None = None
    inside: Role | Refusal = UNNAMED
    company: str = ""
    desk: BrandRole | None = None
    known: bool = True

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say who calls, for which company."""
        sent = {"Authorization": self.token} if self.token else {}
        return sent | ({"X-Company": self.named} if self.named else {})

    @property
    def uid(self) -> str:
        """The user id that their token says."""
        return str(json.loads(self.token.removeprefix("Bearer "))["uid"])

    def refused(self, row: str) -> Refusal | None:
        """How the operations of such a row refuse them; None: they let them in."""
        if row == "machine":
            return None if self.name == "machine" else UNAUTHENTICATED
        if not self.known:
            return UNAUTHENTICATED
        if row == "anyone":
            return None
        if row in BRAND_ROLES:
            return None if self.desk in BRAND_ROLES[row] else DESK
        if not isinstance(self.inside, Role):
            return self.inside
        return None if self.inside in ROLES[row] else ROLE


def everybody(db: Client) -> list[Somebody]:
    """All columns of the matrix; who was suspended or removed was so a moment ago."""
    return [
        Somebody("nobody", known=False),
        Somebody("forged token", "Bearer forged", known=False),
        Somebody("machine", f"Bearer {MACHINE}", known=False),
        Somebody("person of no company", person({})),
        Somebody("person of no company, naming one", person({}), world.COMPANY, UNKNOWN),
        *(one for role in Role for one in _of_companies(role)),
        *(one for role in BrandRole for one in _of_brand(role)),
        *_sent_away(db),
    ]


def _of_companies(role: Role) -> Iterator[Somebody]:
    own, other = world.COMPANY, world.OTHER_COMPANY
    mine, both = person({own: role}), person({own: role, other: Role.ADMIN})
    yield Somebody(f"{role}", mine, None, role, own)
    yield Somebody(f"{role}, naming the company", mine, own, role, own)
    yield Somebody(f"{role}, admin elsewhere", both, own, role, own)
    yield Somebody(f"{role}, admin elsewhere, naming neither", both, None, UNNAMED)
    yield Somebody(f"{role} of a stranger", person({other: role}), own, UNKNOWN)


def _of_brand(role: BrandRole) -> Iterator[Somebody]:
    yield Somebody(f"brand's {role}", brand_person(role), desk=role)
    yield Somebody(
        f"brand's {role}, naming a company", brand_person(role), world.COMPANY, UNKNOWN, desk=role
    )
    # A claim that somebody of a company was given by mistake opens nothing either.
    mixed = brand_person(role, {world.COMPANY: Role.BUYER})
    yield Somebody(f"buyer with the claim {role}", mixed, None, Role.BUYER, world.COMPANY)


def _sent_away(db: Client) -> Iterator[Somebody]:
    """People whose tokens still say what they were."""
    _let_in(db, "ada", Role.ADMIN)
    for role in sorted(COMPANYS):
        for verb, body in (("suspended", {"suspended": True}), ("removed", None)):
            uid = f"{verb}-{role}"
            _let_in(db, uid, role)
            _decide(db, uid, body)
            token = person({world.COMPANY: role}, uid)
            yield Somebody(f"{role}, {verb}", token, None, UNNAMED)
            yield Somebody(f"{role}, {verb}, naming the company", token, world.COMPANY, UNKNOWN)
    _let_in(db, "lowered", Role.ADMIN)
    _decide(db, "lowered", {"role": Role.VIEWER})
    lowered = person({world.COMPANY: Role.ADMIN}, "lowered")
    yield Somebody("admin until now, viewer", lowered, None, Role.VIEWER, world.COMPANY)
    _let_in(db, "rik", Role.REP)
    remove(db, "rik", world.COMPANY, lambda _: None)
    rep = person({world.COMPANY: Role.REP}, "rik")
    yield Somebody("rep, no longer assigned", rep, world.COMPANY, UNKNOWN)


def _let_in(db: Client, uid: str, role: Role) -> None:
    somebody = Person(uid=uid, email=f"{uid}@example.com", name=uid.title())
    grant(db, somebody, {world.COMPANY: role}, "The brand", NOW, lambda _: None)


def _decide(db: Client, uid: str, body: Mapping[str, Any] | None) -> None:
    """What an admin does with a person of the company: a change, or None to remove them."""
    app = make_app("accounts", db, unhurried(NOW))
    headers = {"Authorization": person({}, "ada"), "If-Match": '"1"'}
    method = "DELETE" if body is None else "PATCH"
    reply = send(app, method, f"/v1/accounts/company/people/{uid}", headers, body)
    assert reply.status < 300, reply
