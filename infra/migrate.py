"""Brings stored documents to the form that today's code writes.

    python -m infra.migrate --project P --database sellin-eu [--dry-run]

The code reads earlier forms, so this has time and the services go on meanwhile: each document
is changed only if it still is as it was read, and never to something older. How far it got
is in `state/migration`; started again it goes on from there, and after its end from the
beginning, where it finds nothing to do. What can't be brought to today's form is told at
the end, and keeps nothing else from it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from google.cloud.firestore import DELETE_FIELD, Client, DocumentReference
from pydantic import BaseModel

from functions.sync_customers.doors import delete_old_doors, write_doors
from functions.sync_customers.merge import has_many_doors, with_doors_apart
from functions.sync_prices.merge import StoredKey, with_own_prices
from functions.sync_prices.merge import merge as merge_prices
from shared.availability.model import Availability
from shared.cart.model import Cart
from shared.company import repository as companies
from shared.company.model import Profile
from shared.company.open_amounts import fold_amounts, stored_amounts
from shared.event.writing import Change, raise_unwritable, write_changes
from shared.optimistic import Attempt, optimistically
from shared.order.model import Order
from shared.price import repository as prices
from shared.price.model import PriceKey, Source
from shared.store import Document, find_all, to_document

PAGE = 100
"""Documents read at once; the checkpoint is written after each page."""


@dataclass(frozen=True)
class Upgrade:
    """How the documents of a collection that have an earlier form get today's.

    `run` is called for those that `is_old`, as read a moment before; it reads them again.
    `name` is what is told of it, and differs for each; a collection may have several.
    """

    name: str
    collection: str
    is_old: Callable[[Document], bool]
    run: Callable[[Client, DocumentReference], None]


@dataclass
class Tally:
    """What was found in a collection; `faults` are of documents that could not be upgraded."""

    read: int = 0
    old: int = 0
    faults: list[str] = field(default_factory=list)


def migrate(
    db: Client, upgrades: tuple[Upgrade, ...], say: Callable[[str], None], *, dry_run: bool = False
) -> dict[str, Tally]:
    """Upgrade all documents, from where the last run was stopped; what was found, by name.

    `say` is told the progress. `dry_run` begins at the beginning and writes nothing.
    """
    checkpoint = db.collection("state").document("migration")
    reached = {} if dry_run else checkpoint.get().to_dict() or {}
    tallies = {}
    for upgrade in upgrades:
        name = upgrade.name
        tally = tallies[name] = Tally()
        for page in _pages(db, upgrade.collection, reached.get(name, "")):
            for reference, document in page:
                _upgrade(db, upgrade, reference, document, tally, dry_run=dry_run)
            last = page[-1][0].id
            # Started again after a stop, it meets what could not be upgraded once more.
            if not dry_run and not tally.faults:
                checkpoint.set({name: last}, merge=True)
            say(f"{name}: {tally.read} read, {tally.old} old, up to {last}")
    if not dry_run:
        checkpoint.set({upgrade.name: DELETE_FIELD for upgrade in upgrades}, merge=True)
    return tallies


def _pages(
    db: Client, collection: str, after: str
) -> Iterator[list[tuple[DocumentReference, Document]]]:
    all_of = db.collection(collection)
    while True:
        query = all_of.order_by("__name__").limit(PAGE)
        if after:
            query = query.start_after({"__name__": all_of.document(after)})
        if not (page := [(all_of.document(one.id), one.data()) for one in find_all(db, query)]):
            return
        yield page
        after = page[-1][0].id


def _upgrade(
    db: Client,
    upgrade: Upgrade,
    reference: DocumentReference,
    document: Document,
    tally: Tally,
    *,
    dry_run: bool,
) -> None:
    tally.read += 1
    try:
        if upgrade.is_old(document):
            tally.old += 1
            if not dry_run:
                upgrade.run(db, reference)
    except Exception as error:  # noqa: BLE001 (whatever it is, all others are upgraded)
        tally.faults.append(f"{reference.path}: {type(error).__name__}: {error}")


def resave(collection: str, model: type[BaseModel]) -> Upgrade:
    """An upgrade by reading a document and writing it as the model does today.

    Times of the last change stay: nobody changed anything.
    """

    def changed(document: Document) -> Document:
        today = to_document(model.model_validate(document))
        missing = object()
        fields = {
            name: value for name, value in today.items() if document.get(name, missing) != value
        }
        gone = dict.fromkeys(document.keys() - today.keys(), DELETE_FIELD)
        return {name: value for name, value in (fields | gone).items() if name != "updated_at"}

    def run(db: Client, reference: DocumentReference) -> None:
        def body(attempt: Attempt) -> None:
            [document] = attempt.read([reference])
            if document is not None and (fields := changed(document)):
                attempt.update(reference, fields)

        optimistically(db, body)

    return Upgrade(collection, collection, lambda document: bool(changed(document)), run)


def _customers_keys(document: Document) -> dict[str, PriceKey]:
    keys = {name: PriceKey.model_validate(key) for name, key in document["keys"].items()}
    return {name: key for name, key in keys.items() if key.source is Source.CUSTOMER}


def _move_customers_keys(db: Client, reference: DocumentReference) -> None:
    """Copy customers' keys beside the customers, then take them out of the style's prices."""
    document = reference.get().to_dict() or {"keys": {}}
    style, currency = document.get("style", ""), document.get("currency", "")
    keys = _customers_keys(document)
    holders = {key.holder for key in keys.values()}
    flags = [Change(companies.reference(db, holder), with_own_prices) for holder in holders]
    copies = [
        Change(
            prices.own_reference(db, key.holder, style, currency),
            partial(merge_prices, new=StoredKey(name, key, style, currency)),
        )
        for name, key in keys.items()
    ]
    raise_unwritable([write_changes(db, flags, "companies"), write_changes(db, copies, "prices")])
    raise_unwritable(
        [write_changes(db, [Change(reference, partial(_without, copied=keys))], "prices")]
    )


def _without(stored: Document | None, copied: dict[str, PriceKey]) -> Document | None:
    """The prices without the keys as they were copied; one that is newer meanwhile stays."""
    if stored is None:
        return None
    kept = {
        name: key
        for name, key in stored["keys"].items()
        if name not in copied or copied[name].stamp < key["stamp"]
    }
    return {**stored, "keys": kept}


def _has_many_doors(document: Document) -> bool:
    return "profile" in document and has_many_doors(Profile.model_validate(document["profile"]))


def _move_doors(db: Client, reference: DocumentReference) -> None:
    """Write the doors of the profile as documents, then take them out of the profile."""
    document = reference.get().to_dict() or {}
    if not _has_many_doors(document):
        return
    profile = Profile.model_validate(document["profile"])

    def moved(stored: Document | None) -> Document | None:
        # A newer message has brought its own doors meanwhile.
        same = stored is not None and stored["profile"]["stamp"] == profile.stamp
        return with_doors_apart(stored, profile) if stored and same else None

    doors = write_doors(db, reference.id, profile)
    raise_unwritable([doors])
    raise_unwritable([write_changes(db, [Change(reference, moved)], "companies")])
    delete_old_doors(db, reference.id)


def _sum_up_orders(db: Client, reference: DocumentReference) -> None:
    """Put sums in place of a company's open orders, which were one by one in its document."""

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([reference])
        if document is not None and "open_orders" in document:
            amounts = stored_amounts(document)
            attempt.update(
                reference, {"open_amounts": fold_amounts(amounts), "open_orders": DELETE_FIELD}
            )

    optimistically(db, body)


UPGRADES = (
    # First: a company whose open orders fill its document has no room for anything else.
    Upgrade("open_orders", "companies", lambda document: "open_orders" in document, _sum_up_orders),
    Upgrade(
        "customer_prices",
        "prices",
        lambda document: bool(_customers_keys(document)),
        _move_customers_keys,
    ),
    Upgrade("doors", "companies", _has_many_doors, _move_doors),
    resave("availability", Availability),
    resave("orders", Order),
    resave("carts", Cart),
)
"""In the order in which they run."""


def main(arguments: list[str]) -> int:
    """Run the command; the exit status, 1 where a document could not be upgraded."""
    parser = argparse.ArgumentParser(prog="python -m infra.migrate")
    parser.add_argument("--project", required=True)
    parser.add_argument("--database", default="(default)")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only say what")
    options = parser.parse_args(arguments)
    db = Client(project=options.project, database=options.database)
    tallies = migrate(db, UPGRADES, print, dry_run=options.dry_run)
    verb = "to be upgraded" if options.dry_run else "upgraded"
    upgraded = Counter({name: one.old - len(one.faults) for name, one in tallies.items()})
    for name, tally in tallies.items():
        print(f"{name:<16} {tally.read:>8} read {upgraded[name]:>8} {verb}")
    faults = [fault for tally in tallies.values() for fault in tally.faults]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
