"""One order of a company."""

from google.cloud.firestore import Client

from shared.order import repository as orders
from shared.order.model import Order
from shared.store import read_all


def read_order(db: Client, company: str, number: str) -> Order:
    """The company's order.

    Raises:
        OrderNotFoundProblem: none, or another company's.
    """
    [document] = read_all(db, [orders.reference(db, number)])
    return orders.parse(document, company)
