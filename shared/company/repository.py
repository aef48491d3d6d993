"""`companies/{id}`: what SAP says of a company, and our `open_amounts`."""

from google.cloud.firestore import Client, DocumentReference

from shared.company.model import Company
from shared.company.open_amounts import OpenAmounts
from shared.problem import NotFoundProblem
from shared.store import Document, read_all


def reference(db: Client, company: str) -> DocumentReference:
    """Where a company is."""
    return db.collection("companies").document(company)


def parse(company: str, document: Document | None) -> Company:
    """The company.

    Raises:
        NotFoundProblem: SAP has not sent its profile, or has deleted it.
    """
    # Credit may arrive before the profile, so a document alone is not yet a company.
    if document is None or "profile" not in document:
        raise NotFoundProblem
    parsed = Company.model_validate({**document, "id": company})
    if parsed.profile.deleted:
        raise NotFoundProblem
    return parsed


def read(db: Client, company: str) -> Company:
    """The company as it is now.

    Raises:
        NotFoundProblem: SAP has not sent its profile, or has deleted it.
    """
    [document] = read_all(db, [reference(db, company)])
    return parse(company, document)


def credit_stamp(document: Document) -> str | None:
    """The source stamp of the document's credit figures; None before the first."""
    credit = document.get("credit")
    return None if credit is None else str(credit["stamp"])


def with_open_amounts(document: Document, amounts: OpenAmounts) -> Document:
    """The document with these sums, also in place of the `open_orders` that older ones have."""
    rest = {name: value for name, value in document.items() if name != "open_orders"}
    return {**rest, "open_amounts": amounts}
