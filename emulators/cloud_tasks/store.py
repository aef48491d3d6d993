"""Keeps the emulator's state in a SQLite file, so that a restart loses no task.

A change is stored before the call that made it is answered, and the start of an attempt before
its request is sent. Which attempts run is not stored: a task cut off by a crash is found waiting
and is dispatched again.
"""

import sqlite3
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from emulators.cloud_tasks.model import QueueSettings, Task
from emulators.cloud_tasks.queue import Queue
from emulators.cloud_tasks.registry import Registry

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS queue (name TEXT PRIMARY KEY, settings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS task (name TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reserved (name TEXT PRIMARY KEY, queue TEXT, until TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS task_queue ON task (queue);
CREATE INDEX IF NOT EXISTS reserved_queue ON reserved (queue);
"""

_SETTINGS = TypeAdapter(QueueSettings)
_TASK = TypeAdapter(Task)


class Store:
    """The file `cloud-tasks.sqlite` in a directory; with none, memory that ends with the object.

    Use from one thread.
    """

    def __init__(self, directory: Path | None) -> None:
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
        path = ":memory:" if directory is None else str(directory / "cloud-tasks.sqlite")
        self._db = sqlite3.connect(path)
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def load(self) -> Registry:
        """The state as of the last save."""
        registry = Registry()
        for name, settings in self._db.execute("SELECT name, settings FROM queue"):
            registry.queues[name] = Queue(_SETTINGS.validate_json(settings))
        tasks = [_TASK.validate_json(row[0]) for row in self._db.execute("SELECT body FROM task")]
        for task in sorted(tasks, key=lambda task: task.created):
            registry.queues[task.name.partition("/tasks/")[0]].restore(task)
        for name, queue, until in self._db.execute(
            "SELECT name, queue, until FROM reserved ORDER BY until"
        ):
            owner = registry if queue is None else registry.queues[queue]
            owner.reserved[name] = datetime.fromisoformat(until)
        return registry

    def save(self, registry: Registry) -> None:
        """Stores what changed since the last save, all or nothing."""
        with self._db:
            for name in registry.changes:
                self._save_queue(registry, name)
            for queue in registry.queues.values():
                for name in queue.changes:
                    self._save_task(queue, name)
        registry.changes.clear()
        for queue in registry.queues.values():
            queue.changes.clear()

    def _save_queue(self, registry: Registry, name: str) -> None:
        self._save_reservation(name, None, registry.reserved.get(name))
        if queue := registry.queues.get(name):
            settings = _SETTINGS.dump_json(queue.settings).decode()
            self._db.execute("REPLACE INTO queue VALUES (?, ?)", (name, settings))
            return
        self._db.execute("DELETE FROM queue WHERE name = ?", (name,))
        self._db.execute("DELETE FROM task WHERE queue = ?", (name,))
        self._db.execute("DELETE FROM reserved WHERE queue = ?", (name,))

    def _save_task(self, queue: Queue, name: str) -> None:
        self._save_reservation(name, queue.settings.name, queue.reserved.get(name))
        if task := queue.tasks.get(name):
            body = _TASK.dump_json(task).decode()
            self._db.execute(
                "REPLACE INTO task VALUES (?, ?, ?)", (name, queue.settings.name, body)
            )
        else:
            self._db.execute("DELETE FROM task WHERE name = ?", (name,))

    def _save_reservation(self, name: str, queue: str | None, until: datetime | None) -> None:
        if until is None:
            self._db.execute("DELETE FROM reserved WHERE name = ?", (name,))
        else:
            row = (name, queue, until.isoformat(timespec="microseconds"))
            self._db.execute("REPLACE INTO reserved VALUES (?, ?, ?)", row)
