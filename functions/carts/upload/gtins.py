"""Which styles GTINs are of.

`styles` hold their GTINs in one indexed list, so a query of 30 GTINs (the most that
Firestore takes) reads the styles that have them and nothing of the styles but their names.
Neighbouring GTINs are mostly of one style; sorted, they fall into one query, and a file
costs about one read a style.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from google.cloud.firestore import Client, FieldFilter

from shared.store import find_all

_AT_A_TIME = 30
_PARALLEL = 8


def styles_of(db: Client, gtins: Iterable[str]) -> set[str]:
    """Numbers of the styles that have any of these GTIN-13s, in anybody's assortment."""
    wanted = sorted(set(gtins))
    parts = [wanted[first : first + _AT_A_TIME] for first in range(0, len(wanted), _AT_A_TIME)]
    if not parts:
        return set()
    with ThreadPoolExecutor(min(_PARALLEL, len(parts))) as threads:
        return set(chain.from_iterable(threads.map(lambda part: _find(db, part), parts)))


def _find(db: Client, gtins: list[str]) -> list[str]:
    held = FieldFilter("gtins", "array_contains_any", gtins)
    query = db.collection("styles").where(filter=held).select([])
    return [read.id for read in find_all(db, query)]
