"""Which doors a file means, of a company whose doors are documents of their own.

A number is the document's id. A name is looked up on its own and two doors of it are enough
to say that it is ambiguous: all shops of a chain may have one name.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from google.cloud.firestore import Client, FieldFilter

from functions.carts.upload.rows import door_number
from shared.company.doors import collection
from shared.company.model import Company
from shared.store import find_all
from shared.text.spelling import fold_spelling, spelt_out, without_digraphs

_PARALLEL = 8
_AMBIGUOUS = 2
_LONGEST_NAME = 200
"""Characters; SAP's names have 35, and Firestore compares no more than 1,500 bytes."""


def door_ids(db: Client, company: Company, texts: Iterable[str]) -> set[str]:
    """What may be the doors that `texts` call by number or name; none where the profile has them."""
    if not company.doors_apart:
        return set()
    given = {text for text in texts if text}
    spellings = (fold_spelling, spelt_out, without_digraphs)
    written = {spelt(text) for text in given for spelt in spellings}
    names = {name for name in written if 0 < len(name) <= _LONGEST_NAME}
    with ThreadPoolExecutor(_PARALLEL) as threads:
        found = threads.map(lambda name: _find(db, company, name), names)
        return {door_number(text) for text in given} | set(chain.from_iterable(found))


def _find(db: Client, company: Company, name: str) -> list[str]:
    query = (
        collection(db, company.id)
        .where(filter=FieldFilter("name_key", "==", name))
        .where(filter=FieldFilter("stamp", ">=", company.profile.stamp))
        .limit(_AMBIGUOUS)
        .select([])
    )
    return [read.id for read in find_all(db, query)]
