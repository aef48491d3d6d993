"""Works out anew what accepted orders take of stock and credit, from the orders themselves.

    python -m infra.sums --project P --database sellin-eu [--dry-run]

Every order says what it adds to the sums (`shared.order.commitment`), so sums that are wrong,
after a restore or after two releases wrote side by side, can always be mended. The services may
go on: a document that was changed while its orders were read is tried again.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from google.cloud.firestore import Client, DocumentReference, FieldFilter, Query

from shared.availability import promised
from shared.availability import repository as availabilities
from shared.company import repository as companies
from shared.company.open_amounts import fold_amounts, pending_amounts, stored_amounts
from shared.optimistic import Attempt, optimistically
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.model import Order
from shared.store import find_all

PAGE = 100


def mend_availability(db: Client, reference: DocumentReference, *, dry_run: bool) -> bool:
    """Whether the sums of a style in a plant are not what its orders say; they are mended."""

    def body(attempt: Attempt) -> bool:
        [document] = attempt.read([reference])
        known = availabilities.parse(document)
        if document is None or known is None:
            return False
        pieces: Counter[promised.PromisedKey] = Counter()
        by_style = FieldFilter("styles", "array_contains", known.style)
        for order in _orders(db, db.collection("orders").where(filter=by_style)):
            if order.plant == known.plant:
                for one, count in promised_pieces(order).items():
                    if one.style == known.style:
                        pieces[one.article, one.stamp, one.on] += count
        bare = known.model_copy(update={"promised": {}})
        right = promised.change(bare, pieces)
        if right == promised.purge(known.promised, known.stock):
            return False
        if not dry_run:
            attempt.save(reference, document, availabilities.with_promised(document, right))
        return True

    return optimistically(db, body)


def mend_company(db: Client, reference: DocumentReference, *, dry_run: bool) -> bool:
    """Whether a company's open amounts are not what its orders say; they are mended."""

    def body(attempt: Attempt) -> bool:
        [document] = attempt.read([reference])
        if document is None:
            return False
        amounts: Counter[str] = Counter()
        by_company = FieldFilter("company", "==", reference.id)
        for order in _orders(db, db.collection("orders").where(filter=by_company)):
            amounts.update(open_amounts(order))
        stamp = companies.credit_stamp(document)
        right = fold_amounts(pending_amounts(amounts, stamp))
        if right == pending_amounts(stored_amounts(document), stamp):
            return False
        if not dry_run:
            attempt.save(reference, document, companies.with_open_amounts(document, right))
        return True

    return optimistically(db, body)


def _orders(db: Client, query: Query) -> Iterator[Order]:
    return (Order.model_validate(read.data()) for read in find_all(db, query))


Mend = Callable[..., bool]
MENDED: Mapping[str, Mend] = {"availability": mend_availability, "companies": mend_company}


def mend(db: Client, say: Callable[[str], None], *, dry_run: bool = False) -> dict[str, int]:
    """Go through all sums; how many were wrong, by collection. `say` is told of each."""
    wrong = dict.fromkeys(MENDED, 0)
    for collection, mend_one in MENDED.items():
        for reference in _references(db, collection):
            if mend_one(db, reference, dry_run=dry_run):
                wrong[collection] += 1
                say(f"{reference.path}: {'wrong' if dry_run else 'mended'}")
    return wrong


def _references(db: Client, collection: str) -> Iterator[DocumentReference]:
    every = db.collection(collection).order_by("__name__").select([]).limit(PAGE)
    query: Query = every
    while page := [db.collection(collection).document(one.id) for one in find_all(db, query)]:
        yield from page
        query = every.start_after({"__name__": page[-1]})


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.sums", description=__doc__)
    parser.add_argument("--project", required=True)
    parser.add_argument("--database", default="(default)")
    parser.add_argument("--dry-run", action="store_true", help="mend nothing, only say what")
    options = parser.parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    for collection, count in mend(db, print, dry_run=options.dry_run).items():
        print(f"{collection:<16} {count:>8} {'wrong' if options.dry_run else 'mended'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
