"""Gives back what an order that will not be delivered had taken."""

from typing import Any

from google.cloud.firestore import DELETE_FIELD, SERVER_TIMESTAMP, Client, Transaction
from google.cloud.firestore_v1.field_path import FieldPath

from shared.availability import repository as availabilities
from shared.company import repository as companies
from shared.optimistic import Attempt
from shared.order.model import Order
from shared.order.taking import keys


def release(transaction: Transaction | Attempt, db: Client, order: Order) -> None:
    """Forget the order's promises and its share of the credit; doing it twice changes nothing."""
    if order.at_once:
        for style in order.styles:
            reference = availabilities.reference(db, style, order.plant)
            given_back = {**_forgotten("promises", order), "updated_at": SERVER_TIMESTAMP}
            transaction.update(reference, given_back)
    transaction.update(companies.reference(db, order.company), _forgotten("open_orders", order))


def _forgotten(field: str, order: Order) -> dict[str, Any]:
    return {FieldPath(field, key).to_api_repr(): DELETE_FIELD for key in keys(order)}
