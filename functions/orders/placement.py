"""Placing a cart: one commit, then the hand-over of its orders to SAP."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from babel import Locale
from google.cloud.firestore import Client, FieldFilter

from functions.orders.approving.holding import hold
from functions.orders.number import draw_number
from functions.orders.plan import LARGEST_ORDER, OrderTooLargeProblem, plan_order
from functions.orders.schema import PlaceRequest
from functions.orders.views import placed_group
from shared.cart import repository as carts
from shared.cart.checks import Check
from shared.cart.loading import load_context
from shared.cart.model import ORDERED_KEPT, Cart, CartState, authorship
from shared.cart.preparation import require_own
from shared.cart.saving import save_cart
from shared.company import repository as companies
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.exporting import HANDED_OVER, EnqueueExport, request_export
from shared.order.group import OrderGroup
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.order.vat_checks import at_placing
from shared.problem import Problem
from shared.store import find_all
from shared.text.message import N_
from shared.vat.request import EnqueueVatCheck, VatRequest, request_vat_check

KEPT = timedelta(days=7)
"""How long a repetition is answered as the first request was."""


class PlacedBeforeProblem(Problem):
    """The cart was placed before, by another request; `orders` has what became of it."""

    status = 409
    code = "cart_ordered"
    text = N_("This cart was ordered already.")


@dataclass(frozen=True)
class VatChecks:
    """Where VIES is asked for a buyer's VAT id, and how old its last answer may be."""

    enqueue: EnqueueVatCheck
    age: timedelta


@dataclass(frozen=True)
class Placing:
    """One request to place a cart; `number` is drawn once, however often it is tried."""

    caller: Caller
    request: PlaceRequest
    group_id: str
    number: str
    locale: Locale
    now: datetime
    vat_check_age: timedelta


@dataclass(frozen=True)
class Placed:
    """The group; `replayed` when an earlier request with the same key made it.

    `asks_vies`: some of its orders wait for VIES's answer.
    """

    group: OrderGroup
    replayed: bool
    asks_vies: bool = False


def place(
    db: Client,
    enqueue: EnqueueExport,
    vat_checks: VatChecks,
    caller: Caller,
    key: str,
    request: PlaceRequest,
    locale: Locale,
    now: datetime,
) -> Placed:
    """Place the cart, or find what the same request placed before.

    Raises:
        CartNotFoundProblem: no such cart of this company.
        KeyReusedProblem: `key` came with another request before.
        PlacedBeforeProblem: another request placed the cart.
        CartOfCustomerProblem, CartInPreparationProblem: it is others' to place.
        Problem: whatever else `plan_order` finds.
    """
    group_id, number = request_id(caller, key), draw_number()
    placing = Placing(caller, request, group_id, number, locale, now, vat_checks.age)
    placed = optimistically(db, lambda attempt: _place(db, attempt, placing))
    if not placed.replayed:
        waits = placed.group.awaits_approval
        told = {"cart": request.cart.id, "orders": placed.group.orders, "waits": waits}
        structlog.get_logger().info("placed", **told)
        for number in [] if waits else placed.group.orders[:HANDED_OVER]:
            request_export(enqueue, number)
    if placed.asks_vies:
        request_vat_check(vat_checks.enqueue, VatRequest(caller.company, placed.group.number))
    return placed


def _place(db: Client, attempt: Attempt, placing: Placing) -> Placed:
    company_id = placing.caller.company
    cart_document, company_document, group_document = attempt.read(
        [
            carts.reference(db, placing.request.cart.id),
            companies.reference(db, company_id),
            orders.group_reference(db, placing.group_id),
        ]
    )
    earlier = OrderGroup.model_validate(group_document) if group_document else None
    if earlier is not None and earlier.expires_at > placing.now:
        if earlier.payload_hash != payload_hash(placing.request):
            raise KeyReusedProblem
        # Our own number: it was committed, but the answer to that was lost.
        return Placed(earlier, replayed=earlier.number != placing.number)
    cart = carts.parse(cart_document, company_id)
    company = companies.parse(company_id, company_document)
    if cart.state is CartState.ORDERED:
        numbers = _orders_of(db, cart)
        raise PlacedBeforeProblem(extra={"group": cart.order_group, "orders": numbers})
    require_own(cart, placing.caller)
    lines = cart.lines.values()
    skus, doors = (line.sku for line in lines), (line.door for line in lines)
    context = load_context(db, company, skus, doors, placing.now, attempt.read)
    plan = plan_order(cart, context, placing.request, placing.caller, placing.number, placing.now)
    caller = placing.caller
    held = hold(db, attempt, company, plan, caller, placing.now) if company.approval_rules else None
    made = plan.orders if held is None else held
    group = _group(made, plan.warnings, placing, waits=held is not None)
    attempt.save_model(orders.group_reference(db, group.id), group)
    placed = [at_placing(order, company, placing.vat_check_age) for order in made]
    save_orders(attempt, db, [(None, order) for order in placed])
    save_cart(attempt, db, cart, _mark_ordered(cart, placing))
    return Placed(group, replayed=False, asks_vies=any(order.vat_due_at for order in placed))


def _mark_ordered(cart: Cart, placing: Placing) -> Cart:
    who = authorship(placing.caller, placing.now)
    return cart.model_copy(
        update={
            "state": CartState.ORDERED,
            "order_group": placing.number,
            "revision": cart.revision + 1,
            "changed": who,
            "expires_at": placing.now + ORDERED_KEPT,
        }
    )


def _orders_of(db: Client, cart: Cart) -> list[str]:
    found = (
        db.collection("orders")
        .where(filter=FieldFilter("company", "==", cart.company))
        .where(filter=FieldFilter("group", "==", cart.order_group))
        .select(["number"])
    )
    return sorted(order.id for order in find_all(db, found))


def _group(
    made: list[Order], warnings: list[Check], placing: Placing, *, waits: bool
) -> OrderGroup:
    answer = placed_group(made, warnings, placing.locale).model_dump_json()
    if len(answer.encode()) > LARGEST_ORDER:
        raise OrderTooLargeProblem
    return OrderGroup(
        id=placing.group_id,
        number=placing.number,
        company=placing.caller.company,
        cart=placing.request.cart.id,
        payload_hash=payload_hash(placing.request),
        orders=[order.number for order in made],
        answer=answer,
        awaits_approval=waits,
        placed_at=placing.now,
        expires_at=placing.now + KEPT,
    )
