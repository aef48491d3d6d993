"""Gives carts of before there were dates theirs: `python -m infra.cart_dates`.

    python -m infra.cart_dates --project P --database sellin-eu

A cart that was ordered or deleted without the date from which Firestore may delete it gets the
one that it would have got then. It can be stopped and run again; who uses a cart meanwhile does
not notice.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta

from google.api_core.exceptions import FailedPrecondition
from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot, FieldFilter

from shared.cart.model import DELETED_KEPT, ORDERED_KEPT, CartState
from shared.cart.repository import COLLECTION

Snapshot = DocumentSnapshot[DocumentReference]

_PAGE = 500
_KEPT = {CartState.ORDERED: ORDERED_KEPT, CartState.DELETED: DELETED_KEPT}


def date_carts(db: Client) -> int:
    """Give each cart that needs one its date; how many got one."""
    dated = 0
    for state, kept in _KEPT.items():
        for snapshot in _carts(db, state):
            if (snapshot.to_dict() or {}).get("expires_at") is None:
                dated += _date(db, snapshot, kept)
    return dated


def _carts(db: Client, state: CartState) -> Iterator[Snapshot]:
    query = (
        db.collection(COLLECTION)
        .where(filter=FieldFilter("state", "==", state.value))
        .order_by("__name__")
        .select(["expires_at", "changed"])
        .limit(_PAGE)
    )
    page = list(query.stream())
    while page:
        yield from page
        page = list(query.start_after(page[-1]).stream())


def _date(db: Client, snapshot: Snapshot, kept: timedelta) -> int:
    expires_at = snapshot.get("changed")["at"] + kept
    unchanged = db.write_option(last_update_time=snapshot.update_time)
    try:
        snapshot.reference.update({"expires_at": expires_at}, option=unchanged)
    except FailedPrecondition:
        return 0  # whoever changed it has dated it
    return 1


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.cart_dates", description=__doc__)
    parser.add_argument("--project", required=True)
    parser.add_argument("--database", default="(default)")
    options = parser.parse_args(arguments)
    dated = date_carts(Client(project=options.project, database=options.database))
    print(f"{dated} carts got their date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
