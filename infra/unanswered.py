"""Orders of which SAP never said whether it has them: `python -m infra.unanswered list|resend`.

    python -m infra.unanswered list   --project P --database sellin-eu
    python -m infra.unanswered resend --project P --database sellin-eu --by "Maria Berg" ORDER …

They are in a SAP without an external number range, where sending an order again could make a
second sales order; so export_order only asks SAP for them. `list` shows each with what SAP can
be asked by. `resend` says that somebody has looked in SAP and that it has no such order and is
not about to save one (docs/operations.md): the order remembers who, and is sent again.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from google.cloud.firestore import Client, FieldFilter

from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import needs_person
from shared.order.model import HandoverState, Order
from shared.order.saving import save_orders
from shared.sap.sales_order import purchase_order_number

_UNSETTLED = frozenset({HandoverState.WAITING, HandoverState.SENDING})


_ALL = datetime.min.replace(tzinfo=UTC)


class NotUnansweredError(Exception):
    """There is no such order, SAP has answered for it, or an export of it is running."""


def unanswered(db: Client) -> Iterator[Order]:
    """The orders that wait for a person, the longest overdue first."""
    due = (
        db.collection("orders")
        .where(filter=FieldFilter("handover.due_at", ">", _ALL))
        .order_by("handover.due_at")
    )
    for snapshot in due.stream():
        document = snapshot.to_dict() or {}
        # Most have been taken by SAP, and a whole order takes long to read.
        if document["handover"]["state"] in _UNSETTLED:
            order = Order.model_validate(document)
            if _waits(order):
                yield order


def resend(db: Client, number: str, by: str) -> None:
    """Rule out that SAP has the order, in the name of who looked; reconcile sends it again.

    Raises:
        NotUnansweredError: there is nothing to rule out, or not now.
    """
    now = datetime.now(UTC)

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([orders.reference(db, number)])
        if document is None:
            raise NotUnansweredError(number)
        order = Order.model_validate(document)
        handover = order.handover
        if not _waits(order) or (handover.lease_until and handover.lease_until > now):
            raise NotUnansweredError(number)
        seen = {"ruled_out_by": by, "ruled_out_at": now}
        attempts = [
            one if one.outcome == "failed" or one.ruled_out_by else one.model_copy(update=seen)
            for one in handover.attempts
        ]
        ruled_out = handover.model_copy(
            update={"attempts": attempts, "state": HandoverState.WAITING, "due_at": now}
        )
        save_orders(attempt, db, [(order, order.model_copy(update={"handover": ruled_out}))])

    optimistically(db, body)


def _waits(order: Order) -> bool:
    return order.handover.state in _UNSETTLED and needs_person(order)


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.unanswered", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("list", "resend"):
        command = commands.add_parser(name)
        command.add_argument("--project", required=True)
        command.add_argument("--database", default="(default)")
        if name == "resend":
            command.add_argument(
                "--by", required=True, metavar="NAME", help="who has looked in SAP"
            )
            command.add_argument("orders", nargs="+", metavar="order")
    options = parser.parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    if options.command == "list":
        for order in unanswered(db):
            print(json.dumps(_row(order)))
        return 0
    for number in options.orders:
        try:
            resend(db, number, options.by)
        except NotUnansweredError:
            print(f"{number} waits for nobody, or is being exported now", file=sys.stderr)
            return 1
        print(f"{number} will be sent again within a minute")
    return 0


def _row(order: Order) -> dict[str, str]:
    return {
        "order": order.number,
        "customer": order.company,
        "purchase_order": purchase_order_number(order),
        "placed_at": order.placed_at.isoformat(),
        "first_tried_at": order.handover.attempts[0].at.isoformat(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
