"""What the desk has of SAP's messages, master data and deeds: `python -m infra.desk WHAT COMMAND …`.

    python -m infra.desk messages   show    --project P --database sellin-eu [--day 2026-11-27]
    python -m infra.desk quarantine list    --project P --database sellin-eu \\
        [--topic sap-prices] [--says "no article"] [--hours 24]
    python -m infra.desk quarantine show    --project P --database sellin-eu sap-prices.1234.0
    python -m infra.desk quarantine replay  --project P --database sellin-eu --region eu \\
        --by "Maria Berg" sap-prices.1234.0
    python -m infra.desk quarantine replay-all --project P --database sellin-eu --region eu \\
        --by "Maria Berg" --says "no article" [--topic sap-prices]
    python -m infra.desk quarantine release … --reason "The price is meant" ENTRY …
    python -m infra.desk quarantine discard … --reason "A test" ENTRY …
    python -m infra.desk waiting    list | show | replay | discard …
    python -m infra.desk shared-gtins list  --project P --database sellin-eu
    python -m infra.desk audit      list    --project P --database sellin-eu [--action cancel]

Each line of what is shown is what the desk shows, as JSON. `messages` has the counters of a day and
the lag of each family. `replay` publishes to the topic again, `replay-all` all that a reason names,
`release` a price that was held back, as accepted; `discard` says that it is not needed. Each is told
in the audit, as from the desk. GTINs that several articles have end by themselves.
docs/operations.md says when to do which.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from google.cloud.firestore import Client
from pydantic import BaseModel

from functions.operations import history, quarantine, waiting
from functions.operations.doing import Doing
from functions.operations.messages import day_of
from functions.operations.schema import DeskAuditQuery, QuarantineQuery, ReplayMany, WaitingQuery
from shared.audit import Action
from shared.day import day_in
from shared.event import quarantine as quarantined
from shared.event import waiting as parts
from shared.identity.caller import Claims
from shared.paging import PageQuery
from shared.problem import Problem
from shared.style.shared_gtin import list_shared

_SAID = {"replay": "published again", "release": "released", "discard": "discarded"}

Q = TypeVar("Q", bound=PageQuery)


class Page(Protocol):
    """One page of a list of the desk."""

    @property
    def items(self) -> Sequence[BaseModel]: ...
    @property
    def next(self) -> str | None: ...


def every(ask: Callable[[Q], Page], query: Q) -> Iterator[BaseModel]:
    """All that a list of the desk has, page by page."""
    while True:
        page = ask(query)
        yield from page.items
        if page.next is None:
            return
        query = query.model_copy(update={"cursor": page.next})


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    options = _parser().parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    read = _READS.get((options.what, options.command))
    try:
        if read is not None:
            for found in read(db, options):
                sys.stdout.write(f"{found.model_dump_json()}\n")
            return 0
        if options.command == "replay-all":
            return _replay_all(db, options)
        for entry in options.entries:
            _ACTS[options.what, options.command](db, options, entry, _doing(options))
            sys.stdout.write(f"{entry} {_SAID[options.command]}\n")
    except Problem as problem:
        what = " ".join(getattr(options, "entries", []))
        sys.stderr.write(f"nothing is to be done about {what}: {problem.code}\n")
        return 1
    return 0


def _doing(options: argparse.Namespace, command: str = "") -> Doing:
    person = Claims(uid="", email="", full_name=options.by)
    action = Action(command or options.command)
    return Doing(person, action, datetime.now(UTC), options.reason)


def _replay_all(db: Client, options: argparse.Namespace) -> int:
    which = ReplayMany(topic=options.topic, says=options.says)
    publish = partial(quarantined.replay, db, region=options.region)
    done = 0
    while True:
        some = quarantine.replay_many(db, publish, which, _doing(options, "replay"))
        done += some.count
        if not some.more:
            sys.stdout.write(f"{done} published again\n")
            return 0


def _counters(db: Client, options: argparse.Namespace) -> Iterator[BaseModel]:
    now = datetime.now(UTC)
    yield day_of(db, options.day or day_in(UTC, now), now)


def _quarantine(db: Client, options: argparse.Namespace) -> Iterator[BaseModel]:
    query = QuarantineQuery(topic=options.topic, says=options.says, hours=options.hours)
    return every(partial(quarantine.list_open, db, now=datetime.now(UTC)), query)


def _waiting(db: Client, _: argparse.Namespace) -> Iterator[BaseModel]:
    return every(partial(waiting.list_waiting, db), WaitingQuery())


def _audit(db: Client, options: argparse.Namespace) -> Iterator[BaseModel]:
    return every(partial(history.list_done, db), DeskAuditQuery(action=options.action))


_READS: Mapping[tuple[str, str], Callable[[Client, argparse.Namespace], Iterator[BaseModel]]] = {
    ("messages", "show"): _counters,
    ("quarantine", "list"): _quarantine,
    ("quarantine", "show"): lambda db, o: (quarantine.view(db, entry) for entry in o.entries),
    ("waiting", "list"): _waiting,
    ("waiting", "show"): lambda db, o: (waiting.view(db, entry) for entry in o.entries),
    ("shared-gtins", "list"): lambda db, _: list_shared(db),
    ("audit", "list"): _audit,
}


def _replay(db: Client, options: argparse.Namespace, entry: str, doing: Doing) -> None:
    publish = partial(quarantined.replay, db, region=options.region)
    quarantine.replay(db, publish, entry, doing)


def _replay_waiting(db: Client, options: argparse.Namespace, entry: str, doing: Doing) -> None:
    waiting.replay(db, partial(parts.replay, db, region=options.region), entry, doing)


_ACTS: Mapping[tuple[str, str], Callable[[Client, argparse.Namespace, str, Doing], Any]] = {
    ("quarantine", "replay"): _replay,
    ("quarantine", "release"): _replay,
    ("quarantine", "discard"): lambda db, _, entry, doing: quarantine.discard(db, entry, doing),
    ("waiting", "replay"): _replay_waiting,
    ("waiting", "discard"): lambda db, _, entry, doing: waiting.discard(db, entry, doing),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.desk",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = parser.add_subparsers(dest="what", required=True)
    commands: dict[str, list[str]] = {}
    for what, command in [*_READS, *_ACTS, ("quarantine", "replay-all")]:
        commands.setdefault(what, []).append(command)
    for what, names in commands.items():
        of_kind = kinds.add_parser(what).add_subparsers(dest="command", required=True)
        for name in names:
            _add_options(of_kind.add_parser(name), what, name)
    return parser


def _add_options(command: argparse.ArgumentParser, what: str, name: str) -> None:
    command.add_argument("--project", required=True)
    command.add_argument("--database", default="(default)")
    if name in (*_SAID, "replay-all"):
        command.add_argument("--by", required=True, metavar="NAME", help="who says so")
    if name in ("release", "discard"):
        command.add_argument("--reason", required=True, help="why, for those who look later")
    else:
        command.set_defaults(reason="")
    if name in ("replay", "release", "replay-all"):
        command.add_argument("--region", default="", help="as in the topics' names: eu or na")
    if (what, name) in (("quarantine", "list"), ("quarantine", "replay-all")):
        command.add_argument("--topic", help="such as sap-prices")
        command.add_argument(
            "--says", required=name != "list", default="", help="part of one of its reasons"
        )
    if (what, name) == ("quarantine", "list"):
        command.add_argument("--hours", type=int, default=0, help="at least so old")
    if what == "messages":
        command.add_argument(
            "--day", type=date.fromisoformat, help="UTC; today where none is named"
        )
    if what == "audit":
        command.add_argument("--action", type=Action, choices=list(Action))
    if name in ("show", *_SAID) and what != "messages":
        command.add_argument("entries", nargs="+", metavar="entry")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
