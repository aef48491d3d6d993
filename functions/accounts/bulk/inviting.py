"""Invites the people of a file: those of all good rows in one commit, every row answered."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from babel import Locale
from google.cloud.firestore import Client
from pydantic import ValidationError

from functions.accounts.bulk.rows import PersonRow, people_in
from functions.accounts.bulk.words import role_called, titles
from functions.accounts.invitations import (
    MOST_OPEN,
    KeepAccount,
    TooManyInvitationsProblem,
    invite_all,
    members_among,
    open_of,
)
from functions.accounts.people import Deciding
from functions.accounts.schema import Invite, InvitedRow, InviteFileView
from shared.audit_file import ROLES
from shared.http.validation import faults_of
from shared.idempotency import request_id
from shared.identity.record import NoAddressError
from shared.person.invitation import fold_email
from shared.sheets.csv_reader import Hints
from shared.sheets.isolation import read_apart
from shared.text.message import N_, Message

_NO_ADDRESS = N_("This is not an e-mail address.")
_AT_ONCE = 8
"""Accounts that Identity Platform is asked for at a time."""


@dataclass(frozen=True)
class InviteFile:
    """A file that was sent, and whether it is only looked at."""

    content: bytes
    preview: bool
    key: str
    locale: Locale


@dataclass(frozen=True)
class _CheckedRow:
    """A row, what it asks for unless it is faulty, and the invitation's id."""

    row: PersonRow
    id: str
    wanted: Invite | None
    faults: tuple[Message, ...] = ()


def invite_file(
    db: Client, keep_account: KeepAccount, deciding: Deciding, given: InviteFile
) -> InviteFileView:
    """What became of each row, or would become; sent again with the same key, the same.

    Raises:
        TooManyInvitationsProblem: more than can be open at a time; nobody was invited.
        RecordUnavailableError: Identity Platform does not answer; nobody was invited.
        Those of `shared.sheets`: the file can't be taken.
    """
    company = deciding.caller.company
    table = read_apart(given.content, given.locale, Hints(titles=titles()), company)
    checked = _check_rows(db, deciding, given, people_in(table, given.locale))
    if not given.preview:
        checked = _with_accounts(keep_account, checked)
        wanted = {one.id: one.wanted for one in checked if one.wanted}
        invite_all(db, deciding, wanted)
    return _view(checked, given)


def _check_rows(
    db: Client, deciding: Deciding, given: InviteFile, rows: Sequence[PersonRow]
) -> list[_CheckedRow]:
    open_ = {one.email: one.id for one in open_of(db, deciding.caller.company, deciding.now)}
    addresses = {fold_email(row.email) for row in rows}
    members = members_among(db, deciding.caller.company, addresses)
    first: dict[str, int] = {}
    checked = []
    for row in rows:
        id_ = request_id(deciding.caller, f"{given.key}\n{row.number}")
        email = fold_email(row.email)
        wanted, faults = _wanted(row)
        if email in first:
            faults.append(Message(N_("Row %(row)s has the same address."), {"row": first[email]}))
        elif email in members:
            faults.append(Message(N_("This person belongs to your company already.")))
        elif open_.get(email, id_) != id_:
            faults.append(Message(N_("This person is invited already.")))
        if email:
            first.setdefault(email, row.number)
        checked.append(_CheckedRow(row, id_, None if faults else wanted, tuple(faults)))
    new = sum(1 for one in checked if one.wanted and one.id not in open_.values())
    if new and new + len(open_) > MOST_OPEN:
        raise TooManyInvitationsProblem(most=MOST_OPEN)
    return checked


def _wanted(row: PersonRow) -> tuple[Invite | None, list[Message]]:
    """What the row asks for, or all that is wrong with it."""
    sent = {"email": row.email, "name": row.name, "role": role_called(row.role)}
    try:
        return Invite.model_validate(sent), []
    except ValidationError as error:
        found = {fault.pointer: fault.message for fault in faults_of(error, "body")}
        return None, list(_fault_texts(row, found))


def _fault_texts(row: PersonRow, found: Mapping[str, Message]) -> Iterator[Message]:
    if "/email" in found:
        yield Message(_NO_ADDRESS)
    if "/name" in found:
        yield found["/name"] if row.name else Message(N_("The name is missing."))
    if "/role" in found:
        roles = [Message(label) for label in ROLES.values()]
        yield Message(N_("The role is none of these: %(roles)s."), {"roles": roles})


def _with_accounts(keep_account: KeepAccount, checked: Sequence[_CheckedRow]) -> list[_CheckedRow]:
    """The rows with accounts for their addresses; what is none for Identity Platform is faulty."""

    def keep(one: _CheckedRow) -> _CheckedRow:
        if one.wanted is None:
            return one
        try:
            keep_account(fold_email(one.wanted.email), one.wanted.name)
        except NoAddressError:
            return replace(one, wanted=None, faults=(Message(_NO_ADDRESS),))
        return one

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(keep, checked))


def _view(checked: Sequence[_CheckedRow], given: InviteFile) -> InviteFileView:
    rows = [
        InvitedRow(
            row=one.row.number,
            email=one.row.email[:254],
            name=one.row.name[:100],
            role=one.wanted.role if one.wanted else role_called(one.row.role),
            faults=[fault.render(given.locale) for fault in one.faults],
        )
        for one in checked
    ]
    good = sum(1 for one in checked if one.wanted)
    return InviteFileView(preview=given.preview, invited=good, refused=len(rows) - good, rows=rows)
