"""Who belongs to which company: `python -m infra.people list|grant|remove|adopt`.

    python -m infra.people list   --project P --database sellin-eu --company 100001
    python -m infra.people grant  --project P --database sellin-eu --by "Maria Berg" \\
        --email anna@laeufer.example --name "Anna Vogel" --company 100001 --role admin
    python -m infra.people remove --project P --database sellin-eu --by "Maria Berg" \\
        --email anna@laeufer.example --company 100001
    python -m infra.people adopt  --project P --database sellin-eu --by "Maria Berg"

`grant` makes the account where there is none, and gives the person that role there; a company's
first admin then invites the others at the portal. `adopt` stores everybody, or who has that
address, whose companies are custom claims of their account, which count no longer then; again
changes nothing. What is done is told in the audit.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import firebase_admin
from firebase_admin import auth
from google.cloud.firestore import Client, FieldFilter

from shared import audit
from shared.audit import Action, Doer
from shared.identity.caller import Role, read_claims
from shared.optimistic import Attempt
from shared.person.granting import NoMemberError, Tell, grant, remove
from shared.person.invitation import fold_email
from shared.person.model import Person
from shared.person.saving import LastAdminProblem
from shared.store import find_each


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    options = _parser().parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    try:
        _COMMANDS[options.command](db, options)
    except (auth.UserNotFoundError, LastAdminProblem, NoMemberError) as error:
        print(f"nothing was changed: {error}", file=sys.stderr)
        return 1
    return 0


def _list(db: Client, options: argparse.Namespace) -> None:
    there = FieldFilter("company_ids", "array_contains", options.company)
    for read in find_each(db, db.collection("people").where(filter=there).order_by("sort_name")):
        person = Person.model_validate(read.data())
        one = person.companies[options.company]
        print(f"{person.email}\t{one.role}{' (suspended)' if one.suspended else ''}\t{person.name}")


def _grant(db: Client, options: argparse.Namespace) -> None:
    email = fold_email(options.email)
    try:
        user = auth.get_user_by_email(email, app=_identity(options.project))
    except auth.UserNotFoundError:
        app = _identity(options.project)
        user = auth.create_user(email=email, display_name=options.name, app=app)
    role = Role(options.role)
    person = Person(uid=user.uid, email=email, name=options.name)
    tell = _tell(db, options, person, {options.company: role})
    grant(db, person, {options.company: role}, options.by, datetime.now(UTC), tell)
    print(f"{email} is {role} of {options.company}")


def _remove(db: Client, options: argparse.Namespace) -> None:
    email = fold_email(options.email)
    user = auth.get_user_by_email(email, app=_identity(options.project))
    person = Person(uid=user.uid, email=email, name=user.display_name or email)
    remove(db, user.uid, options.company, _tell(db, options, person, {options.company: ""}))
    print(f"{email} no longer belongs to {options.company}")


def _adopt(db: Client, options: argparse.Namespace) -> None:
    count = 0
    only = fold_email(options.email) if options.email else None
    for person, roles in _claimed(options.project):
        if only not in (None, person.email):
            continue
        tell = _tell(db, options, person, roles)
        grant(db, person, roles, options.by, datetime.now(UTC), tell)
        count += 1
    print(f"{count} people are stored")


def _claimed(project: str) -> Iterator[tuple[Person, dict[str, Role]]]:
    """People by the claims of their accounts, with the roles that these give."""
    for user in auth.list_users(app=_identity(project)).iterate_all():
        own = {"uid": user.uid, "email": user.email or ""}
        claims = read_claims({**(user.custom_claims or {}), **own})
        if claims is not None and claims.companies:
            person = Person(uid=claims.uid, email=fold_email(claims.email), name=claims.name)
            yield person, claims.companies


def _tell(
    db: Client, options: argparse.Namespace, person: Person, after: Mapping[str, str]
) -> Tell:
    """Tells what the person is in each company from now on, each company by itself."""
    who = Doer(options.by, datetime.now(UTC))
    entries = [
        who.entry(
            Action.JOIN if role else Action.REMOVE_PERSON,
            f"people/{person.uid}",
            company=company,
            about=person.name,
            after=role,
        )
        for company, role in after.items()
    ]

    def tell(attempt: Attempt) -> None:
        for entry in entries:
            audit.tell_with(attempt, db, entry)

    return tell


_COMMANDS: dict[str, Callable[[Client, argparse.Namespace], None]] = {
    "list": _list,
    "grant": _grant,
    "remove": _remove,
    "adopt": _adopt,
}


def _identity(project: str) -> firebase_admin.App:
    try:
        return firebase_admin.get_app(project)
    except ValueError:
        return firebase_admin.initialize_app(options={"projectId": project}, name=project)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.people", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in _COMMANDS:
        command = commands.add_parser(name)
        command.add_argument("--project", required=True)
        command.add_argument("--database", default="(default)")
        if name != "list":
            command.add_argument("--by", required=True, metavar="NAME", help="who decides")
        if name != "adopt":
            command.add_argument("--company", required=True, help="customer number")
        if name != "list":
            command.add_argument("--email", required=name != "adopt")
        if name == "grant":
            command.add_argument("--name", required=True, help="as histories and papers have it")
            command.add_argument("--role", required=True, choices=[*Role])
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
