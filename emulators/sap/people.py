"""What people in SAP do to sales orders and customers, in its own transactions (VA02, VA01, XD05).

Each raises NotSavedError for what is not there, NotPossibleError for what SAP would not let them
do, and is announced as SAP announces it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias

from emulators.sap import availability
from emulators.sap.amounts import rounded
from emulators.sap.customizing import document_type
from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.order import Item, Kind, Order
from emulators.sap.stock import Line, Touched
from emulators.sap.system import NotSavedError, System, today

Credit: TypeAlias = Literal["", "A", "B", "D"]
"""CMGST: not checked, in order, blocked, released by a person."""


def confirm(system: System, number: str) -> Order:
    """Checks an order's availability again."""

    def again(order: Order, touched: Touched) -> None:
        for item in order.items:
            # What has partly left keeps its confirmation.
            if not item.rejection and not item.shipped:
                availability.release(order, item, touched)
                availability.check(order, item, touched)

    return system.edit(number, again)


def reject(system: System, number: str, reason: str, items: Sequence[str]) -> Order:
    """Rejects items; all if none is named."""

    def drop(order: Order, touched: Touched) -> None:
        if unknown := set(items) - {item.number for item in order.items}:
            raise NotSavedError(f"{number} has no item {', '.join(sorted(unknown))}")
        for item in order.items:
            if not item.rejection and (not items or item.number in items):
                availability.reject(order, item, reason, touched)

    return system.edit(number, drop)


def change_quantity(system: System, number: str, item: str, quantity: Decimal) -> Order:
    """Orders so many pieces of an item, not fewer than are in deliveries."""

    def change(order: Order, touched: Touched) -> None:
        found = _open_item(order, item)
        if quantity != quantity.to_integral_value() or quantity < max(found.delivered, Decimal(1)):
            raise NotPossibleError(f"item {item} can't be {quantity:f} pieces")
        availability.requantify(order, found, quantity, touched)

    return system.edit(number, change)


def change_price(system: System, number: str, item: str, price: Decimal) -> Order:
    """Gives an item another price, for as many pieces as before."""

    def change(order: Order, _touched: Touched) -> None:
        found = _open_item(order, item)
        if price < 0 or price != rounded(price, order.currency):
            raise NotPossibleError(f"{price:f} is no price in {order.currency}")
        found.net_price = price
        _value(order, found)

    return system.edit(number, change)


def add_item(
    system: System, number: str, material: str, quantity: Decimal, price: Decimal
) -> Order:
    """Adds an item of one piece's `price`, from the plant of the first."""

    def change(order: Order, touched: Touched) -> None:
        found = system.master.materials.get(material)
        if found is None:
            raise NotSavedError(f"material {material} does not exist")
        if quantity < 1 or quantity != quantity.to_integral_value():
            raise NotPossibleError(f"an item can't be {quantity:f} pieces")
        first = order.items[0]
        item = Item(
            number=f"{max(int(one.number) for one in order.items) + 10:06}",
            material=material,
            generic=found.generic,
            text=found.text,
            plant=first.plant,
            unit=found.unit,
            iso_unit=found.iso_unit,
            purchase_order_item="",
            requested=[Line(date=order.requested_date, quantity=quantity)],
            net_price=rounded(price, order.currency),
            price_unit=Decimal(1),
            net_value=Decimal(0),
        )
        _value(order, item)
        order.items.append(item)
        availability.check(order, item, touched)

    return system.edit(number, change)


def substitute(system: System, number: str, item: str, material: str) -> Order:
    """Puts another article in the place of an item's, at the same price."""

    def change(order: Order, touched: Touched) -> None:
        found, other = _open_item(order, item), system.master.materials.get(material)
        if other is None:
            raise NotSavedError(f"material {material} does not exist")
        if found.delivered:
            raise NotPossibleError(f"item {item} is being delivered, or was")
        availability.release(order, found, touched)
        found.material, found.generic, found.text = material, other.generic, other.text
        availability.check(order, found, touched)

    return system.edit(number, change)


def confirm_lines(system: System, number: str, item: str, lines: Sequence[Line]) -> Order:
    """Confirms an item by hand, on these dates, in part or in full."""

    def change(order: Order, _touched: Touched) -> None:
        found = _open_item(order, item)
        pieces = sum((line.quantity for line in lines), start=Decimal(0))
        if any(line.quantity < 0 for line in lines):
            raise NotPossibleError("a schedule line has no fewer than 0 pieces")
        if not found.delivered <= pieces <= found.quantity:
            limits = f"{found.delivered:f} to {found.quantity:f}"
            raise NotPossibleError(f"item {item} can be confirmed with {limits} pieces")
        found.confirmed = sorted(lines, key=lambda line: line.date)

    return system.edit(number, change)


def set_credit(system: System, number: str, credit: Credit) -> Order:
    """Blocks an order for its customer's credit, or releases it (VKM3)."""
    return _set(system, number, {"credit": credit})


def set_blocks(
    system: System, number: str, delivery: str | None = None, billing: str | None = None
) -> Order:
    """Sets the delivery block or the billing block, or takes it off (""); None leaves it."""
    blocks = {"delivery_block": delivery, "billing_block": billing}
    return _set(system, number, {name: key for name, key in blocks.items() if key is not None})


def follow(system: System, number: str, kind: Kind, pieces: Mapping[str, Decimal]) -> Order:
    """Makes a sales document with reference to an order, with its purchase order number.

    `pieces` are by item number; without any, all that was ordered, of a return all that has left.
    A free delivery costs nothing, and comes without a price.
    """
    order = system.order(number)
    if unknown := pieces.keys() - {item.number for item in order.items}:
        raise NotSavedError(f"{number} has no item {', '.join(sorted(unknown))}")
    items = []
    for item in order.items:
        most = item.shipped if kind == "return" else item.quantity
        quantity = pieces.get(item.number, Decimal(0)) if pieces else most
        if quantity > most:
            raise NotPossibleError(f"item {item.number} is no more than {most:f} pieces")
        if quantity > 0 and not item.rejection:
            items.append(_copied(order, item, quantity, free=kind == "free_delivery"))
    if not items:
        raise NotPossibleError(f"{number} has nothing for that")
    return system.add(
        order.model_copy(
            update={
                "number": system.draw_order_number(),
                "document_type": document_type(system.settings, kind),
                "kind": kind,
                "document_date": today(),
                "credit": "",
                "delivery_block": "",
                "billing_block": "",
                "reference": number,
                "items": items,
            }
        )
    )


def _copied(order: Order, item: Item, quantity: Decimal, *, free: bool) -> Item:
    copy = item.model_copy(
        update={
            "requested": [Line(date=order.requested_date, quantity=quantity)],
            "net_price": Decimal(0) if free else item.net_price,
            "confirmed": [],
            "rejection": "",
            "delivered": Decimal(0),
            "shipped": Decimal(0),
        }
    )
    _value(order, copy)
    return copy


def _open_item(order: Order, number: str) -> Item:
    item = order.item(number)
    if item is None:
        raise NotSavedError(f"{order.number} has no item {number}")
    if item.rejection:
        raise NotPossibleError(f"item {number} is rejected")
    return item


def _value(order: Order, item: Item) -> None:
    item.net_value = rounded(item.quantity * item.net_price / item.price_unit, order.currency)


def _set(system: System, number: str, fields: Mapping[str, str]) -> Order:
    def change(order: Order, _touched: Touched) -> None:
        for name, value in fields.items():
            setattr(order, name, value)

    return system.edit(number, change)
