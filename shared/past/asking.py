"""What documents said as of a moment."""

from datetime import datetime

from google.cloud.firestore import Client, DocumentReference, FieldFilter

from shared.past.keeping import BEGAN, Terms
from shared.store import Document, find_all, read_all

_TIMES = ("until", "expires_at")


def as_of(db: Client, reference: DocumentReference, at: datetime, terms: Terms) -> Document | None:
    """The document with the terms that it had at `at`; None where there was none.

    What is not kept of before, such as texts, is today's. Two reads, however often it changed.
    """
    [now] = read_all(db, [reference])
    return None if now is None else said(db, reference, now, at, terms)


def said(
    db: Client, reference: DocumentReference, now: Document, at: datetime, terms: Terms
) -> Document | None:
    """The same of a document that is `now`."""
    since = (
        reference.collection("past")
        .where(filter=FieldFilter("until", ">", at))
        .order_by("until")
        .limit(1)
    )
    found = find_all(db, since)
    return said_at(now, found[0].data() if found else None, at, terms)


def said_at(now: Document, past: Document | None, at: datetime, terms: Terms) -> Document | None:
    """The document that is `now`, as of `at`: `past` is what it said until the first change after."""
    if BEGAN in now and at < now[BEGAN]:
        return None
    if past is None:
        return now
    kept = {name: value for name, value in past.items() if name not in _TIMES}
    others = {name: value for name, value in now.items() if name not in terms(now)}
    merged = {**others, **kept}
    if kept.get("profile"):
        merged["profile"] = {**now.get("profile", {}), **kept["profile"]}
    elif "profile" in kept:
        # SAP had told no more than its credit.
        del merged["profile"]
    if "colourways" in kept:
        merged["colourways"] = _colourways(now, kept)
    return merged


def _colourways(now: Document, kept: Document) -> list[Document]:
    """Those of then, with the texts that each has today; of one that is gone, none."""
    texts = {one["code"]: one for one in now.get("colourways", [])}
    bare = {"names": {}, "family": "", "hex": "", "picture": ""}
    return [{**bare, **texts.get(one["code"], {}), **one} for one in kept["colourways"]]
