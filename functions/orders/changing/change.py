"""Changing an order: new quantities of its lines, until SAP has released it for delivery.

What was fixed when it was placed stays: prices (those of volume tiers too, whichever way the
pieces go), terms, VAT rate, dates. A line that was removed stays removed. Both versions are
kept. What is taken of stock and credit changes in the same commit; what it gives back of what
SAP has is only available again when SAP has taken the change. Where a rule of the company's fires, the
change waits for an approval with what it takes (`shared.order.proposal`).
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from google.cloud.firestore import Client

from functions.orders.blocked import BlockedProblem
from functions.orders.changing.checks import LineEdit, check_change
from functions.orders.changing.holding import AskedFor, hold_change
from functions.orders.changing.schema import ChangeRequest
from functions.orders.number import draw_number
from functions.orders.plan import CONFIRMATIONS, LARGEST_ORDER
from shared.actor import Actor
from shared.cart.checks import Check
from shared.cart.context import CartContext
from shared.cart.loading import load_context
from shared.company import repository as companies
from shared.company.model import Company
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.changing import to_sap
from shared.order.exporting import EnqueueExport, request_change_export
from shared.order.model import Order
from shared.order.permission import ChangeMode, way_to_change
from shared.order.saving import save_orders
from shared.order.versions import add_version, quantities_of, with_quantities
from shared.problem import Problem
from shared.text.message import N_, Message


class OrderChangedProblem(Problem):
    """The order is not what the buyer saw."""

    status = 409
    code = "order_changed"
    text = N_("The order was changed since you saw it. Please look at it again.")


class NothingChangedProblem(Problem):
    """Every line is to stay as it is."""

    status = 409
    code = "nothing_changed"
    text = N_("This changes nothing.")


class TooOftenChangedProblem(Problem):
    """The document has no room for one more version."""

    status = 422
    code = "changed_too_often"
    text = N_("This order was changed too often. Please contact us.")


class NotChangeableProblem(BlockedProblem):
    """Checks of the order block the change."""

    code = "not_changeable"
    text = N_("The order can't be changed like this. Nothing was changed.")


@dataclass(frozen=True)
class ChangeResult:
    """The order after the change, and warnings about it (none where it is told again)."""

    order: Order
    warnings: list[Check]


def change(
    db: Client,
    enqueue: EnqueueExport,
    caller: Caller,
    number: str,
    key: str,
    request: ChangeRequest,
    now: datetime,
) -> ChangeResult:
    """The order, changed now, or before by the same request; or as it was, and the change waits for
    an approval.

    Raises:
        OrderNotFoundProblem: none, or another company's.
        KeyReusedProblem: `key` came with another request before.
        OrderChangedProblem, NothingChangedProblem, NotChangeableProblem: the state conflicts.
        TooOftenChangedProblem: there is no room left.
        Problem: as `way_to_change`.
    """

    def body(attempt: Attempt) -> ChangeResult:
        document, company_document = attempt.read(
            [orders.reference(db, number), companies.reference(db, caller.company)]
        )
        order = orders.parse(document, caller.company)
        key_id, request_hash = request_id(caller, key), payload_hash(request)
        if (used := order.used_keys.get(key_id)) is not None:
            if used != request_hash:
                raise KeyReusedProblem
            return ChangeResult(order, [])
        company = companies.parse(caller.company, company_document)
        context = _context(db, attempt, company, order, now)
        result = plan_change(order, context, request, caller.actor, now)
        asked = AskedFor(order, result.order, caller, approval, now)
        changed = hold_change(db, attempt, company, asked) or result.order
        used_keys = {**order.used_keys, key_id: request_hash}
        new = changed.model_copy(update={"used_keys": used_keys})
        save_orders(attempt, db, [(order, new)])
        return ChangeResult(new, result.warnings)

    approval = draw_number()
    result = optimistically(db, body)
    waits = result.order.waiting_change is not None
    structlog.get_logger().info("changed", order=number, version=result.order.version, waits=waits)
    request_change_export(enqueue, result.order)
    return result


def _context(
    db: Client, attempt: Attempt, company: Company, order: Order, now: datetime
) -> CartContext:
    """As for a cart of its lines, with the stock of where the order comes from.

    That stays, also where the company is delivered to from elsewhere meanwhile.
    """
    profile = company.profile.model_copy(update={"plant": order.plant})
    there = company.model_copy(update={"profile": profile})
    skus = [line.sku for line in order.lines]
    return load_context(db, there, skus, [order.door.id], now, attempt.read)


def plan_change(
    order: Order, context: CartContext, request: ChangeRequest, by: Actor, now: datetime
) -> ChangeResult:
    """The changed order, pure.

    Raises:
        As `change`.
    """
    way = way_to_change(order, now)
    if request.version != order.version:
        raise OrderChangedProblem(extra={"version": order.version})
    changes = _changes(order, request)
    if not changes:
        raise NothingChangedProblem
    quantities = quantities_of(order)
    for one in changes:
        quantities[one.index] = one.quantity
    checks = check_change(order, with_quantities(order, quantities), changes, context)
    if any(check.severity == "error" for check in checks):
        raise NotChangeableProblem(checks)
    new = add_version(order, quantities, now, by, via_sap=way is ChangeMode.VIA_SAP)
    if way is ChangeMode.VIA_SAP:
        new = new.model_copy(update={"change": to_sap(new.version, now, by)})
    check_room(new)
    return ChangeResult(new, checks)


def check_room(order: Order) -> None:
    """Refuse what makes the order larger than its document may be.

    Raises:
        TooOftenChangedProblem.
    """
    size = len(order.model_dump_json().encode()) + CONFIRMATIONS * len(order.lines)
    if size > LARGEST_ORDER:
        raise TooOftenChangedProblem


def _changes(order: Order, request: ChangeRequest) -> list[LineEdit]:
    """Lines that get another quantity.

    Raises:
        NotChangeableProblem: with every line that the order has not, or that is given twice.
    """
    # Of a SKU that people in SAP added once more, the line that the buyer ordered, if it lives.
    ended_first = sorted(
        enumerate(order.lines),
        key=lambda one: (one[1].quantity > 0 and not one[1].rejected, -one[0]),
    )
    lines = {line.sku: (index, line) for index, line in ended_first}
    seen: set[str] = set()
    checks: list[Check] = []
    changes: list[LineEdit] = []
    for place, wanted in enumerate(request.lines):
        data = {"sku": wanted.sku}
        if wanted.sku not in lines:
            text = Message(N_("The order has no line of this."))
            checks.append(Check("not_in_order", "error", f"/lines/{place}/sku", text, data))
        elif wanted.sku in seen:
            text = Message(N_("This line is given twice."))
            checks.append(Check("given_twice", "error", f"/lines/{place}/sku", text, data))
        elif wanted.quantity != lines[wanted.sku][1].quantity:
            changes.append(LineEdit(place, *lines[wanted.sku], wanted.quantity))
        seen.add(wanted.sku)
    if checks:
        raise NotChangeableProblem(checks)
    return changes
