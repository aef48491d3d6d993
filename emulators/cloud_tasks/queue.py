"""One queue as a state machine: what to dispatch at a time, and when to look again.

Nothing here reads a clock, sends a request or stores anything. Every time is given by the caller
(aware UTC, not running backwards); what changed is noted in `changes` for whoever stores it.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emulators.cloud_tasks import refusal
from emulators.cloud_tasks.model import (
    TIMED_OUT,
    Attempt,
    Dispatch,
    DispatchOutcome,
    QueueSettings,
    Task,
)
from emulators.cloud_tasks.rate import TokenBucket
from emulators.cloud_tasks.retry import exhausted, retry_delay

# "up to 24 hours" (CreateTaskRequest.task); the service may release a name sooner, so a caller
# that relies on that would fail there by chance.
NAME_RESERVED = timedelta(hours=24)
# "After a task is 31 days old, the task will be deleted" (CreateQueue).
RETENTION = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class _Running:
    dispatched: datetime
    ends: datetime
    forced: bool


@dataclass(slots=True)
class Queue:
    """The tasks of one queue and the names that its former tasks still hold."""

    settings: QueueSettings
    tasks: dict[str, Task] = field(default_factory=dict)
    reserved: dict[str, datetime] = field(default_factory=dict)
    changes: set[str] = field(default_factory=set)
    _bucket: TokenBucket = field(default_factory=TokenBucket)
    _waiting: list[tuple[datetime, str]] = field(default_factory=list)
    _running: dict[tuple[str, int], _Running] = field(default_factory=dict)

    def add(self, task: Task, now: datetime) -> None:
        """Takes a new task; ALREADY_EXISTS if its name is in use or still reserved."""
        self._forget(now)
        if task.name in self.tasks:
            raise refusal.task_exists()
        if task.name in self.reserved:
            raise refusal.task_name_used()
        self.restore(task)
        self.changes.add(task.name)

    def restore(self, task: Task) -> None:
        """Takes a task as it was stored; an attempt cut off by a crash is simply made again."""
        self.tasks[task.name] = task
        heapq.heappush(self._waiting, (task.scheduled, task.name))

    def get(self, name: str, now: datetime) -> Task:
        """The task; NOT_FOUND, with another text if it was there recently."""
        self._forget(now)
        if name in self.tasks:
            return self.tasks[name]
        raise refusal.task_gone() if name in self.reserved else refusal.missing()

    def by_name(self, now: datetime) -> list[Task]:
        """Every task, by name."""
        self._forget(now)
        return [self.tasks[name] for name in sorted(self.tasks)]

    def delete(self, name: str, now: datetime) -> None:
        """Removes the task, scheduled or dispatched; NOT_FOUND if there is none."""
        self.get(name, now)
        self._remove(name, now)

    def purge(self, now: datetime) -> None:
        """Removes every task."""
        for name in list(self.tasks):
            self._remove(name, now)

    def start_due(self, now: datetime) -> Iterator[Dispatch]:
        """Starts every attempt that may start now."""
        self._forget(now)
        while (due := self._next_start()) is not None and due <= now:
            self._bucket.take(self.settings.limits, now)
            _, name = heapq.heappop(self._waiting)
            yield self._start(name, now, forced=False)

    def force(self, name: str, now: datetime) -> Dispatch:
        """Starts an attempt whatever the limits, the schedule or the queue's state (RunTask)."""
        self.get(name, now)
        return self._start(name, now, forced=True)

    def finish(self, name: str, number: int, outcome: DispatchOutcome, now: datetime) -> None:
        """Takes the end of an attempt; of an attempt that was already ended, nothing."""
        running = self._running.pop((name, number), None)
        task = self.tasks.get(name)
        if running is None or task is None:
            return
        self._count(task, number, outcome, now)
        if 200 <= outcome.status <= 299:
            self._remove(name, now)
            return
        policy = task.retry or self.settings.retry
        first = task.first_dispatched or running.dispatched
        if exhausted(policy, task.dispatches, now - first):
            self._remove(name, now)
            return
        since = running.dispatched if running.forced else now
        wait = retry_delay(policy, task.dispatches, outcome.status, outcome.retry_after)
        task.scheduled = since + wait
        self.changes.add(name)
        heapq.heappush(self._waiting, (task.scheduled, name))

    def expire(self, now: datetime) -> list[tuple[str, int]]:
        """Ends the attempts whose dispatch deadline passed; returns (task, number) of each."""
        late = [key for key, running in self._running.items() if running.ends <= now]
        for name, number in late:
            self.finish(name, number, DispatchOutcome(status=TIMED_OUT, answered=False), now)
        return late

    def wake_at(self) -> datetime | None:
        """The next time at which something happens by itself; None for never."""
        times = [running.ends for running in self._running.values()]
        if (start := self._next_start()) is not None:
            times.append(start)
        return min(times, default=None)

    def _next_start(self) -> datetime | None:
        """When the limits let the next waiting task start, perhaps in the past."""
        if self.settings.paused or len(self._running) >= self.settings.limits.concurrent:
            return None
        while self._waiting and not self._is_current(*self._waiting[0]):
            heapq.heappop(self._waiting)
        if not self._waiting:
            return None
        return max(self._waiting[0][0], self._bucket.ready_at(self.settings.limits))

    def _is_current(self, scheduled: datetime, name: str) -> bool:
        """False for what the heap still holds of tasks that moved, run or are gone."""
        task = self.tasks.get(name)
        return task is not None and task.scheduled == scheduled and not self._is_running(task)

    def _is_running(self, task: Task) -> bool:
        return (task.name, task.dispatches) in self._running

    def _start(self, name: str, now: datetime, *, forced: bool) -> Dispatch:
        task = self.tasks[name]
        task.dispatches += 1
        task.first_dispatched = task.first_dispatched or now
        task.last = Attempt(scheduled=task.scheduled, dispatched=now)
        self._running[name, task.dispatches] = _Running(now, now + task.deadline, forced)
        self.changes.add(name)
        return Dispatch(
            queue=self.settings.name,
            task=name,
            number=task.dispatches,
            request=task.request,
            scheduled=task.scheduled,
            executions=task.executions,
            previous_status=task.previous_status,
        )

    def _count(self, task: Task, number: int, outcome: DispatchOutcome, now: datetime) -> None:
        task.previous_status = outcome.status
        if outcome.answered:
            task.responses += 1
            # Recorded of the service for HTTP targets: 5xx do not count as executions.
            task.executions += outcome.status < 500
        if task.last is not None and number == task.dispatches:
            task.last.answered = now
            task.last.status = outcome.status

    def _remove(self, name: str, now: datetime) -> None:
        del self.tasks[name]
        self.reserved[name] = now + NAME_RESERVED
        self.changes.add(name)

    def _forget(self, now: datetime) -> None:
        """Drops tasks past retention and names past reservation; both dicts are oldest first."""
        while (oldest := next(iter(self.tasks.values()), None)) and oldest.created <= (
            now - RETENTION
        ):
            self._remove(oldest.name, now)
        while (name := next(iter(self.reserved), None)) and self.reserved[name] <= now:
            del self.reserved[name]
            self.changes.add(name)
