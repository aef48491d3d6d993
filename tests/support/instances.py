"""Processes of the local cloud, ended and held as no signal handler can help."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psutil  # type: ignore[import-untyped]

from tests.support.portal import send
from tests.support.wait import wait_until

Cloud = Mapping[str, Any]


def _pid(cloud: Cloud, argument: str) -> int:
    """The launcher's child with that in its command line; it leads a process group of its own."""
    children = psutil.Process(cloud["pid"]).children()
    found: list[int] = [each.pid for each in children if argument in " ".join(each.cmdline())]
    assert len(found) == 1, (argument, found)
    return found[0]


def _function(name: str) -> str:
    return f"functions/{name}/main.py"


def kill(cloud: Cloud, function: str) -> None:
    """Kills a function's instance with all that it was doing; the launcher starts another."""
    os.killpg(_pid(cloud, _function(function)), signal.SIGKILL)


def kill_part(cloud: Cloud, argument: str) -> None:
    """Kills any part of the local cloud, by something that its command line alone holds."""
    os.killpg(_pid(cloud, argument), signal.SIGKILL)


def wait_until_back(cloud: Cloud, function: str) -> None:
    """Waits for the instance after a killed one."""
    url = f"{cloud['functions'][function]}/v1/{function}/healthz"

    def answers() -> bool:
        try:
            return send("GET", url).status == 200
        except OSError:
            return False

    wait_until(answers, timeout=60, what=f"{function} running again", every=0.1)


@contextmanager
def function_held(cloud: Cloud, name: str) -> Iterator[None]:
    """A function takes requests but answers none for a while."""
    with _held(_pid(cloud, _function(name))):
        yield


@contextmanager
def tasks_held(cloud: Cloud) -> Iterator[None]:
    """Cloud Tasks takes requests but answers none for a while."""
    with _held(_pid(cloud, "emulators.cloud_tasks")):
        yield


@contextmanager
def _held(group: int) -> Iterator[None]:
    os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        # It may have been killed meanwhile.
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGCONT)
