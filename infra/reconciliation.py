"""What Sellin has compared with SAP's: `python -m infra.reconciliation start|runs|snapshots|…`.

    python -m infra.reconciliation start       --project P --database sellin-eu --by "Maria Berg" \\
        --system ECPCLNT100 --days 60 [--customer 100001]
    python -m infra.reconciliation runs        --project P --database sellin-eu
    python -m infra.reconciliation snapshots   --project P --database sellin-eu
    python -m infra.reconciliation differences --project P --database sellin-eu [--state parked]
    python -m infra.reconciliation take        --project P --database sellin-eu --by "Maria Berg" \\
        --reason "Agreed by phone" ORDER|RECORD …
    python -m infra.reconciliation resend      --project P …
    python -m infra.reconciliation settle      --project P …

`start` has a run over orders begin within a minute, `runs` shows the last ones with how far they
are, `snapshots` the same of SAP's full snapshots of stock, prices and customers, with the parts that
lack; `differences` both sides of what differs. `take` takes SAP's side over, and ends a customer or
prices (`customers.100001`, `prices.10123.EUR`) that SAP's snapshot lacks, `resend` hands an order that
SAP has not got over once more, `settle` says that it stays. The audit keeps who did what.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from google.cloud.firestore import Client, FieldFilter, Query

from shared.audit import Doer
from shared.reconciliation.model import MOST_DAYS, Choice, Difference, Run, Scope, State
from shared.reconciliation.repository import (
    NIGHTLY_DAYS,
    NotToDecideError,
    RunActiveError,
    decide,
    start,
)
from shared.reconciliation.snapshot import SnapshotRun

_RUNS = 20
"""That are shown; the desk shows all."""

_SAID = {
    Choice.TAKE: "is taken over as SAP has it, or ends as it has none, within some minutes",
    Choice.RESEND: "will be sent again within a minute",
    Choice.SETTLE: "stays as it is",
}


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    options = _parser().parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    match options.command:
        case "start":
            return _start(db, options)
        case "runs":
            runs = db.collection("reconciliations").order_by("asked_at", direction=Query.DESCENDING)
            for snapshot in runs.limit(_RUNS).stream():
                print(Run.model_validate(snapshot.to_dict()).model_dump_json())
        case "snapshots":
            _print_snapshots(db)
        case "differences":
            found = db.collection("differences").where(
                filter=FieldFilter("state", "==", options.state)
            )
            for snapshot in found.stream():
                print(Difference.model_validate(snapshot.to_dict()).model_dump_json())
        case _:
            return _decide(db, options)
    return 0


def _print_snapshots(db: Client) -> None:
    found = db.collection("snapshots").order_by("began_at", direction=Query.DESCENDING)
    for snapshot in found.limit(_RUNS).stream():
        run = SnapshotRun.model_validate(snapshot.to_dict())
        told = run.model_dump(mode="json", exclude={"examples", "cursor", "came"})
        print(json.dumps({**told, "missing": run.missing}))


def _start(db: Client, options: argparse.Namespace) -> int:
    scope = Scope(days=options.days, company=options.customer)
    asking = Doer(options.by, datetime.now(UTC))
    try:
        run = start(db, options.system, scope, asking)
    except RunActiveError as error:
        print(f"{error} has not ended yet", file=sys.stderr)
        return 1
    print(f"{run.id} begins within a minute")
    return 0


def _decide(db: Client, options: argparse.Namespace) -> int:
    choice = Choice(options.command)
    asking = Doer(options.by, datetime.now(UTC), reason=options.reason)
    for order in options.orders:
        try:
            decide(db, order, choice, asking)
        except NotToDecideError:
            print(f"{order} does not wait for that", file=sys.stderr)
            return 1
        print(f"{order} {_SAID[choice]}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.reconciliation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    choices = [choice.value for choice in Choice]
    for name in ("start", "runs", "snapshots", "differences", *choices):
        command = commands.add_parser(name)
        command.add_argument("--project", required=True)
        command.add_argument("--database", default="(default)")
        if name in ("start", *choices):
            command.add_argument("--by", required=True, metavar="NAME", help="who asks for it")
        if name == "start":
            command.add_argument("--system", required=True, help="logical system (T000-LOGSYS)")
            command.add_argument("--customer", default="", help="the only one (KUNNR, no zeros)")
            command.add_argument(
                "--days", type=int, choices=range(1, MOST_DAYS + 1), default=NIGHTLY_DAYS,
                metavar="DAYS", help="since the orders were placed",
            )  # fmt: skip
        if name == "differences":
            states = [state.value for state in State]
            command.add_argument("--state", choices=states, default=State.PARKED.value)
        if name in choices:
            command.add_argument("--reason", required=True, help="kept in the audit")
            command.add_argument("orders", nargs="+", metavar="order or record")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
