"""Whether Sellin and SAP say the same of everything, computed from SAP's side."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emulators.sap.document import Billing, Delivery
from emulators.sap.order import Order as SalesOrder
from emulators.sap.stock import StockRow
from functions.export_order.turn import PATIENCE
from shared.availability.model import Availability
from shared.availability.rules import pending
from shared.company.model import Company
from shared.money import Money
from shared.order.handover import HandoverState
from shared.order.hold import HoldKind
from shared.order.model import Order
from shared.order.status import Status
from shared.vat.rules import vat_amount
from tests.integration.connection.world import LIMIT
from tests.support.connection import Connection

S = Status


@dataclass(frozen=True)
class AtRest:
    """All that both sides have, read once."""

    orders: list[Order]
    companies: list[Company]
    availability: list[Availability]
    sales_orders: list[SalesOrder]
    deliveries: list[Delivery]
    billings: list[Billing]
    stock: list[StockRow]

    @classmethod
    def of(cls, both: Connection) -> "AtRest":
        """As they are now."""
        sap = both.sap
        return cls(
            orders=both.orders(),
            companies=[Company.model_validate(one) for one in both.stored("companies")],
            availability=[Availability.model_validate(one) for one in both.stored("availability")],
            sales_orders=sap.orders(),
            deliveries=sap.deliveries(),
            billings=sap.billings(),
            stock=sap.stock(),
        )

    def open_in_sap(self, company: str) -> int:
        """What a company owes with the orders that are open in SAP, in minor units."""
        known = {one.number: one for one in self.orders}
        return sum(
            _with_vat(known[one.purchase_order.split("/")[0]], one)
            for one in self.sales_orders
            if one.sold_to.lstrip("0") == company and not one.reference
        )


def check(there: AtRest) -> None:
    """Raises AssertionError for the first thing that they don't agree on."""
    of = defaultdict(list)
    for one in there.sales_orders:
        of[one.purchase_order.split("/")[0]].append(one)
    known = there.orders
    assert set(of) <= {order.number for order in known}, "SAP has an order that nobody placed"
    for order in known:
        own = [one for one in of[order.number] if not one.reference]
        _check_order(order, own, [one for one in of[order.number] if one.reference])
        for sales_order in own:
            _check_documents(order, there.deliveries, there.billings)
            _check_status(order, sales_order, there.billings)
    _check_turns(there, of)
    _check_stock(there)
    _check_credit(there)


def has_waited(order: Order) -> bool:
    """Whether a try to hand it over failed, since SAP was away."""
    return any(one.outcome == "failed" and not one.answered for one in order.handover.attempts)


def _check_turns(there: AtRest, of: Mapping[str, list[SalesOrder]]) -> None:
    """Nothing of a company reached SAP before what it had placed earlier and only waited for SAP."""
    created = {
        number: one.created for number, found in of.items() for one in found if not one.reference
    }
    for order in filter(_only_waited, there.orders):
        for later in there.orders:
            if later.company == order.company and later.placed_at > order.placed_at:
                at = created.get(later.number, "9")
                assert created.get(order.number, "") <= at, f"{later.number} before {order.number}"


def _only_waited(order: Order) -> bool:
    """Whether nobody decided about it, no process died with it, and SAP seldom let it fail itself."""
    tries = order.handover.attempts
    failures = sum(one.outcome == "failed" and one.answered for one in tries)
    return (
        {one.outcome for one in tries} <= {"failed", "created"}
        and failures < PATIENCE
        and not order.handover.decisions
    )


def _check_order(order: Order, own: list[SalesOrder], others: list[SalesOrder]) -> None:
    place = order.number
    if not own:
        assert order.handover.state in (HandoverState.WITHDRAWN, HandoverState.REFUSED), place
        assert order.status in (S.CANCELLED, S.REJECTED), place
        return
    [there] = own
    assert order.sap_number == there.number.lstrip("0"), place
    assert order.handover.state is HandoverState.ACCEPTED or order.status is S.REJECTED, place
    lines = {line.position: line for line in order.lines}
    assert lines.keys() >= {int(item.number) for item in there.items}, place
    missing = lines.keys() - {int(item.number) for item in there.items}
    # What was removed before SAP got the order never was there.
    assert not any(lines[position].quantity for position in missing), place
    for item in there.items:
        line, at = lines[int(item.number)], f"{place}/{item.number}"
        if item.rejection:
            assert line.rejected or not line.quantity, at
            continue
        assert not line.rejected, at
        assert line.article == item.material.lstrip("0"), at
        assert line.quantity == item.quantity, at
        price = line.unit_price
        assert Decimal(price.amount) / price.per / 100 == item.net_price / item.price_unit, at
        assert line.amount.amount == item.net_value * 100, at
        confirmed, told = Counter[date](), Counter[date]()
        for one in line.confirmed:
            told[one.on] += one.quantity
        for schedule in item.confirmed:
            confirmed[schedule.date] += int(schedule.quantity)
        assert told == +confirmed, at
    _check_holds(order, there)
    assert {one.number for one in order.related} == {one.number.lstrip("0") for one in others}


def _check_holds(order: Order, there: SalesOrder) -> None:
    if all(item.rejection for item in there.items):
        return
    wanted = {
        HoldKind.CREDIT: there.credit in ("B", "C"),
        HoldKind.DELIVERY_BLOCK: bool(there.delivery_block),
        HoldKind.BILLING_BLOCK: bool(there.billing_block),
        HoldKind.INCOMPLETE: not there.is_complete,
    }
    held = {hold.kind for hold in order.holds}
    assert held == {kind for kind, holds in wanted.items() if holds}, order.number


def _check_documents(order: Order, deliveries: list[Delivery], billings: list[Billing]) -> None:
    mine = f"{order.number}/"
    left = {
        one.number.lstrip("0"): (bool(one.left), one.deleted, _pieces(one))
        for one in deliveries
        if any(item.purchase_order.startswith(mine) for item in one.items)
    }
    told = {
        one.number: (one.shipped_at is not None, one.cancelled, one.quantities)
        for one in order.shipments
    }
    assert told == left, f"deliveries of {order.number}"
    billed = {
        one.number.lstrip("0"): (one.cancels.lstrip("0"), one.credit_memo, one.net, _pieces(one))
        for one in billings
        if any(item.purchase_order.startswith(mine) for item in one.items)
    }
    invoiced = {
        one.number: (
            one.cancels or "",
            one.credit_memo,
            Decimal(one.net.amount) / 100,
            one.quantities,
        )
        for one in order.invoices
    }
    assert invoiced == billed, f"invoices of {order.number}"


def _pieces(document: Delivery | Billing) -> dict[int, int]:
    return {int(item.order_item): int(item.quantity) for item in document.items}


def _check_status(order: Order, there: SalesOrder, billings: list[Billing]) -> None:
    alive = [item for item in there.items if not item.rejection]
    left = sum(item.shipped for item in there.items)
    if not alive and not left:
        assert order.status in (S.REJECTED, S.CANCELLED), order.number
        return
    if not alive:
        # What was rejected after a part had left was dropped; the part counts as the whole.
        assert order.status in (S.PARTLY_SHIPPED, S.SHIPPED, S.INVOICED), order.number
        return
    gone = all(item.shipped >= item.quantity for item in alive)
    standing = Counter[str]()
    back = {one.cancels for one in billings}
    for one in billings:
        if not one.cancels and one.number not in back and not one.credit_memo:
            for item in one.items:
                if item.order == there.number:
                    standing[item.order_item] += int(item.quantity)
    billed = all(standing[item.number] >= item.quantity for item in alive)
    if not left:
        expected = S.CONFIRMED
    elif billed:
        expected = S.INVOICED
    else:
        expected = S.SHIPPED if gone else S.PARTLY_SHIPPED
    assert order.status is expected, f"{order.number} is {order.status}, not {expected}"


def _check_stock(there: AtRest) -> None:
    rows = {(row.material.lstrip("0"), row.plant): row for row in there.stock}
    for held in there.availability:
        for article, figures in held.stock.items():
            row = rows[article, held.plant]
            assert figures.on_hand == row.unrestricted, article
            assert figures.ordered == row.on_order, article
            assert not sum(pending(held, article).values()), f"{article} is promised beside SAP"


def check_no_more_credit(there: AtRest) -> None:
    """Raises AssertionError where a company may order for more than what is left of its limit."""
    for company, left in _credit_left(there):
        assert left <= LIMIT - there.open_in_sap(company), f"credit left of {company}"


def _check_credit(there: AtRest) -> None:
    """The limit less all that is alive in SAP, with its VAT."""
    for company, left in _credit_left(there):
        assert left == LIMIT - there.open_in_sap(company), f"credit left of {company}"


def _credit_left(there: AtRest) -> Iterator[tuple[str, int]]:
    for company in there.companies:
        left = company.credit_left()
        assert left is not None, "SAP told a limit"
        yield company.id, left.amount


def _with_vat(order: Order, there: SalesOrder) -> int:
    net = int(there.net_value * 100)
    tax = vat_amount(Money(amount=net, currency=order.currency), order.vat.rate)
    return net if order.credit == "net" else net + tax.amount
