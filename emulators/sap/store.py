"""What SAP has saved: a SQLite file in the state folder, so that a restart keeps it."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from emulators.sap.document import Billing, Delivery
from emulators.sap.order import Order
from emulators.sap.stock import StockRow

_SCHEMA = """
create table if not exists orders (number text primary key, body text not null);
create table if not exists stock (
  material text, plant text, body text not null, primary key (material, plant));
create table if not exists deliveries (number text primary key, body text not null);
create table if not exists billings (number text primary key, body text not null);
create table if not exists customers (number text primary key, body text not null);
create table if not exists counters (name text primary key, value integer not null);
create table if not exists outbox (
  id integer primary key autoincrement, topic text not null, body text not null);
"""


class Store:
    """The file; callers hold the system's lock, so that it is used by one at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "sap.sqlite", check_same_thread=False)
        # Enough to outlive the process; only the machine's crash could lose a commit.
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def orders(self) -> list[Order]:
        """All orders, oldest first."""
        found = [
            Order.model_validate_json(body)
            for (body,) in self._db.execute("select body from orders")
        ]
        # Not by number: callers may choose it.
        return sorted(found, key=lambda order: order.created)

    def stock(self) -> list[StockRow]:
        """The rows that changed since the data file."""
        return [
            StockRow.model_validate_json(body)
            for (body,) in self._db.execute("select body from stock")
        ]

    def deliveries(self) -> list[Delivery]:
        """All deliveries, oldest first."""
        rows = self._db.execute("select body from deliveries order by number")
        return [Delivery.model_validate_json(body) for (body,) in rows]

    def billings(self) -> list[Billing]:
        """All billing documents, oldest first."""
        rows = self._db.execute("select body from billings order by number")
        return [Billing.model_validate_json(body) for (body,) in rows]

    def customers(self) -> dict[str, dict[str, Any]]:
        """The IDocs of customers that changed since the data file, by number."""
        rows = self._db.execute("select number, body from customers")
        return {number: json.loads(body) for number, body in rows}

    def save_customer(
        self, number: str, idoc: Mapping[str, Any], messages: Iterable[tuple[str, Any]]
    ) -> None:
        """Saves a customer and the messages about it, all or nothing."""
        with self._db:
            row = (number, json.dumps(idoc))
            self._db.execute("insert or replace into customers values (?, ?)", row)
            self._announce(messages)

    def _announce(self, messages: Iterable[tuple[str, Any]]) -> None:
        self._db.executemany(
            "insert into outbox (topic, body) values (?, ?)",
            [(topic, json.dumps(message)) for topic, message in messages],
        )

    def draw(self, counter: str, first: int) -> int:
        """The next number of a range; a drawn number never comes back."""
        with self._db:
            row = self._db.execute(
                "insert into counters values (?, ?) "
                "on conflict (name) do update set value = value + 1 returning value",
                (counter, first),
            ).fetchone()
        return int(row[0])

    def save(
        self,
        orders: Iterable[Order],
        stock: Iterable[StockRow],
        messages: Iterable[tuple[str, Mapping[str, Any]]],
        documents: Iterable[Delivery | Billing] = (),
    ) -> None:
        """Saves what changed and the messages about it, all or nothing."""
        with self._db:
            for one in documents:
                table = "deliveries" if isinstance(one, Delivery) else "billings"
                self._db.execute(
                    f"insert or replace into {table} values (?, ?)",  # noqa: S608 (ours)
                    (one.number, one.model_dump_json()),
                )
            self._db.executemany(
                "insert or replace into orders values (?, ?)",
                [(order.number, order.model_dump_json()) for order in orders],
            )
            self._db.executemany(
                "insert or replace into stock values (?, ?, ?)",
                [(row.material, row.plant, row.model_dump_json()) for row in stock],
            )
            self._announce(messages)

    def delete(self, number: str) -> None:
        """Deletes an order."""
        with self._db:
            self._db.execute("delete from orders where number = ?", (number,))

    def waiting_messages(self) -> list[tuple[int, str, dict[str, Any]]]:
        """The oldest messages not yet published: their ids, topics and payloads."""
        rows = self._db.execute("select id, topic, body from outbox order by id limit 100")
        return [(row[0], row[1], json.loads(row[2])) for row in rows.fetchall()]

    def published(self, message: int) -> None:
        """Forgets a message that is published."""
        with self._db:
            self._db.execute("delete from outbox where id = ?", (message,))
