"""Who calls, and what they chose: `users/{uid}`."""

from datetime import datetime

from babel import Locale
from google.cloud.firestore import SERVER_TIMESTAMP, Client, DocumentReference
from pydantic import BaseModel

from functions.accounts import invitations
from functions.accounts.formats import formats
from functions.accounts.schema import Me, Membership, Preferences
from shared.company import repository as companies
from shared.company.model import Company
from shared.identity.caller import Claims
from shared.problem import Fault, InvalidInputProblem, NotFoundProblem
from shared.store import Document, read_all
from shared.text.locale import LOCALES
from shared.text.message import N_, Message

_OTHERWISE_CURRENCY = "EUR"


class User(BaseModel):
    """`users/{uid}`: a person's choices."""

    language: str | None = None
    default_company: str | None = None


def read_me(db: Client, claims: Claims, negotiated: Locale, now: datetime) -> Me:
    """The person with their companies' names, all in one read, and what they are invited to.

    A company that SAP has not sent, or has deleted, is left out: nobody can act for it.
    """
    ids = sorted(claims.companies)
    references = [companies.reference(db, id_) for id_ in ids]
    document, *found = read_all(db, [_reference(db, claims.uid), *references])
    user = User.model_validate(document or {})
    known = {
        id_: company for id_, doc in zip(ids, found, strict=True) if (company := _company(id_, doc))
    }
    default = user.default_company if user.default_company in known else None
    example = known[default] if default else next(iter(known.values()), None)
    locale = _locale(user, example, negotiated)
    return Me(
        uid=claims.uid,
        email=claims.email,
        name=claims.name,
        brand_role=claims.brand_role,
        companies=sorted(
            (
                Membership(id=id_, name=company.profile.name, role=claims.companies[id_])
                for id_, company in known.items()
            ),
            key=lambda one: (one.name.casefold(), one.id),
        ),
        invitations=invitations.mine(db, claims, now),
        default_company=default,
        language=str(locale).replace("_", "-"),
        formats=formats(locale, now, example.profile.currency if example else _OTHERWISE_CURRENCY),
    )


def _locale(user: User, company: Company | None, negotiated: Locale) -> Locale:
    """The person's choice, else the language of the company, as its country writes it where the
    browser asks for it so, else the browser's."""
    if user.language:
        return Locale.parse(user.language, sep="-")
    spoken = company.profile.language if company else ""
    if spoken == negotiated.language or spoken not in LOCALES:
        return negotiated
    return Locale.parse(spoken)


def choose(db: Client, claims: Claims, preferences: Preferences) -> None:
    """Store the fields that were sent; doing it twice changes nothing more.

    Raises:
        InvalidInputProblem: the default company is not one of the person's.
    """
    chosen = preferences.model_dump(exclude_unset=True)
    company = chosen.get("default_company")
    if company is not None and company not in claims.companies:
        text = Message(N_("This is not one of your companies."))
        raise InvalidInputProblem((Fault("unknown_company", "/default_company", text),))
    if chosen:
        # Only these fields, so that two changes at once don't undo each other.
        _reference(db, claims.uid).set({**chosen, "updated_at": SERVER_TIMESTAMP}, merge=True)


def _reference(db: Client, uid: str) -> DocumentReference:
    return db.collection("users").document(uid)


def _company(id_: str, document: Document | None) -> Company | None:
    try:
        return companies.parse(id_, document)
    except NotFoundProblem:
        return None
