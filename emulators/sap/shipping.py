"""What people in SAP do about deliveries and billing documents (VL01N, VL02N, VL09, VF01, VF11).

Each raises NotSavedError for what is not there, NotPossibleError for what SAP would not let them
do now, and is announced as SAP announces it.
"""

from collections.abc import Mapping
from decimal import Decimal

from emulators.sap import fulfilment
from emulators.sap.document import Billing, Delivery
from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.system import System


def deliver(
    system: System, number: str, wanted: Mapping[str, Decimal], carrier: str, tracking: str
) -> Delivery:
    """Makes a delivery of what is `wanted` of an order's items, or of all that is confirmed."""
    with system.lock:
        return system.save_delivery(None, _drafted(system, number, wanted, carrier, tracking))


def ship(
    system: System, number: str, wanted: Mapping[str, Decimal], carrier: str, tracking: str
) -> Delivery:
    """Makes a delivery and lets it leave, announced at once."""
    with system.lock:
        delivery = _drafted(system, number, wanted, carrier, tracking)
        return system.save_delivery(None, _left(delivery, delivery.changed))


def post_goods_issue(system: System, number: str) -> Delivery:
    """Lets a delivery leave; a return's comes in."""
    with system.lock:
        before = _standing(system, number)
        if before.left:
            raise NotPossibleError(f"delivery {number} has left")
        return system.save_delivery(before, _left(before, system.stamps.draw()))


def reverse_goods_issue(system: System, number: str) -> Delivery:
    """Takes a goods issue back; the delivery stays."""
    with system.lock:
        before = _standing(system, number)
        if not before.left:
            raise NotPossibleError(f"delivery {number} has not left")
        back = {"left": "", "changed": system.stamps.draw()}
        return system.save_delivery(before, before.model_copy(update=back))


def cancel_delivery(system: System, number: str) -> Delivery:
    """Takes the goods issue back and deletes the delivery."""
    with system.lock:
        before = _standing(system, number)
        deleted = {"left": "", "deleted": True, "changed": system.stamps.draw()}
        return system.save_delivery(before, before.model_copy(update=deleted))


def bill(system: System, number: str) -> Billing:
    """Invoices what was shipped of an order."""
    with system.lock:
        order = system.order(number)
        rate = fulfilment.tax_rate(order, system.master)
        return system.save_billing(fulfilment.bill(order, system.billings(), rate))


def cancel_billing(system: System, number: str) -> Billing:
    """Reverses an invoice by another billing document."""
    with system.lock:
        return system.save_billing(fulfilment.reversal(system.billing(number), system.billings()))


def _drafted(
    system: System, number: str, wanted: Mapping[str, Decimal], carrier: str, tracking: str
) -> Delivery:
    head = {
        "number": system.draw_delivery_number(),
        "carrier": carrier,
        "tracking": tracking,
        "changed": system.stamps.draw(),
    }
    draft = fulfilment.deliver(system.order(number), wanted, system.settings)
    return draft.model_copy(update=head)


def _standing(system: System, number: str) -> Delivery:
    found = system.delivery(number)
    if found.deleted:
        raise NotPossibleError(f"delivery {number} is deleted")
    return found


def _left(delivery: Delivery, stamp: str) -> Delivery:
    tracking = delivery.tracking or f"{stamp[-12:]}DE"
    return delivery.model_copy(update={"left": stamp[:14], "tracking": tracking, "changed": stamp})
