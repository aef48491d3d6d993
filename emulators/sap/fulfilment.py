"""Shipping and billing orders, and taking that back: what SAP's people do after an order."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from emulators.sap.amounts import rounded
from emulators.sap.customizing import delivery_type
from emulators.sap.document import Billing, Delivery, billing_items, delivery_items
from emulators.sap.master import Master
from emulators.sap.order import Order
from shared.sap.source_system import SourceSystem

_GERMAN_ORGANISATION, _CANADIAN_ORGANISATION = "1000", "3100"
_GERMAN_VAT = Decimal("0.19")
_CANADIAN_GST, _ONTARIO_HST = Decimal("0.05"), Decimal("0.13")


class NotPossibleError(Exception):
    """SAP can't do that now: all of it was shipped, or billed, or taken back, or is blocked."""


def billed(order: str, billings: list[Billing]) -> dict[str, Decimal]:
    """Pieces of an order's items on billing documents that stand."""
    back = {one.cancels for one in billings}
    pieces: dict[str, Decimal] = defaultdict(Decimal)
    for billing in billings:
        for item in billing.items:
            if item.order == order and not billing.cancels and billing.number not in back:
                pieces[item.order_item] += item.quantity
    return pieces


def deliver(order: Order, wanted: Mapping[str, Decimal], settings: SourceSystem) -> Delivery:
    """What is `wanted` of the order's items, or all that is left of them, yet without a number.

    Raises:
        NotPossibleError: nothing is left, or the order is blocked, or no goods are sent for it.
    """
    if order.kind in ("credit_memo", "debit_memo"):
        raise NotPossibleError(f"{order.number} is about money, no goods are sent")
    if order.delivery_block or order.credit == "B":
        raise NotPossibleError(f"{order.number} is blocked for delivery")
    items = delivery_items(order, wanted)
    if not items:
        raise NotPossibleError(f"nothing of {order.number} is left to be delivered")
    kind = delivery_type(settings, returns=order.kind == "return")
    return Delivery(kind=kind, items=items)


def bill(order: Order, billings: list[Billing], rate: Decimal) -> Billing:
    """An invoice, or a credit memo, yet without number and date, of what is on none yet.

    Raises:
        NotPossibleError: there is nothing like that, or the order is blocked.
    """
    if order.billing_block:
        raise NotPossibleError(f"{order.number} is blocked for billing")
    items = billing_items(order, billed(order.number, billings))
    if not items or order.kind == "free_delivery":
        raise NotPossibleError(f"nothing of {order.number} is left to be invoiced")
    net = sum((item.net for item in items), start=Decimal(0))
    tax = rounded(net * rate, order.currency)
    credit_memo = order.kind in ("return", "credit_memo")
    return Billing(currency=order.currency, tax=tax, items=items, credit_memo=credit_memo)


def reversal(billing: Billing, billings: list[Billing]) -> Billing:
    """What takes an invoice back, yet without number and date.

    Raises:
        NotPossibleError: it was taken back before, or takes one back itself.
    """
    if billing.cancels or any(one.cancels == billing.number for one in billings):
        raise NotPossibleError(f"{billing.number} is no invoice that stands")
    return billing.model_copy(update={"cancels": billing.number})


def tax_rate(order: Order, master: Master) -> Decimal:
    """What the seller adds for customers of its own country; none of US retailers, who resell.

    SAP's own determination is not here: of Canada that are GST, and HST in Ontario, without the
    provinces' other taxes.
    """
    customer = master.customers[order.sold_to]
    match order.sales_organization, customer.country:
        case (organisation, "DE") if organisation == _GERMAN_ORGANISATION:
            return _GERMAN_VAT
        case (organisation, "CA") if organisation == _CANADIAN_ORGANISATION:
            return _ONTARIO_HST if customer.region == "ON" else _CANADIAN_GST
    return Decimal(0)
