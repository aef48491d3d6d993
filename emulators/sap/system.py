"""SAP's memory and its update task: orders, stock, and the messages about their changes."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from emulators.sap import availability, idoc
from emulators.sap.discounts import discounts_of
from emulators.sap.document import Billing, Delivery
from emulators.sap.faults import Faults, MessageFaults
from emulators.sap.master import Customer, Data, Idoc, Master, customer_of, master_of
from emulators.sap.order import Order, OrderChange
from emulators.sap.stamp import Stamps
from emulators.sap.stock import Line, StockRow, Touched
from emulators.sap.store import Store
from shared.sap.source_system import SourceSystem


class Publish(Protocol):
    """Publishes to a topic: a message, or bytes that are none; and what stands beside them."""

    def __call__(
        self,
        topic: str,
        payload: Mapping[str, Any] | bytes,
        attributes: Mapping[str, str] | None = None,
    ) -> None: ...


# How long the update task takes when nobody waits for it.
UPDATE_SECONDS = 0.3

_FIRST_ORDER = 16023
_FIRST_DOCUMENT = 1000
_FIRST_DELIVERY = 80_000_001
_FIRST_BILLING = 90_000_001


class NotSavedError(Exception):
    """What was asked for is not in SAP."""


def today() -> date:
    """SAP's date: UTC."""
    return datetime.now(UTC).date()


class System:
    """One SAP system, customized as `settings` say. `publishes` tells whether changes are put into the outbox.

    `external_numbers` are the first and the last sales order number that callers may choose
    (ten digits each); None: SAP draws all of them.
    """

    def __init__(
        self,
        data: Data,
        folder: Path,
        settings: SourceSystem,
        *,
        publishes: bool,
        external_numbers: tuple[str, str] | None = None,
    ) -> None:
        self.data = data
        self.settings = settings
        self.master: Master = master_of(data, settings.articles.blocked_sales)
        self.discounts = discounts_of(data.conditions, settings)
        self.faults = Faults()
        self.message_faults = MessageFaults()
        self.outbox_filled = threading.Event()
        self.stopping = threading.Event()
        self.external_numbers = external_numbers
        self._held: list[Order | OrderChange] = []
        self._publishes = publishes
        self.lock = threading.RLock()
        self._store = Store(folder)
        for number, changed in self._store.customers().items():
            self._set_customer(number, changed)
        self._orders = {order.number: order for order in self._store.orders()}
        self._deliveries = {one.number: one for one in self._store.deliveries()}
        self._billings = {one.number: one for one in self._store.billings()}
        rows = [StockRow.from_sap(row) for row in data.stock] + self._store.stock()
        self._stock = {(row.material, row.plant): row for row in rows}
        stamps = [order.changed for order in self._orders.values()]
        stamps += [one.changed for one in self._deliveries.values()]
        stamps += [one.changed for one in self._billings.values()]
        self.stamps = Stamps(max([*stamps, *(row.changed for row in rows)], default=""))
        self._update_task = ThreadPoolExecutor(max_workers=1)

    def close(self) -> None:
        """Finishes updates under way and closes the store."""
        self.stopping.set()
        self._update_task.shutdown(wait=True)
        with self.lock:
            self._store.close()

    def draw_order_number(self) -> str:
        """The next sales document number, ten digits; unused ones leave a gap."""
        with self.lock:
            return f"{self._store.draw('VBELN', _FIRST_ORDER):010d}"

    def draw_document_number(self) -> str:
        """The next IDoc number, sixteen digits."""
        with self.lock:
            return f"{self._store.draw('DOCNUM', _FIRST_DOCUMENT):016d}"

    def orders(self) -> list[Order]:
        """All saved orders, oldest first."""
        with self.lock:
            return list(self._orders.values())

    def order(self, number: str) -> Order:
        """A saved order; raises NotSavedError."""
        with self.lock:
            if number not in self._orders:
                raise NotSavedError(f"SD document {number} is not in the database")
            return self._orders[number]

    def deliveries(self) -> list[Delivery]:
        """All deliveries, oldest first."""
        with self.lock:
            return list(self._deliveries.values())

    def billings(self) -> list[Billing]:
        """All billing documents, oldest first."""
        with self.lock:
            return list(self._billings.values())

    def has_order(self, number: str) -> bool:
        """Whether a sales order of this number is saved."""
        with self.lock:
            return number in self._orders

    def hold(self, drafts: Sequence[Order | OrderChange]) -> None:
        """Keeps what is to be saved until `finish_held`: an update task that takes long."""
        with self.lock:
            self._held += drafts

    def is_locked(self, number: str) -> bool:
        """Whether an update task that has not ended changes this order."""
        with self.lock:
            return any(isinstance(one, OrderChange) and one.number == number for one in self._held)

    def finish_held(self) -> int:
        """Saves what is held; how many of it could be."""
        with self.lock:
            held, self._held = self._held, []
            return sum(self.save([draft]) for draft in held)

    def stock(self) -> list[StockRow]:
        """All stock rows."""
        with self.lock:
            return list(self._stock.values())

    def save_later(self, drafts: Sequence[Order | OrderChange]) -> None:
        """Saves in the background, so that whoever reads at once misses the orders."""

        def update() -> None:
            self.stopping.wait(UPDATE_SECONDS)
            self.save(drafts)

        self._update_task.submit(update)

    def save(self, drafts: Iterable[Order | OrderChange]) -> bool:
        """Saves new orders and changes: confirms them, changes OMENG, and announces both.

        False where the update ends at an order whose number has been saved meanwhile.
        """
        for draft in drafts:
            with self.lock:
                if isinstance(draft, OrderChange):
                    self.edit(draft.number, partial(_apply, draft))
                elif draft.number in self._orders:
                    return False
                else:
                    self.add(draft)
        return True

    def add(self, draft: Order) -> Order:
        """Saves a new sales document, confirmed, and announces it."""
        with self.lock:
            order = draft.model_copy(deep=True)
            order.created = order.changed = self.stamps.draw()
            touched = Touched(self._stock)
            for item in order.items:
                availability.check(order, item, touched)
            self._change(order, touched)
            return order

    def tried(self, draft: Order) -> Order:
        """The order as it would be confirmed if it were saved now; nothing is kept."""
        with self.lock:
            order, touched = draft.model_copy(deep=True), Touched(self._stock)
            for item in order.items:
                availability.check(order, item, touched)
            return order

    def stock_row(self, material: str, plant: str, generic: str) -> StockRow:
        """A copy of a material's row in a plant."""
        with self.lock:
            return Touched(self._stock).row(material, plant, generic)

    def edit(self, number: str, change: Callable[[Order, Touched], None]) -> Order:
        """Changes an order and announces it, with the stock rows that it changed.

        Raises NotSavedError, and what `change` raises; then all is as it was.
        """
        with self.lock:
            order = self.order(number).model_copy(deep=True)
            touched = Touched(self._stock)
            change(order, touched)
            order.changed = self.stamps.draw()
            self._change(order, touched)
            return order

    def delete(self, number: str) -> Order:
        """Deletes an order (VA02), of which SAP tells nobody but its stock; raises NotSavedError."""
        with self.lock:
            order = self.order(number)
            touched = Touched(self._stock)
            for item in order.items:
                availability.release(order, item, touched)
            rows = list(self._stamped(touched, self.stamps.draw()).values())
            self._store.delete(number)
            self._save([], rows, idoc.stock_messages(rows, self.settings))
            del self._orders[number]
            self._stock.update({(row.material, row.plant): row for row in rows})
            return order

    def draw_delivery_number(self) -> str:
        """The next delivery number, ten digits."""
        with self.lock:
            return f"{self._store.draw('LIKP', _FIRST_DELIVERY):010d}"

    def delivery(self, number: str) -> Delivery:
        """A saved delivery, deleted ones too; raises NotSavedError."""
        with self.lock:
            if number not in self._deliveries:
                raise NotSavedError(f"SD document {number} is not in the database")
            return self._deliveries[number]

    def billing(self, number: str) -> Billing:
        """A saved billing document; raises NotSavedError."""
        with self.lock:
            if number not in self._billings:
                raise NotSavedError(f"SD document {number} is not in the database")
            return self._billings[number]

    def change_stock(
        self, material: str, plant: str, unrestricted: Decimal | None, receipts: list[Line] | None
    ) -> StockRow:
        """Changes what is given of one row and announces it; raises NotSavedError."""
        with self.lock:
            if (material, plant) not in self._stock:
                raise NotSavedError(f"material {material} has no stock in plant {plant}")
            row = self._stock[material, plant].model_copy(deep=True)
            if unrestricted is not None:
                row.unrestricted = unrestricted
            if receipts is not None:
                row.receipts = receipts
            row.changed = self.stamps.draw()
            self._stock[material, plant] = row
            self._save(
                [], [row], [(idoc.INVENTORY_TOPIC, idoc.inventory_message([row], self.settings))]
            )
            return row

    def block_customer(self, number: str, block: str) -> Customer:
        """Blocks a customer for orders (AUFSD), or releases it (""), and announces that.

        Raises NotSavedError: there is no such customer.
        """
        with self.lock:
            found = self._customer_idoc(number)
            [head] = found["E1KNA1M"]
            changed = {
                **found,
                "EDI_DC40": found["EDI_DC40"] | {"SERIAL": self.stamps.draw()},
                "E1KNA1M": [head | {"AUFSD": block}],
            }
            message = idoc.customer_message(changed, self.draw_document_number())
            messages = [(idoc.CUSTOMERS_TOPIC, message)] if self._publishes else []
            self._store.save_customer(number, changed, messages)
            self._set_customer(number, changed)
            self.outbox_filled.set()
            return self.master.customers[number]

    def _customer_idoc(self, number: str) -> Idoc:
        for found in self.data.customers:
            if found["E1KNA1M"][0]["KUNNR"] == number and number in self.master.customers:
                return found
        raise NotSavedError(f"customer {number} does not exist")

    def _set_customer(self, number: str, changed: Idoc) -> None:
        index = self.data.customers.index(self._customer_idoc(number))
        self.data.customers[index] = changed
        self.master.customers[number] = customer_of(changed)

    def waiting_messages(self) -> list[tuple[int, str, dict[str, Any]]]:
        """The oldest messages that wait to be published: their ids, topics and payloads."""
        with self.lock:
            return self._store.waiting_messages()

    def published(self, message: int) -> None:
        """Takes a published message out of the outbox."""
        with self.lock:
            self._store.published(message)

    def save_delivery(self, before: Delivery | None, after: Delivery) -> Delivery:
        """Saves a delivery with its effect on stock and orders, and announces it.

        `before` is what it was; None of a new one. Callers hold the lock.
        """
        touched = Touched(self._stock)
        orders: dict[str, Order] = {}
        stood = before is not None
        stands, gone = not after.deleted, bool(after.left) - bool(before and before.left)
        for moved in after.items:
            order = orders.setdefault(moved.order, self.order(moved.order).model_copy(deep=True))
            item = next(one for one in order.items if one.number == moved.order_item)
            item.delivered += (stands - stood) * moved.quantity
            item.shipped += gone * moved.quantity
            if order.kind == "return":
                availability.stock_of(item, touched).unrestricted += gone * moved.quantity
            elif order.draws_on_stock:
                row = availability.stock_of(item, touched)
                row.unrestricted -= gone * moved.quantity
                if not item.rejection:
                    row.on_order -= gone * moved.quantity
        rows = self._stamped(touched, after.changed)
        message = idoc.delivery_message(after, self.settings, self.draw_document_number())
        messages = [(idoc.ORDERS_TOPIC, message)]
        if rows:
            messages.append(
                (idoc.INVENTORY_TOPIC, idoc.inventory_message(list(rows.values()), self.settings))
            )
        self._save(list(orders.values()), list(rows.values()), messages, [after])
        self._deliveries[after.number] = after
        self._orders.update(orders)
        self._stock.update(rows)
        return after

    def _stamped(self, touched: Touched, stamp: str) -> dict[tuple[str, str], StockRow]:
        """The rows that did change, with their new stamp."""
        return {
            key: row.model_copy(update={"changed": stamp})
            for key, row in touched.rows.items()
            if row != self._stock.get(key)
        }

    def save_billing(self, draft: Billing) -> Billing:
        """Saves a new billing document, numbered, and announces it; callers hold the lock."""
        number = f"{self._store.draw('VBRK', _FIRST_BILLING):010d}"
        dated = {"number": number, "date": today(), "changed": self.stamps.draw()}
        billing = draft.model_copy(update=dated)
        message = idoc.billing_message(billing, self.settings, self.draw_document_number())
        self._save([], [], [(idoc.ORDERS_TOPIC, message)], [billing])
        self._billings[number] = billing
        return billing

    def _change(self, order: Order, touched: Touched) -> None:
        rows = self._stamped(touched, order.changed)
        response = idoc.order_response(order, self.settings, self.draw_document_number())
        messages = [
            (idoc.ORDERS_TOPIC, response),
            *idoc.stock_messages(list(rows.values()), self.settings),
        ]
        self._save([order], list(rows.values()), messages)
        self._orders[order.number] = order
        self._stock.update(rows)

    def _save(
        self,
        orders: list[Order],
        rows: list[StockRow],
        messages: list[tuple[str, dict[str, Any]]],
        documents: Sequence[Delivery | Billing] = (),
    ) -> None:
        self._store.save(orders, rows, messages if self._publishes else [], documents)
        self.outbox_filled.set()


def _apply(change: OrderChange, order: Order, touched: Touched) -> None:
    for item in order.items:
        if item.number in change.rejections and not item.rejection:
            availability.reject(order, item, change.rejections[item.number], touched)
        elif (quantity := change.quantities.get(item.number)) not in (None, item.quantity):
            availability.requantify(order, item, quantity, touched, change.surcharge)
