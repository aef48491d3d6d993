"""SAP's memory and its update task: orders, stock, and the messages about their changes."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from emulators.sap import idoc
from emulators.sap.faults import Faults
from emulators.sap.master import Data, Master, master_of
from emulators.sap.order import Item, Order
from emulators.sap.stamp import Stamps
from emulators.sap.stock import Line, StockRow, confirm
from emulators.sap.store import Store

Publish: TypeAlias = Callable[[str, Mapping[str, Any]], None]

# How long the update task takes when nobody waits for it.
UPDATE_SECONDS = 0.3

_FIRST_ORDER = 16023
_FIRST_DOCUMENT = 1000


class NotSavedError(Exception):
    """What was asked for is not in SAP."""


def today() -> date:
    """SAP's date: UTC."""
    return datetime.now(UTC).date()


class System:
    """One SAP system. `publishes` tells whether changes are put into the outbox."""

    def __init__(self, data: Data, folder: Path, *, publishes: bool) -> None:
        self.data = data
        self.master: Master = master_of(data)
        self.faults = Faults()
        self.outbox_filled = threading.Event()
        self.stopping = threading.Event()
        self._publishes = publishes
        self._lock = threading.RLock()
        self._store = Store(folder)
        self._orders = {order.number: order for order in self._store.orders()}
        rows = [StockRow.from_sap(row) for row in data.stock] + self._store.stock()
        self._stock = {(row.material, row.plant): row for row in rows}
        stamps = [order.changed for order in self._orders.values()]
        self.stamps = Stamps(max([*stamps, *(row.changed for row in rows)], default=""))
        self._update_task = ThreadPoolExecutor(max_workers=1)

    def close(self) -> None:
        """Finishes updates under way and closes the store."""
        self.stopping.set()
        self._update_task.shutdown(wait=True)
        with self._lock:
            self._store.close()

    def draw_order_number(self) -> str:
        """The next sales document number, ten digits; unused ones leave a gap."""
        with self._lock:
            return f"{self._store.draw('VBELN', _FIRST_ORDER):010d}"

    def draw_document_number(self) -> str:
        """The next IDoc number, sixteen digits."""
        with self._lock:
            return f"{self._store.draw('DOCNUM', _FIRST_DOCUMENT):016d}"

    def orders(self) -> list[Order]:
        """All saved orders, oldest first."""
        with self._lock:
            return list(self._orders.values())

    def order(self, number: str) -> Order:
        """A saved order; raises NotSavedError."""
        with self._lock:
            if number not in self._orders:
                raise NotSavedError(f"SD document {number} is not in the database")
            return self._orders[number]

    def stock(self) -> list[StockRow]:
        """All stock rows."""
        with self._lock:
            return list(self._stock.values())

    def save_later(self, drafts: Sequence[Order]) -> None:
        """Saves in the background, so that whoever reads at once misses the orders."""

        def update() -> None:
            self.stopping.wait(UPDATE_SECONDS)
            self.save(drafts)

        self._update_task.submit(update)

    def save(self, drafts: Iterable[Order]) -> None:
        """Saves new orders: confirms them, raises OMENG, and announces both."""
        for draft in drafts:
            with self._lock:
                order = draft.model_copy(deep=True)
                order.created = order.changed = self.stamps.draw()
                rows: dict[tuple[str, str], StockRow] = {}
                for item in order.items:
                    self._confirm(order, item, rows)
                self._change(order, rows)

    def confirm(self, number: str) -> Order:
        """Checks availability again and announces the order; raises NotSavedError."""
        with self._lock:
            order = self.order(number).model_copy(deep=True)
            order.changed = self.stamps.draw()
            rows: dict[tuple[str, str], StockRow] = {}
            for item in order.items:
                if not item.rejection:
                    if order.draws_on_stock:
                        self._copy(rows, item).on_order -= item.quantity
                    self._confirm(order, item, rows)
            # Quantities on order are as before, so that no row has changed.
            self._change(order, {})
            return order

    def reject(self, number: str, reason: str, items: Sequence[str]) -> Order:
        """Rejects items (all if none is named) and announces it; raises NotSavedError."""
        with self._lock:
            order = self.order(number).model_copy(deep=True)
            if unknown := set(items) - {item.number for item in order.items}:
                raise NotSavedError(f"{number} has no item {', '.join(sorted(unknown))}")
            order.changed = self.stamps.draw()
            rows: dict[tuple[str, str], StockRow] = {}
            for item in order.items:
                if not item.rejection and (not items or item.number in items):
                    if order.draws_on_stock:
                        self._copy(rows, item).on_order -= item.quantity
                    item.rejection = reason
                    item.confirmed = []
            self._change(order, rows)
            return order

    def change_stock(
        self, material: str, plant: str, unrestricted: Decimal | None, receipts: list[Line] | None
    ) -> StockRow:
        """Changes what is given of one row and announces it; raises NotSavedError."""
        with self._lock:
            if (material, plant) not in self._stock:
                raise NotSavedError(f"material {material} has no stock in plant {plant}")
            row = self._stock[material, plant].model_copy(deep=True)
            if unrestricted is not None:
                row.unrestricted = unrestricted
            if receipts is not None:
                row.receipts = receipts
            row.changed = self.stamps.draw()
            self._stock[material, plant] = row
            self._save([], [row], [(idoc.INVENTORY_TOPIC, idoc.inventory_message([row]))])
            return row

    def next_message(self) -> tuple[int, str, dict[str, Any]] | None:
        """The oldest message that waits to be published."""
        with self._lock:
            return self._store.next_message()

    def published(self, message: int) -> None:
        """Takes a published message out of the outbox."""
        with self._lock:
            self._store.published(message)

    def _confirm(self, order: Order, item: Item, rows: dict[tuple[str, str], StockRow]) -> None:
        if not order.draws_on_stock:
            item.confirmed = list(item.requested)
            return
        row = self._copy(rows, item)
        item.confirmed = []
        for line in item.requested:
            item.confirmed += confirm(row, line)
            row.on_order += line.quantity

    def _copy(self, rows: dict[tuple[str, str], StockRow], item: Item) -> StockRow:
        key = (item.material, item.plant)
        if key not in rows:
            row = self._stock.get(key) or StockRow(
                material=item.material, generic=item.generic, plant=item.plant
            )
            rows[key] = row.model_copy(deep=True)
        return rows[key]

    def _change(self, order: Order, rows: dict[tuple[str, str], StockRow]) -> None:
        for row in rows.values():
            row.changed = order.changed
        messages = [
            (idoc.ORDERS_TOPIC, idoc.order_response(order, self.draw_document_number())),
            *(
                (idoc.INVENTORY_TOPIC, idoc.inventory_message(packet))
                for packet in idoc.packets(list(rows.values()), idoc.ROWS_PER_MESSAGE)
            ),
        ]
        self._save([order], list(rows.values()), messages)
        self._orders[order.number] = order
        self._stock.update(rows)

    def _save(
        self,
        orders: list[Order],
        rows: list[StockRow],
        messages: list[tuple[str, dict[str, Any]]],
    ) -> None:
        self._store.save(orders, rows, messages if self._publishes else [])
        self.outbox_filled.set()
