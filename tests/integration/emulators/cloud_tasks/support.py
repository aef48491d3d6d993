"""What the tests of the emulator share: a clock that they move, a target that they script."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport
from grpc import insecure_channel

from emulators.cloud_tasks.server import Emulator
from tests.support.wait import wait_until

LOCATION = "projects/sellin-test/locations/europe-west1"
START = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)
HANG = 0


@dataclass
class ManualClock:
    """A clock that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Received:
    """A request that the target got."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Target:
    """An HTTP server that answers `statuses` in turn, then 200; HANG answers nothing."""

    url: str
    statuses: list[int] = field(default_factory=list)
    response_headers: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Received) -> int:
        """Records the request and tells the status to answer it with."""
        with self.lock:
            self.received.append(request)
            status = self.statuses.pop(0) if self.statuses else 200
        if status == HANG:
            self.release.wait(timeout=60)
        return status or 200


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Not 5: connections of a burst that find no place are tried again only seconds later.
    request_queue_size = 1024


@contextmanager
def http_target() -> Iterator[Target]:
    """A target on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = target.answer(
                Received(self.command, self.path, dict(self.headers.items()), body)
            )
            self.send_response(status)
            for name, value in target.response_headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    target = Target(url=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield target
    finally:
        target.release.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def tasks_client(address: str) -> Iterator[tasks_v2.CloudTasksClient]:
    """The official client of an emulator."""
    with insecure_channel(address) as channel:
        yield tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))


@dataclass
class World:
    """An emulator with its client, clock and target, and one running queue."""

    emulator: Emulator
    client: tasks_v2.CloudTasksClient
    clock: ManualClock
    target: Target
    queue: str

    def advance(self, by: timedelta) -> None:
        """Moves the clock."""
        self.clock.now += by
        self.emulator.wake()

    def add(self, task_id: str = "", **fields: object) -> tasks_v2.Task:
        """Creates a task, by default without name and a POST of `{}` to the target."""
        task: dict[str, object] = {"http_request": {"url": self.target.url, "body": b"{}"}}
        if task_id:
            task["name"] = self.name(task_id)
        return self.client.create_task(parent=self.queue, task=tasks_v2.Task(task | fields))

    def name(self, task_id: str) -> str:
        """The full name of a task of the queue."""
        return f"{self.queue}/tasks/{task_id}"

    def pause(self) -> None:
        """Lets nothing be dispatched, so that tasks stay to be looked at."""
        self.client.pause_queue(name=self.queue)

    def wait_for_requests(self, count: int) -> list[Received]:
        """What the target received, once it is that many requests."""
        wait_until(lambda: len(self.target.received) >= count, what=f"{count} requests")
        assert len(self.target.received) == count
        return self.target.received

    def wait_for_answers(self, task_id: str, count: int) -> tasks_v2.Task:
        """The task, once that many of its attempts have ended."""

        def ended() -> tasks_v2.Task | None:
            task = self.client.get_task(name=self.name(task_id))
            done = task.dispatch_count == count and task.last_attempt.response_time
            return task if done else None

        task = wait_until(ended, what=f"{count} ended attempts")
        assert task is not None
        return task

    def wait_until_gone(self, task_id: str) -> None:
        """Returns once the task has completed or was given up."""
        wait_until(
            lambda: (
                self.name(task_id)
                not in {task.name for task in self.client.list_tasks(parent=self.queue)}
            ),
            what=f"the end of {task_id}",
        )
