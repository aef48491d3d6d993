"""Where prices are, by who holds them: many customers have prices of one style.

`prices/{style}~{currency}` holds the keys of the market and of price lists,
`companies/{company}/prices/{style}~{currency}` those of a customer. Discounts on all articles are with
the company, or those of many companies in `discounts/{sales organisation}`. Until `infra.migrate`
has moved them, the former may hold keys of customers, too; of two keys of one name the
newer counts. `updated_at` (server time) lets an instance load what changed.
"""

from google.cloud.firestore import Client, CollectionReference, DocumentReference

from shared.company import repository as companies
from shared.price.model import GeneralDiscounts, StylePrices
from shared.store import Document


def reference(db: Client, style: str, currency: str) -> DocumentReference:
    """Where the prices of a style in a currency are that are nobody's own."""
    return db.collection("prices").document(_name(style, currency))


def own_collection(db: Client, company: str) -> CollectionReference:
    """Where the prices are that only this company gets; empty unless it has `own_prices`."""
    collection: CollectionReference = companies.reference(db, company).collection("prices")
    return collection


def own_reference(db: Client, company: str, style: str, currency: str) -> DocumentReference:
    """Where a company's own prices of a style in a currency are."""
    return own_collection(db, company).document(_name(style, currency))


def general_reference(db: Client, organisation: str) -> DocumentReference:
    """Where the discounts of many companies on all articles, or on a group of them, are."""
    return db.collection("discounts").document(organisation)


def parse_general(document: Document | None) -> GeneralDiscounts:
    """Those discounts; none where SAP sent none."""
    return GeneralDiscounts.model_validate(document or {})


def _name(style: str, currency: str) -> str:
    return f"{style}~{currency}"


def parse(document: Document | None) -> StylePrices | None:
    """The prices; None where SAP sent none in this currency."""
    return None if document is None else StylePrices.model_validate(document)
