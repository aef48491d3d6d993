"""Which styles GTINs are of.

`styles` hold their GTINs in one indexed list, which a query can ask for 30 of (the most that
Firestore takes). A style that is found tells all of its GTINs, so that those of them that are
wanted, too, need not be asked for. Neighbouring GTINs are mostly of one style: those asked for
at a time are far apart in their order, and each mostly finds another style. A file of 5,000
GTINs of 100 styles takes about eight queries and one read a style; asked for in their order,
it would take 167 queries, which the Firestore emulator does not answer in two minutes.
"""

from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor

from google.cloud.firestore import Client, FieldFilter

from shared.store import find_all

_AT_A_TIME = 30
_PARALLEL = 8


def styles_of(db: Client, gtins: Iterable[str]) -> set[str]:
    """Numbers of the styles that have any of these GTIN-13s, in anybody's assortment."""
    wanted = sorted(set(gtins))
    found: set[str] = set()
    queries = 1
    with ThreadPoolExecutor(_PARALLEL) as threads:
        while wanted:
            asked = wanted[:: -(-len(wanted) // (queries * _AT_A_TIME))]
            known = set(asked)
            for style, theirs in _find(db, threads, asked):
                found.add(style)
                known.update(theirs)
            wanted = [gtin for gtin in wanted if gtin not in known]
            # A few first: what they find mostly leaves less to ask for.
            queries = min(2 * queries, _PARALLEL)
    return found


def _find(db: Client, threads: Executor, gtins: list[str]) -> Iterable[tuple[str, list[str]]]:
    """Styles, each with all of its GTINs."""

    def find(part: list[str]) -> list[tuple[str, list[str]]]:
        held = FieldFilter("gtins", "array_contains_any", part)
        query = db.collection("styles").where(filter=held).select(["gtins"])
        return [(read.id, read.data()["gtins"]) for read in find_all(db, query)]

    parts = [gtins[first : first + _AT_A_TIME] for first in range(0, len(gtins), _AT_A_TIME)]
    return [style for styles in threads.map(find, parts) for style in styles]
