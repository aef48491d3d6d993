"""Orders on their way to SAP, and the way itself: `python -m infra.handover list|resend|…`.

    python -m infra.handover list    --project P --database sellin-eu
    python -m infra.handover resend  --project P --database sellin-eu --by "Maria Berg" \\
        --reason "Not in VA05" ORDER …
    python -m infra.handover accept | reject | park | cancel …
    python -m infra.handover retry   --project P --database sellin-eu --by "Maria Berg" ORDER …
    python -m infra.handover orders  --project P --database sellin-eu --state waiting [--of change]
    python -m infra.handover show    --project P --database sellin-eu ORDER …
    python -m infra.handover circuit --project P --database sellin-eu --system ECPCLNT100
    python -m infra.handover release --project P --database sellin-eu --system ECPCLNT100 \\
        --by "Maria Berg"

`list` shows each order that waits for a person, with why and what SAP can be asked by. `resend` has
it sent once more; where SAP gave no answer that says that somebody has looked in SAP, and that it
has no such order and is not about to save one. `accept` leaves SAP's price as it is, `reject` ends
an order that SAP refuses. `park` has one that waits for SAP wait for a person, until it is sent
again, `retry` has it tried at once; `cancel` cancels one that SAP has not got, or tells SAP to. The buyer reads the reason of a
rejection and of a cancellation. `orders` lists all of a state, `show` has every attempt of one with
how long it took, as the desk does; both say on standard error where SAP is not called, and why. `circuit` shows whether SAP is called, `release` lets it be tried
after a log-on was refused. docs/operations.md says when to do which; the audit keeps who did.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from google.cloud.firestore import Client

from functions.operations.orders import list_orders, view
from functions.operations.schema import HandoverQuery, HandoverStage
from infra.desk import every
from shared.audit import Action, Doer
from shared.order import desk
from shared.order.repository import OrderNotFoundProblem
from shared.sap import circuit
from shared.sap.sales_order import purchase_order_number

_SAID = {
    Action.RETRY: "is tried within a minute",
    Action.RESEND: "will be sent again within a minute",
    Action.ACCEPT: "stays in SAP as it is",
    Action.REJECT: "is rejected",
    Action.PARK: "is not sent before it is sent again",
    Action.CANCEL: "is cancelled, in SAP within a minute where SAP has it",
}


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    options = _parser().parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    now = datetime.now(UTC)
    match options.command:
        case "list":
            for one in desk.find_undecided(db):
                print(json.dumps(row(one), ensure_ascii=False))
        case "orders":
            query = HandoverQuery(state=options.state, of=options.of)
            for head in every(partial(list_orders, db), query):
                print(head.model_dump_json())
            _tell_away(db)
        case "show":
            return _show(db, options.orders, now)
        case "circuit":
            print(circuit.read_circuit(db, options.system).model_dump_json(indent=2))
        case "release":
            after = circuit.release(db, options.system, options.by, now)
            print(f"{options.system}: {after.state.value}")
        case _:
            return _decide(db, options, now)
    return 0


def _show(db: Client, numbers: Sequence[str], now: datetime) -> int:
    for number in numbers:
        try:
            shown = view(db, number, now).model_dump(mode="json")
        except OrderNotFoundProblem:
            print(f"there is no order {number}", file=sys.stderr)
            return 1
        for handover in filter(None, (shown["handover"], shown["change"])):
            for attempt in handover["attempts"]:
                attempt["seconds"] = _seconds(attempt["at"], attempt["ended_at"])
        print(json.dumps(shown, ensure_ascii=False))
    _tell_away(db)
    return 0


def _tell_away(db: Client) -> None:
    for system, found in circuit.not_called(db):
        stopped = found.state is circuit.CircuitState.STOPPED
        what = "refuses our log-on" if stopped else "can't be reached"
        print(f"what waits is not sent: {system} {what} since {found.since}", file=sys.stderr)


def _seconds(began: str, ended: str | None) -> float | None:
    if ended is None:
        return None
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()


def _decide(db: Client, options: argparse.Namespace, now: datetime) -> int:
    action = Action(options.command)
    who = Doer(options.by, now, options.reason)
    for number in options.orders:
        try:
            desk.decide(db, number, action, who)
        except desk.NothingToDecideError:
            print(f"{number} does not wait for that, or is being exported now", file=sys.stderr)
            return 1
        print(f"{number} {_SAID[action]}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.handover", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    decisions = [action.value for action in _SAID]
    for name in ("list", "orders", "show", *decisions, "circuit", "release"):
        command = commands.add_parser(name)
        command.add_argument("--project", required=True)
        command.add_argument("--database", default="(default)")
        if name in ("circuit", "release"):
            command.add_argument("--system", required=True, help="logical system (T000-LOGSYS)")
        if name in (*decisions, "release"):
            command.add_argument("--by", required=True, metavar="NAME", help="who decides")
        if name == Action.RETRY:
            command.set_defaults(reason="")
        elif name in decisions:
            command.add_argument("--reason", required=True, help="kept in the audit")
        if name == "orders":
            stages = [stage.value for stage in HandoverStage]
            command.add_argument("--state", choices=stages, default=HandoverStage.WAITING.value)
            command.add_argument("--of", choices=["order", "change"], default="order")
        if name in ("show", *decisions):
            command.add_argument("orders", nargs="+", metavar="order")
    return parser


def row(one: desk.Undecided) -> dict[str, object]:
    """What `list` shows of an order."""
    order, parked = one.order, one.parked
    shown: dict[str, object] = {
        "order": order.number,
        "customer": order.company,
        "purchase_order": purchase_order_number(order),
        "placed_at": order.placed_at.isoformat(),
        "waits_for": parked.reason.value if parked else "an answer",
    }
    if order.handover.attempts:
        shown["first_tried_at"] = order.handover.attempts[0].at.isoformat()
    if one.is_change:
        shown["change"] = order.change.number if order.change else None
    if parked:
        shown |= parked.model_dump(mode="json", exclude_none=True, exclude={"reason"})
    return shown


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
