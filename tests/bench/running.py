"""Running what is deployed, and asking it over HTTP with one connection for each request."""

import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import psutil  # type: ignore[import-untyped]

from emulators.local import ports, sdk
from emulators.local.environment import emulator_hosts, function_environment
from emulators.local.plan import PROJECT, TOPIC_TO_FUNCTION, make_plan
from tests.bench.deployed import BARE, BUILD, Deployed

STARTING_SECONDS = 60
EVENTS = frozenset(TOPIC_TO_FUNCTION.values())
EVENT_HEADERS = {
    "ce-id": "1",
    "ce-source": "//pubsub.googleapis.com/",
    "ce-specversion": "1.0",
    "ce-type": "google.cloud.pubsub.topic.v1.messagePublished",
    "Content-Type": "application/json",
}


@dataclass(frozen=True)
class Reply:
    """An answer; `at` is when its last byte came, `seconds` after connecting began."""

    status: int
    body: bytes
    at: float
    seconds: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A process that serves HTTP; `started` is when it was (perf_counter)."""

    port: int
    pid: int
    started: float

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Raises OSError while nobody listens."""
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(sdk.HOST, self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        at = time.perf_counter()
        return Reply(answer.status, content, at, at - begun)

    @property
    def memory(self) -> int:
        """Resident bytes of the process and its workers; what these share counts twice."""
        return sum(int(member.memory_info().rss) for member in self._family())

    @property
    def processor_seconds(self) -> float:
        """What the process and its workers used of the processor until now."""
        return sum(sum(member.cpu_times()[:2]) for member in self._family())

    def _family(self) -> list[psutil.Process]:
        process = psutil.Process(self.pid)
        return [process, *process.children(recursive=True)]


@contextmanager
def served(argv: list[str], port: int, **options: Any) -> Iterator[Server]:
    """A process, ended with the context; `options` are of Popen."""
    started = time.perf_counter()
    process = subprocess.Popen(
        argv,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,
    )
    try:
        yield Server(port, process.pid, started)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def running(deployed: Deployed, environment: Mapping[str, str]) -> Iterator[Server]:
    """A function in functions-framework as in the local cloud, just started.

    `environment` overrides what the local cloud would set.
    """
    port = ports.free_ports(1)[0]
    signature = "cloudevent" if deployed.name in EVENTS else "http"
    argv = [
        *(str(deployed.programs / "functions-framework"), "--target", "main"),
        *("--signature-type", signature, "--host", sdk.HOST, "--port", str(port)),
    ]
    whole = {**_inherited(), **_settings(deployed.name), **environment}
    with served(argv, port, cwd=deployed.folder, env=whole) as server:
        yield server


@contextmanager
def hello(bare: Deployed) -> Iterator[Server]:
    """Flask's hello on gunicorn with one worker, answering."""
    port = ports.free_ports(1)[0]
    gunicorn = [str(bare.programs / "gunicorn"), "-w", "1", "-b", f"{sdk.HOST}:{port}"]
    with served([*gunicorn, "hello:app"], port, cwd=bare.folder, env=_inherited()) as server:
        first_answer(server, BARE)
        yield server


@cache  # each plan takes ports
def _settings(name: str) -> dict[str, str]:
    plan = make_plan(BUILD, port=0, styles=1, companies=1, seed=1, keep=False)
    if name == BARE:
        return {"GOOGLE_CLOUD_PROJECT": PROJECT, **emulator_hosts(plan)}
    return function_environment(name, plan)


def first_answer(server: Server, name: str) -> Reply:
    """The answer to the first request; a function has read its settings by then.

    An event without a token is refused, which takes what accepting it would.
    """
    deadline = time.monotonic() + STARTING_SECONDS
    while True:
        try:
            answer = _first_request(server, name)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)
            continue
        expected = 401 if name in EVENTS else 200
        assert answer.status == expected, answer
        return answer


def _first_request(server: Server, name: str) -> Reply:
    if name in EVENTS:
        return server.ask("POST", "/", b'{"message": {"data": ""}}', EVENT_HEADERS)
    return server.ask("GET", "/" if name == BARE else f"/v1/{name}/healthz")


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
