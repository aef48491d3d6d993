"""`approval_policies/{company}` and `approvals/{order group}`, always within a company."""

from google.cloud.firestore import Client, CollectionReference, DocumentReference

from shared.approval.model import Approval, Policy
from shared.problem import Problem
from shared.store import Document
from shared.text.message import N_


class ApprovalNotFoundProblem(Problem):
    """No orders of this company waited under this number."""

    status = 404
    code = "approval_not_found"
    text = N_("No order waits for approval here.")


def policy_reference(db: Client, company: str) -> DocumentReference:
    """Where a company's rules are."""
    return db.collection("approval_policies").document(company)


def revision_reference(db: Client, company: str, revision: int) -> DocumentReference:
    """Where a company's rules of before are."""
    return revisions(db, company).document(f"{revision:06}")


def revisions(db: Client, company: str) -> CollectionReference:
    """All that a company's rules ever were."""
    found: CollectionReference = policy_reference(db, company).collection("revisions")
    return found


def parse_policy(document: Document | None) -> Policy | None:
    """The company's rules; None where it never had any."""
    return None if document is None else Policy.model_validate(document)


def reference(db: Client, number: str) -> DocumentReference:
    """Where the approval of an order group is."""
    return db.collection("approvals").document(number)


def parse(document: Document | None, company: str) -> Approval:
    """The company's approval.

    Raises:
        ApprovalNotFoundProblem: none, or another company's.
    """
    if document is None or document["company"] != company:
        raise ApprovalNotFoundProblem
    return Approval.model_validate(document)
