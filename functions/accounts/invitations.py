"""Who is invited to join a company, and how they do."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from google.cloud.firestore import Client, FieldFilter, Query

from functions.accounts.people import Deciding, Whom
from functions.accounts.schema import (
    InvitationList,
    InvitationView,
    Invite,
    MyInvitation,
)
from shared import audit
from shared.actor import ActorKind
from shared.audit import Action, Doer
from shared.company import repository as companies
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Claims
from shared.identity.record import NoAddressError
from shared.optimistic import Attempt, optimistically
from shared.person.granting import with_roles
from shared.person.invitation import (
    INVITED_FOR,
    KEPT_FOR,
    Invitation,
    InvitationState,
    fold_email,
    parse,
    reference,
)
from shared.person.model import Person
from shared.person.saving import read_in, save
from shared.problem import Fault, InvalidInputProblem, NotFoundProblem, Problem
from shared.store import Read, find_all, read_all, to_document
from shared.text.message import N_, Message

MOST_OPEN = 200
"""Invitations of a company that can be open at a time."""

_AT_ONCE = 30
"""Addresses of a query (Firestore: values of `in`)."""

KeepAccount = Callable[[str, str], None]
"""Makes an account for an address and a name where Identity Platform has none for the address."""


class AlreadyThereProblem(Problem):
    """Whom the address belongs to is one of the company's people, or is invited already."""

    status = 409
    code = "already_there"
    text = N_("%(email)s belongs to your company, or is invited already. Nothing was changed.")


class TooManyInvitationsProblem(Problem):
    """The company has invited as many as it can at a time."""

    status = 409
    code = "too_many_invitations"
    text = N_(
        "%(most)s people are invited and have not answered, and no more are possible. "
        "Nothing was changed. Withdraw invitations that you no longer need."
    )


class InvitationEndedProblem(Problem):
    """It was answered, withdrawn, or is too old."""

    status = 409
    code = "invitation_ended"
    text = N_("This invitation has ended. Please ask for another.")


class BrandsPersonProblem(Problem):
    """Who works for the brand belongs to no company."""

    status = 409
    code = "brands_person"
    text = N_("Accounts of the brand's own people can't belong to a company.")


def invite(
    db: Client, keep_account: KeepAccount, deciding: Deciding, key: str, wanted: Invite
) -> InvitationView:
    """Invite somebody; the same request again answers the same invitation.

    Raises:
        KeyReusedProblem: the key is of another request.
        InvalidInputProblem: there can be no such address.
        AlreadyThereProblem, TooManyInvitationsProblem
        RecordUnavailableError: Identity Platform does not answer; nothing was stored.
    """
    caller, now = deciding.caller, deciding.now
    id_, payload = request_id(caller, key), payload_hash(wanted)
    own = reference(db, id_)
    made = parse(read_all(db, [own])[0])
    if made is not None:
        return _same(made, payload)
    email = fold_email(wanted.email)
    _require_new(db, caller.company, email, now)
    try:
        keep_account(email, wanted.name)
    except NoAddressError as error:
        text = Message(N_("This is not an e-mail address."))
        raise InvalidInputProblem((Fault("no_address", "/email", text),)) from error
    [invitation] = invite_all(db, deciding, {id_: wanted})
    return _same(invitation, payload)


def invite_all(db: Client, deciding: Deciding, wanted: Mapping[str, Invite]) -> list[Invitation]:
    """Keep an invitation for each, by its id, in one commit; those that are there stay as they are."""

    def body(attempt: Attempt) -> list[Invitation]:
        documents = attempt.read([reference(db, id_) for id_ in wanted])
        return [
            parse(document) or _keep(attempt, db, deciding, id_, one)
            for (id_, one), document in zip(wanted.items(), documents, strict=True)
        ]

    return optimistically(db, body) if wanted else []


def _keep(attempt: Attempt, db: Client, deciding: Deciding, id_: str, wanted: Invite) -> Invitation:
    now = deciding.now
    invitation = Invitation(
        id=id_,
        company=deciding.caller.company,
        email=fold_email(wanted.email),
        name=wanted.name,
        role=wanted.role,
        by=deciding.caller.name,
        at=now,
        ends_at=now + INVITED_FOR,
        payload=payload_hash(wanted),
    )
    document = {**to_document(invitation), "expires_at": now + KEPT_FOR}
    attempt.save(reference(db, id_), None, document)
    whom = Whom(f"invitations/{id_}", wanted.name)
    deciding.tell(attempt, db, Action.INVITE, whom, "", f"{invitation.email}, {wanted.role}")
    return invitation


def list_open(db: Client, company: str, now: datetime) -> InvitationList:
    """The company's invitations that nobody answered yet, by when they end."""
    return InvitationList(items=[view(one) for one in open_of(db, company, now)])


def withdraw(db: Client, deciding: Deciding, id: str) -> None:  # noqa: A002
    """Take an invitation back; again changes nothing.

    Raises:
        NotFoundProblem: the company has none of this id.
        InvitationEndedProblem: it was answered.
    """
    company = deciding.caller.company

    def body(attempt: Attempt) -> None:
        own = reference(db, id)
        [document] = attempt.read([own])
        invitation = parse(document)
        if invitation is None or invitation.company != company:
            raise NotFoundProblem
        if invitation.state is InvitationState.WITHDRAWN:
            return
        if invitation.state is not InvitationState.OPEN:
            raise InvitationEndedProblem
        attempt.update(own, {"state": InvitationState.WITHDRAWN.value})
        told = f"{invitation.email}, {invitation.role}"
        whom = Whom(f"invitations/{id}", invitation.name)
        deciding.tell(attempt, db, Action.WITHDRAW, whom, told, "")

    optimistically(db, body)


def mine(db: Client, claims: Claims, now: datetime) -> list[MyInvitation]:
    """What the person is invited to by an address that they have shown to be theirs."""
    if claims.brand_role is not None:
        return []
    query = _open(db, now).where(filter=FieldFilter("email", "==", fold_email(claims.email)))
    found = [_parse(one) for one in find_all(db, query.limit(MOST_OPEN))]
    references = [companies.reference(db, one.company) for one in found]
    return [
        MyInvitation(
            id=one.id,
            company=one.company,
            company_name=document["profile"]["name"],
            role=one.role,
            invited_by=one.by,
            ends_at=one.ends_at,
        )
        for one, document in zip(found, read_all(db, references), strict=True)
        if document is not None and "profile" in document
    ]


def accept(db: Client, claims: Claims, id: str, now: datetime) -> None:  # noqa: A002
    """Join the company; again changes nothing.

    Raises:
        NotFoundProblem: the person was not invited by this.
        InvitationEndedProblem: it was answered otherwise, withdrawn, or is too old.
        BrandsPersonProblem: they work for the brand.
    """

    def body(attempt: Attempt) -> None:
        invitation = _of(attempt, db, claims, id)
        if (invitation.state, invitation.uid) == (InvitationState.ACCEPTED, claims.uid):
            return
        if not invitation.is_open(now):
            raise InvitationEndedProblem
        if claims.brand_role is not None:
            raise BrandsPersonProblem
        before = read_in(attempt, db, claims.uid) or _of_claims(claims, invitation, now)
        _end(attempt, db, invitation, claims, InvitationState.ACCEPTED)
        if invitation.company in before.companies:
            return  # what they are there, an admin decides
        role = {invitation.company: invitation.role}
        save(attempt, db, with_roles(before, role, invitation.by, now))
        entry = Doer(claims.name, now, uid=claims.uid, kind=ActorKind.PERSON).entry(
            Action.JOIN,
            f"people/{claims.uid}",
            company=invitation.company,
            about=claims.name,
            after=str(invitation.role),
        )
        audit.tell_with(attempt, db, entry)

    optimistically(db, body)


def decline(db: Client, claims: Claims, id: str) -> None:  # noqa: A002
    """Say no; again changes nothing.

    Raises:
        NotFoundProblem: the person was not invited by this.
        InvitationEndedProblem: it was accepted or withdrawn.
    """

    def body(attempt: Attempt) -> None:
        invitation = _of(attempt, db, claims, id)
        if invitation.state is InvitationState.DECLINED:
            return
        if invitation.state is not InvitationState.OPEN:
            raise InvitationEndedProblem
        _end(attempt, db, invitation, claims, InvitationState.DECLINED)

    optimistically(db, body)


def view(invitation: Invitation) -> InvitationView:
    """The invitation as the company's admins see it."""
    return InvitationView(
        id=invitation.id,
        email=invitation.email,
        name=invitation.name,
        role=invitation.role,
        invited_by=invitation.by,
        invited_at=invitation.at,
        ends_at=invitation.ends_at,
    )


def _same(invitation: Invitation, payload: str) -> InvitationView:
    if invitation.payload != payload:
        raise KeyReusedProblem
    return view(invitation)


def _require_new(db: Client, company: str, email: str, now: datetime) -> None:
    """Refuse who is there or invited already; two admins at the same moment may both invite."""
    open_ = open_of(db, company, now)
    if any(one.email == email for one in open_) or members_among(db, company, [email]):
        raise AlreadyThereProblem(email=email)
    if len(open_) >= MOST_OPEN:
        raise TooManyInvitationsProblem(most=MOST_OPEN)


def members_among(db: Client, company: str, emails: Iterable[str]) -> set[str]:
    """Which of the addresses, as `fold_email` has them, are of the company's people."""
    found: set[str] = set()
    asked = sorted(set(emails))
    for start in range(0, len(asked), _AT_ONCE):
        people = (
            db.collection("people")
            .where(filter=FieldFilter("company_ids", "array_contains", company))
            .where(filter=FieldFilter("email", "in", asked[start : start + _AT_ONCE]))
            .select(["email"])
        )
        found |= {str(one.data()["email"]) for one in find_all(db, people)}
    return found


def open_of(db: Client, company: str, now: datetime) -> list[Invitation]:
    """The company's invitations that nobody answered yet, by when they end."""
    query = _open(db, now).where(filter=FieldFilter("company", "==", company))
    return [_parse(one) for one in find_all(db, query.limit(MOST_OPEN))]


def _open(db: Client, now: datetime) -> Query:
    found = db.collection("invitations").where(
        filter=FieldFilter("state", "==", InvitationState.OPEN.value)
    )
    return found.where(filter=FieldFilter("ends_at", ">", now)).order_by("ends_at")


def _parse(read: Read) -> Invitation:
    return Invitation.model_validate(read.data())


def _of(attempt: Attempt, db: Client, claims: Claims, id: str) -> Invitation:  # noqa: A002
    [document] = attempt.read([reference(db, id)])
    invitation = parse(document)
    if invitation is None or invitation.email != fold_email(claims.email):
        raise NotFoundProblem
    return invitation


def _of_claims(claims: Claims, invitation: Invitation, now: datetime) -> Person:
    """Who they are by their account's claims, which count no longer once they are stored."""
    person = Person(
        uid=claims.uid, email=fold_email(claims.email), name=claims.full_name or invitation.name
    )
    return with_roles(person, claims.companies, "", now)


def _end(
    attempt: Attempt, db: Client, invitation: Invitation, claims: Claims, state: InvitationState
) -> None:
    attempt.update(reference(db, invitation.id), {"state": state.value, "uid": claims.uid})
