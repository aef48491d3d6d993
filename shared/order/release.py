"""Gives back what an order that will not be delivered had taken."""

from google.cloud.firestore import DELETE_FIELD, SERVER_TIMESTAMP, Client, Transaction
from google.cloud.firestore_v1.field_path import FieldPath

from shared.availability import repository as availabilities
from shared.company import repository as companies
from shared.optimistic import Attempt
from shared.order.model import Order


def release(transaction: Transaction | Attempt, db: Client, order: Order) -> None:
    """Forget the order's promises and its share of the credit; doing it twice changes nothing."""
    if order.at_once:
        promise = FieldPath("promises", order.number).to_api_repr()
        for style in order.styles:
            reference = availabilities.reference(db, style, order.plant)
            given_back = {promise: DELETE_FIELD, "updated_at": SERVER_TIMESTAMP}
            transaction.update(reference, given_back)
    open_order = FieldPath("open_orders", order.number).to_api_repr()
    transaction.update(companies.reference(db, order.company), {open_order: DELETE_FIELD})
