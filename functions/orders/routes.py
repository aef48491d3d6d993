"""The routes of orders."""

from typing import Any

from functions.orders.approving.routes import APPROVING
from functions.orders.changing.cancellation import cancel
from functions.orders.changing.change import change
from functions.orders.changing.schema import CancelRequest, ChangeRequest, SubstitutionRequest
from functions.orders.changing.substitution import answer_substitution
from functions.orders.customers import look_after
from functions.orders.customers_schema import CustomerOrdersPage
from functions.orders.documents.confirmation import EXTENSIONS, PDF, read_confirmation
from functions.orders.listing import check_po_number, list_orders
from functions.orders.placement import place
from functions.orders.reading import read_order
from functions.orders.resources import Resources
from functions.orders.schema import (
    ChangedOrder,
    ListQuery,
    OrderPage,
    OrderView,
    PlacedGroup,
    PlaceRequest,
    PoNumberQuery,
    PoNumberView,
)
from functions.orders.views import order_view
from functions.orders.windows import with_days
from shared.cart.checks import view as check_view
from shared.http.rate import Counted, Rate
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import READERS, WRITERS
from shared.order.model import Order
from shared.person.customers import CustomersQuery
from shared.text.table_file import CSV, XLSX


def place_cart(resources: Resources, call: Call[NoQuery, PlaceRequest]) -> Answer:
    """One order for each door and delivery window of a cart."""
    placed = place(
        resources.db,
        resources.enqueue,
        resources.vat_checks,
        call.caller,
        call.idempotency_key,
        call.body,
        call.locale,
        call.now,
    )
    headers = {"Idempotent-Replay": "true"} if placed.replayed else {}
    return Answer(placed.group.answer.encode(), 201, headers)


def get_orders(resources: Resources, call: Call[ListQuery, NoBody]) -> Answer:
    """A page of the company's orders."""
    return Answer(list_orders(resources.db, call.caller.company, call.query))


def get_customers(resources: Resources, call: Call[CustomersQuery, NoBody]) -> Answer:
    """A page of the rep's customers with what is to be done about their orders."""
    return Answer(look_after(resources.db, call.person, call.query, call.now))


def get_po_number(resources: Resources, call: Call[PoNumberQuery, NoBody]) -> Answer:
    """A PO number before it is used."""
    return Answer(check_po_number(resources.db, call.caller.company, call.query.po_number))


def get_order(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """One order with everything."""
    order = read_order(resources.db, call.caller.company, call.path["number"])
    return Answer(_view(order, resources, call))


def _view(order: Order, resources: Resources, call: Call[Any, Any]) -> OrderView:
    [told] = with_days(resources.db, call.caller.company, [order])
    return order_view(told, resources.reader(call.locale), call.now)


def get_confirmation_pdf(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The order confirmation to print."""
    return _confirmation(PDF, resources, call)


def get_confirmation_xlsx(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The order confirmation to calculate with."""
    return _confirmation(XLSX, resources, call)


def get_confirmation_csv(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The order confirmation's lines for other programs."""
    return _confirmation(CSV, resources, call)


def _confirmation(media_type: str, resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    company, number = call.caller.company, call.path["number"]
    reader = resources.reader(call.locale)
    content = read_confirmation(resources.db, company, number, media_type, reader)
    return Answer(
        content,
        headers={
            "Content-Type": media_type,
            "Content-Disposition": f'attachment; filename="{number}.{EXTENSIONS[media_type]}"',
            "Content-Language": str(call.locale).replace("_", "-"),
        },
    )


def cancel_order(resources: Resources, call: Call[NoQuery, CancelRequest]) -> Answer:
    """The order, cancelled."""
    key, number = call.idempotency_key, call.path["number"]
    enqueue = resources.enqueue
    order = cancel(resources.db, enqueue, call.caller, number, key, call.body, call.now)
    return Answer(_view(order, resources, call))


def change_order(resources: Resources, call: Call[NoQuery, ChangeRequest]) -> Answer:
    """The order, changed."""
    key, number = call.idempotency_key, call.path["number"]
    enqueue = resources.enqueue
    outcome = change(resources.db, enqueue, call.caller, number, key, call.body, call.now)
    seen = _view(outcome.order, resources, call)
    warnings = [check_view(check, call.locale) for check in outcome.warnings]
    return Answer(ChangedOrder(**dict(seen), warnings=warnings))


def answer_to_substitution(
    resources: Resources, call: Call[NoQuery, SubstitutionRequest]
) -> Answer:
    """The order with the buyer's answer."""
    key, number = call.idempotency_key, call.path["number"]
    enqueue = resources.enqueue
    order = answer_substitution(
        resources.db, enqueue, call.caller, number, key, call.body, call.now
    )
    return Answer(_view(order, resources, call))


CHANGE = Rate("change-order", burst=60, per_minute=30, counted=Counted.REGION)
"""Of all that may tell SAP to change an order."""

SERVICE: Service[Resources] = Service(
    name="orders",
    version="1.17.0",
    routes=(
        Route(
            method="POST",
            path="",
            handler=place_cart,
            access=WRITERS,
            summary="Place a cart",
            answer=PlacedGroup,
            query=NoQuery,
            body=PlaceRequest,
            status=201,
            idempotent=True,
            rate=Rate("place", burst=60, per_minute=30, counted=Counted.INSTANCE),
        ),
        Route(
            method="GET",
            path="",
            handler=get_orders,
            access=READERS,
            summary="The company's orders, newest first",
            answer=OrderPage,
            query=ListQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/po-number",
            handler=get_po_number,
            access=READERS,
            summary="What becomes of a PO number, and which orders have it already",
            answer=PoNumberView,
            query=PoNumberQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/customers",
            handler=get_customers,
            access=Access.PERSON,
            summary="What is to be done about the orders of whom the caller acts for as a rep",
            answer=CustomerOrdersPage,
            query=CustomersQuery,
            body=NoBody,
        ),
        Route(
            method="GET",
            path="/<number>",
            handler=get_order,
            access=READERS,
            summary="An order with its lines and history",
            answer=OrderView,
            query=NoQuery,
            body=NoBody,
        ),
        *(
            Route(
                method="GET",
                path=f"/<number>/documents/confirmation.{EXTENSIONS[media_type]}",
                handler=handler,
                access=READERS,
                summary="The order confirmation as a file in the reader's language",
                answer=None,
                query=NoQuery,
                body=NoBody,
                file=media_type,
                rate=Rate("document", burst=60, per_minute=30, counted=Counted.REGION),
            )
            for media_type, handler in (
                (PDF, get_confirmation_pdf),
                (XLSX, get_confirmation_xlsx),
                (CSV, get_confirmation_csv),
            )
        ),
        Route(
            method="POST",
            path="/<number>/cancel",
            handler=cancel_order,
            access=WRITERS,
            summary="Cancel an order, until it is delivered",
            answer=OrderView,
            query=NoQuery,
            body=CancelRequest,
            idempotent=True,
            rate=CHANGE,
        ),
        Route(
            method="POST",
            path="/<number>/change",
            handler=change_order,
            access=WRITERS,
            summary="Change the pieces of an order's lines, until it is delivered",
            answer=ChangedOrder,
            query=NoQuery,
            body=ChangeRequest,
            idempotent=True,
            rate=CHANGE,
        ),
        Route(
            method="POST",
            path="/<number>/substitutions",
            handler=answer_to_substitution,
            access=WRITERS,
            summary="Accept or refuse another article than was ordered, until it is delivered",
            answer=OrderView,
            query=NoQuery,
            body=SubstitutionRequest,
            idempotent=True,
            rate=CHANGE,
        ),
        *APPROVING,
    ),
)
