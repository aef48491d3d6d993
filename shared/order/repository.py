"""`orders/{number}` and `order_groups/{id}`."""

from google.cloud.firestore import Client, DocumentReference

from shared.order.model import Order
from shared.problem import Problem
from shared.store import Document
from shared.text.message import N_


class OrderNotFoundProblem(Problem):
    """No such order in this company."""

    status = 404
    code = "order_not_found"
    text = N_("This order does not exist.")


def reference(db: Client, number: str) -> DocumentReference:
    """Where an order is."""
    return db.collection("orders").document(number)


def group_reference(db: Client, group: str) -> DocumentReference:
    """Where an order group is."""
    return db.collection("order_groups").document(group)


def parse(document: Document | None, company: str) -> Order:
    """The company's order.

    Raises:
        OrderNotFoundProblem: none, or another company's.
    """
    if document is None or document["company"] != company:
        raise OrderNotFoundProblem
    return Order.model_validate(document)
