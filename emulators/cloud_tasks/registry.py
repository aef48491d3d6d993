"""All queues of the emulator, and the names of deleted ones that are still reserved."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from emulators.cloud_tasks import refusal
from emulators.cloud_tasks.model import Dispatch, DispatchOutcome, QueueSettings
from emulators.cloud_tasks.queue import Queue

# The longest that DeleteQueue is documented to hold the name back
QUEUE_NAME_RESERVED = timedelta(days=3)


@dataclass(slots=True)
class Registry:
    """The emulator's whole state; times are aware UTC, given by the caller."""

    queues: dict[str, Queue] = field(default_factory=dict)
    reserved: dict[str, datetime] = field(default_factory=dict)
    changes: set[str] = field(default_factory=set)
    _forced: list[Dispatch] = field(default_factory=list)

    def create(self, settings: QueueSettings, now: datetime) -> Queue:
        """A new queue; ALREADY_EXISTS, or FAILED_PRECONDITION while the name is reserved."""
        if settings.name in self.queues:
            raise refusal.queue_exists()
        if self.reserved.get(settings.name, now) > now:
            raise refusal.queue_name_used()
        self.reserved.pop(settings.name, None)
        self.queues[settings.name] = Queue(settings)
        self.changes.add(settings.name)
        return self.queues[settings.name]

    def get(self, name: str) -> Queue:
        """The queue; NOT_FOUND if there is none."""
        if name not in self.queues:
            raise refusal.queue_missing()
        return self.queues[name]

    def of_location(self, location: str) -> list[Queue]:
        """The queues of `projects/P/locations/L`, by name."""
        prefix = f"{location}/queues/"
        return [self.queues[name] for name in sorted(self.queues) if name.startswith(prefix)]

    def configure(self, settings: QueueSettings, now: datetime) -> Queue:
        """Replaces limits and retry rules, or creates the queue, as UpdateQueue does."""
        queue = self.queues.get(settings.name)
        if queue is None:
            return self.create(settings, now)
        old = queue.settings
        queue.settings = replace(settings, paused=old.paused, purged=old.purged)
        self.changes.add(settings.name)
        return queue

    def pause(self, name: str, *, paused: bool) -> Queue:
        """Stops or resumes dispatching; running attempts go on."""
        queue = self.get(name)
        queue.settings = replace(queue.settings, paused=paused)
        self.changes.add(name)
        return queue

    def purge(self, name: str, now: datetime) -> Queue:
        """Removes all tasks of the queue."""
        queue = self.get(name)
        queue.purge(now)
        queue.settings = replace(queue.settings, purged=now)
        self.changes.add(name)
        return queue

    def delete(self, name: str, now: datetime) -> None:
        """Removes the queue with its tasks; NOT_FOUND if there is none."""
        if name not in self.queues:
            raise refusal.missing()
        del self.queues[name]
        self.reserved[name] = now + QUEUE_NAME_RESERVED
        self.changes.add(name)

    def force(self, queue: str, task: str, now: datetime) -> None:
        """Starts an attempt at once, given out by the next `start_due`."""
        self._forced.append(self.get(queue).force(task, now))

    def start_due(self, now: datetime) -> Iterator[Dispatch]:
        """Starts every attempt of every queue that may start now."""
        while self._forced:
            yield self._forced.pop(0)
        for queue in self.queues.values():
            yield from queue.start_due(now)

    def finish(self, dispatch: Dispatch, outcome: DispatchOutcome, now: datetime) -> None:
        """Takes the end of an attempt, if its queue still exists."""
        if queue := self.queues.get(dispatch.queue):
            queue.finish(dispatch.task, dispatch.number, outcome, now)

    def expire(self, now: datetime) -> list[tuple[str, int]]:
        """Ends the attempts past their deadline; returns (task, number) of each."""
        return [key for queue in self.queues.values() for key in queue.expire(now)]

    def wake_at(self) -> datetime | None:
        """The next time at which something happens by itself; None for never."""
        times = (queue.wake_at() for queue in self.queues.values())
        return min((time for time in times if time is not None), default=None)
