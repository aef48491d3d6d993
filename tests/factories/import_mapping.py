"""What columns of a company's files are, as somebody has said."""

from google.cloud.firestore import Client

from functions.carts.upload.kept_mappings import ImportMapping
from shared.cart.model import Authorship
from shared.store import to_document
from tests.factories.assortment import NOW


def store_mapping(db: Client, company: str, id_: str) -> str:
    """A mapping of two columns; its id."""
    who = Authorship(uid="anna", by="Anna Läufer", at=NOW)
    one = ImportMapping(
        names=["Ding", "Zahl"], meanings=["article", "none", "quantity"], chosen=who
    )
    db.document(f"companies/{company}/import_mappings/{id_}").set(to_document(one))
    return id_
