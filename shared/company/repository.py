"""`companies/{id}`: what SAP says of a company, and our `open_orders`."""

from google.cloud.firestore import Client, DocumentReference

from shared.company.model import Company
from shared.problem import NotFoundProblem
from shared.store import Document


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
