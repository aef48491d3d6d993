"""`shared_gtins/{GTIN}`: a GTIN that stands on two or more articles.

Such a bar code is asked about wherever it is scanned or uploaded, since nobody can tell which
article is meant; only SAP's master data can be mended. There is an entry for as long as that is
so: `reconcile` writes it and takes it away.
"""

from collections.abc import Iterator
from datetime import datetime

from google.cloud.firestore import Client, CollectionReference, DocumentReference
from pydantic import BaseModel, Field

from shared.store import find_each

ARTICLES = 20
"""That an entry names."""


class GtinArticle(BaseModel):
    """An article that has the GTIN, or whose case has it."""

    style: str
    article: str


class SharedGtin(BaseModel):
    """One GTIN, its articles by style and number, and since when that is known here."""

    gtin: str = Field(description="13 digits, or 14 of a case")
    articles: list[GtinArticle] = Field(description="the first 20")
    article_count: int
    since: datetime


def collection(db: Client) -> CollectionReference:
    """Where the entries are."""
    return db.collection("shared_gtins")


def reference(db: Client, gtin: str) -> DocumentReference:
    """Where the entry of a GTIN is."""
    return collection(db).document(gtin)


def list_shared(db: Client) -> Iterator[SharedGtin]:
    """All entries, the newest first."""
    found = find_each(db, collection(db).order_by("since", direction="DESCENDING"))
    return (SharedGtin.model_validate(one.data()) for one in found)
