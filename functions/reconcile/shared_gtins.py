"""GTINs that stand on two or more articles: found in the catalogue's snapshot, told to the brand.

The snapshot has the codes of all styles in few documents, so a round costs two reads where no
style changed, else one for each chunk and entry, however many styles changed
(`tests/integration/functions/reconcile/test_shared_gtins.py` counts them). What is found follows
from the snapshot alone, and is committed with the note of what it was found in: a second writer,
or one that died, changes nothing of that.
"""

from collections.abc import Iterable
from datetime import datetime

import structlog
from google.cloud.firestore import Client, DocumentReference

from shared.catalogue import packed_styles
from shared.catalogue.snapshot import FORMAT, Head, find_fields, head_reference
from shared.optimistic import Attempt, ChangedMeanwhileError
from shared.store import Document, to_document
from shared.style.shared_gtin import ARTICLES, GtinArticle, SharedGtin, list_shared, reference

MOST = 1_000
"""Entries; `state/shared_gtins` counts all."""

WRITTEN = 400
"""Entries of a commit; the next round goes on."""

TOLD = 20
"""GTINs in the log."""

Articles = list[tuple[str, str]]
"""Style and article number."""


def update_shared_gtins(db: Client, now: datetime) -> None:
    """Keep the entries as the catalogue's snapshot has it."""
    attempt = Attempt(db)
    own = _state(db)
    before, stored = attempt.read([own, head_reference(db, "styles")])
    head = Head.model_validate(stored or {})
    # Of a part of the styles, what is shared would seem not to be.
    if head.format != FORMAT or not head.whole or head.until == (before or {}).get("until"):
        return
    found = shared_by(find_fields(db, "styles", head, ("format", "table", "codes")))
    known = {one.gtin: one for one in list_shared(db)}
    wanted = _entries(found, known, now)
    changed = [one for gtin, one in wanted.items() if known.get(gtin) != one][:WRITTEN]
    ended = [gtin for gtin in known if gtin not in wanted][: WRITTEN - len(changed)]
    for one in changed:
        attempt.batch.set(reference(db, one.gtin), to_document(one))
    for gtin in ended:
        attempt.batch.delete(reference(db, gtin))
    is_all = len(changed) + len(ended) < WRITTEN
    until = head.until if is_all else (before or {}).get("until")
    # `at` makes it another document whatever was found, so of two writers one fails.
    attempt.save(own, before, {"until": until, "count": len(found), "at": now})
    try:
        attempt.commit()
    except ChangedMeanwhileError:
        return
    if new := [one.gtin for one in changed if one.gtin not in known]:
        structlog.get_logger().error("gtin on two articles", count=len(new), gtins=new[:TOLD])


def shared_by(chunks: Iterable[Document]) -> dict[str, Articles]:
    """The GTINs of several articles, each with all that have it."""
    first: dict[int, tuple[str, str]] = {}
    several: dict[int, set[tuple[str, str]]] = {}
    for chunk in chunks:
        for style, skus in packed_styles.read_codes(chunk):
            for article, gtins in skus:
                for gtin in filter(None, map(_number, gtins)):
                    other = first.setdefault(gtin, (style, article))
                    if other != (style, article):
                        several.setdefault(gtin, {other}).add((style, article))
    return {f"{gtin:013}": sorted(articles) for gtin, articles in sorted(several.items())}


def _number(gtin: str) -> int:
    """The GTIN, whose leading zeros tell nothing apart; zero where it is none."""
    return int(gtin) if gtin.isascii() and gtin.isdigit() else 0


def _entries(
    found: dict[str, Articles], known: dict[str, SharedGtin], now: datetime
) -> dict[str, SharedGtin]:
    """What is to be kept: those that are known first, since they are looked at already."""
    kept = sorted(found, key=lambda gtin: (gtin not in known, gtin))[:MOST]
    return {
        gtin: SharedGtin(
            gtin=gtin,
            articles=[GtinArticle(style=s, article=a) for s, a in found[gtin][:ARTICLES]],
            article_count=len(found[gtin]),
            since=known[gtin].since if gtin in known else now,
        )
        for gtin in kept
    }


def _state(db: Client) -> DocumentReference:
    return db.collection("state").document("shared_gtins")
