"""`state/catalogue`: a counter per kind of data that instances keep in memory.

A sync function raises the counter in the commit that changes the data, so an instance
that reads this one document knows whether what it holds is current.
"""

from typing import Literal

from google.cloud.firestore import Client, DocumentReference, Increment, WriteBatch
from pydantic import BaseModel

from shared.store import Document

Feed = Literal["styles", "prices", "assortments", "companies"]


class CatalogueVersion(BaseModel):
    """The counters; 0 before the first message."""

    styles: int = 0
    prices: int = 0
    assortments: int = 0
    companies: int = 0


def reference(db: Client) -> DocumentReference:
    """Where the counters are."""
    return db.collection("state").document("catalogue")


def parse(document: Document | None) -> CatalogueVersion:
    """The counters."""
    return CatalogueVersion.model_validate(document or {})


def raise_version(batch: WriteBatch, db: Client, feed: Feed) -> None:
    """Tell every instance, with the commit of `batch`, that `feed` changed."""
    batch.set(reference(db), {feed: Increment(1)}, merge=True)
