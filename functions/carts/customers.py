"""How many carts the customers of a sales rep have open, and how many of these a rep prepared."""

from datetime import UTC, datetime

from google.cloud.firestore import Client, FieldFilter

from functions.carts.listing import open_carts
from functions.carts.schema import CustomerCarts, CustomerCartsPage
from shared.actor import ActorKind
from shared.identity.caller import Claims
from shared.person.customers import CustomersQuery, for_each_customer, page_of_customers
from shared.store import count

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def count_carts(db: Client, claims: Claims, query: CustomersQuery) -> CustomerCartsPage:
    """A page of the rep's customers with their carts, three counts for each.

    Raises:
        InvalidInputProblem: the cursor is none of ours.
    """
    page = page_of_customers(claims, query)
    items = for_each_customer(page, lambda company: _count(db, company))
    return CustomerCartsPage(items=items, next=page.next)


def _count(db: Client, company: str) -> CustomerCarts:
    carts = open_carts(db, company)
    of_reps = carts.where(filter=FieldFilter("created.by_kind", "==", ActorKind.REP.value))
    # Carts of before hand-overs lack the field, so those that have it are counted.
    given = count(carts.where(filter=FieldFilter("handed_over.at", ">=", _EVER)))
    return CustomerCarts(
        company=company,
        open=count(carts),
        # Counted one after the other, with a cart placed in between perhaps.
        in_preparation=max(0, count(of_reps) - given),
        handed_over=given,
    )
