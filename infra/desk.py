"""What the desk has of SAP's messages and master data: `python -m infra.desk WHAT COMMAND …`.

    python -m infra.desk quarantine list    --project P --database sellin-eu
    python -m infra.desk quarantine replay  --project P --database sellin-eu --region eu \\
        --by "Maria Berg" 'sap-prices~1234~0'
    python -m infra.desk quarantine release … --reason "The price is meant" ID …
    python -m infra.desk quarantine discard … --reason "A test" ID …
    python -m infra.desk waiting    list    --project P --database sellin-eu
    python -m infra.desk waiting    replay | discard …
    python -m infra.desk shared-gtins list  --project P --database sellin-eu

`replay` publishes to the topic again, `release` a price that was held back, as accepted; `discard`
says that it is not needed. Each is told in the audit, as from the desk. GTINs that several articles
have end by themselves. docs/operations.md says when to do which.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from google.cloud.firestore import Client
from pydantic import BaseModel

from shared import audit
from shared.audit import Action, AuditEntry
from shared.event import quarantine, waiting
from shared.event.keeping import Discarded
from shared.event.quarantine import NotOpenError, NotQuarantinedError
from shared.event.waiting import NotWaitingError
from shared.optimistic import Attempt, optimistically
from shared.style.shared_gtin import list_shared

_NOT_THERE = (NotQuarantinedError, NotOpenError, NotWaitingError)
_SAID = {"replay": "published again", "release": "released", "discard": "discarded"}

Discard = Callable[[Attempt, Client, str, Discarded], None]
_LISTS: Mapping[str, Callable[[Client], Iterator[BaseModel]]] = {
    "quarantine": quarantine.list_open,
    "waiting": waiting.list_waiting,
    "shared-gtins": list_shared,
}
_DISCARDS: Mapping[str, Discard] = {"quarantine": quarantine.discard, "waiting": waiting.discard}


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    options = _parser().parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    if options.command == "list":
        for found in _LISTS[options.what](db):
            sys.stdout.write(f"{found.model_dump_json(exclude={'data'})}\n")
        return 0
    return _do_each(db, options)


def _do_each(db: Client, options: argparse.Namespace) -> int:
    for id_ in options.ids:
        entry = AuditEntry(
            at=datetime.now(UTC),
            by=options.by,
            uid="",
            action=Action(options.command),
            object=f"{options.what}/{id_}",
            reason=options.reason,
        )
        try:
            if options.command == "discard":
                optimistically(
                    db, partial(_discard, db=db, id_=id_, entry=entry, what=options.what)
                )
            else:
                _publish(db, id_, entry, options)
        except _NOT_THERE:
            sys.stderr.write(f"nothing is to be done about {id_}\n")
            return 1
        sys.stdout.write(f"{id_} {_SAID[options.command]}\n")
    return 0


def _publish(db: Client, id_: str, entry: AuditEntry, options: argparse.Namespace) -> None:
    if options.what == "waiting":
        found = waiting.read(db, id_)
        audit.tell(db, entry)
        waiting.replay(db, [found], options.region)
        return
    if not quarantine.read(db, id_).is_open:
        raise NotOpenError(id_)
    audit.tell(db, entry)
    quarantine.replay(db, id_, options.region, release=options.command == "release")


def _discard(attempt: Attempt, db: Client, id_: str, entry: AuditEntry, what: str) -> None:
    _DISCARDS[what](attempt, db, id_, Discarded(by=entry.by, at=entry.at, reason=entry.reason))
    audit.tell_with(attempt, db, entry)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.desk",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = parser.add_subparsers(dest="what", required=True)
    _add_commands(kinds.add_parser("quarantine"), ("list", "replay", "release", "discard"))
    _add_commands(kinds.add_parser("waiting"), ("list", "replay", "discard"))
    _add_commands(kinds.add_parser("shared-gtins"), ("list",))
    return parser


def _add_commands(parser: argparse.ArgumentParser, names: Iterable[str]) -> None:
    commands = parser.add_subparsers(dest="command", required=True)
    for name in names:
        command = commands.add_parser(name)
        command.add_argument("--project", required=True)
        command.add_argument("--database", default="(default)")
        if name == "list":
            continue
        command.add_argument("--by", required=True, metavar="NAME", help="who says so")
        if name == "replay":
            command.set_defaults(reason="")
        else:
            command.add_argument("--reason", required=True, help="why, for those who look later")
        if name != "discard":
            command.add_argument("--region", default="", help="as in the topics' names: eu or na")
        command.add_argument("ids", nargs="+", metavar="id")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
