"""Shipping and billing orders, and taking that back: what SAP's people do after an order."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from emulators.sap.amounts import rounded
from emulators.sap.document import Billing, Delivery, billing_items, delivery_items
from emulators.sap.master import Master
from emulators.sap.order import Order

_VAT_OF_THE_SELLERS_COUNTRY = Decimal("0.19")
_GERMAN_ORGANISATION = "1000"


class NothingToDoError(Exception):
    """All of it was shipped, or billed, or taken back before."""


def shipped(order: str, deliveries: list[Delivery]) -> dict[str, Decimal]:
    """Pieces of an order's items that have left."""
    pieces: dict[str, Decimal] = defaultdict(Decimal)
    for delivery in deliveries:
        for item in delivery.items:
            if item.order == order and delivery.left and not delivery.deleted:
                pieces[item.order_item] += item.quantity
    return pieces


def billed(order: str, billings: list[Billing]) -> dict[str, Decimal]:
    """Pieces of an order's items on invoices that stand."""
    back = {one.cancels for one in billings}
    pieces: dict[str, Decimal] = defaultdict(Decimal)
    for billing in billings:
        for item in billing.items:
            if item.order == order and not billing.cancels and billing.number not in back:
                pieces[item.order_item] += item.quantity
    return pieces


def deliver(
    order: Order,
    wanted: Mapping[str, Decimal],
    deliveries: list[Delivery],
    head: Delivery,
) -> Delivery:
    """`head` with what is `wanted` of the order's items, or with all that is left of them.

    Raises:
        NothingToDoError: nothing is left.
    """
    items = delivery_items(order, wanted, shipped(order.number, deliveries))
    if not items:
        raise NothingToDoError(f"nothing of {order.number} is left to be shipped")
    return head.model_copy(update={"items": items})


def bill(
    order: Order, deliveries: list[Delivery], billings: list[Billing], rate: Decimal
) -> Billing:
    """An invoice, yet without number and date, of what was shipped and is on none yet.

    Raises:
        NothingToDoError: there is nothing like that.
    """
    items = billing_items(order, shipped(order.number, deliveries), billed(order.number, billings))
    if not items:
        raise NothingToDoError(f"nothing of {order.number} is left to be invoiced")
    net = sum((item.net for item in items), start=Decimal(0))
    tax = rounded(net * rate, order.currency)
    return Billing(currency=order.currency, tax=tax, items=items)


def reversal(billing: Billing, billings: list[Billing]) -> Billing:
    """What takes an invoice back, yet without number and date.

    Raises:
        NothingToDoError: it was taken back before, or takes one back itself.
    """
    if billing.cancels or any(one.cancels == billing.number for one in billings):
        raise NothingToDoError(f"{billing.number} is no invoice that stands")
    return billing.model_copy(update={"cancels": billing.number})


def tax_rate(order: Order, master: Master) -> Decimal:
    """German VAT for German customers of the German organisation; SAP's own is not here."""
    customer = master.customers[order.sold_to]
    german = order.sales_organization == _GERMAN_ORGANISATION and customer.country == "DE"
    return _VAT_OF_THE_SELLERS_COUNTRY if german else Decimal(0)
