"""The emulator as a process of its own."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from google.cloud import tasks_v2

from emulators.cloud_tasks.server import Config, serve
from emulators.local.ports import free_ports
from tests.integration.emulators.cloud_tasks.support import LOCATION, http_target, tasks_client
from tests.support.wait import wait_until

QUEUE = f"{LOCATION}/queues/export-orders"


@contextmanager
def emulator_process(state: Path, port: int, oidc_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process that answers /healthz; killed in the end if it still runs."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "emulators.cloud_tasks"),
            *("--port", str(port), "--oidc-port", str(oidc_port), "--state", str(state)),
        ]
    )

    def healthy() -> bool:
        assert process.poll() is None, "the emulator ended"
        try:
            return httpx.get(f"http://127.0.0.1:{oidc_port}/healthz").status_code == 200
        except httpx.TransportError:
            return False

    try:
        wait_until(healthy, what="a healthy emulator")
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_and_a_restart_goes_on(
    tmp_path: Path, number: signal.Signals
) -> None:
    port, oidc_port = free_ports(2)
    with http_target() as target:
        task = tasks_v2.Task(http_request=tasks_v2.HttpRequest(url=target.url))
        with (
            emulator_process(tmp_path, port, oidc_port) as process,
            tasks_client(f"127.0.0.1:{port}") as client,
        ):
            client.create_queue(parent=LOCATION, queue=tasks_v2.Queue(name=QUEUE))
            client.pause_queue(name=QUEUE)
            client.create_task(parent=QUEUE, task=task)
            process.send_signal(number)
            assert process.wait(timeout=30) == 0
        with (
            emulator_process(tmp_path, port, oidc_port),
            tasks_client(f"127.0.0.1:{port}") as client,
        ):
            client.resume_queue(name=QUEUE)
            wait_until(lambda: len(target.received) == 1, what="the task's request")


def test_a_killed_emulator_loses_no_task(tmp_path: Path) -> None:
    port, oidc_port = free_ports(2)
    with http_target() as target:
        task = tasks_v2.Task(http_request=tasks_v2.HttpRequest(url=target.url))
        with (
            emulator_process(tmp_path, port, oidc_port) as process,
            tasks_client(f"127.0.0.1:{port}") as client,
        ):
            client.create_queue(parent=LOCATION, queue=tasks_v2.Queue(name=QUEUE))
            client.pause_queue(name=QUEUE)
            names = {client.create_task(parent=QUEUE, task=task).name for _ in range(20)}
            process.kill()
        with serve(Config(state=tmp_path)) as emulator, tasks_client(emulator.address) as client:
            assert {task.name for task in client.list_tasks(parent=QUEUE)} == names


@pytest.mark.parametrize("which", ["port", "oidc_port"])
def test_a_port_in_use_is_an_error(which: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = Config(**{which: taken.getsockname()[1]})
        with pytest.raises((OSError, RuntimeError)), serve(config):
            pass
