"""Parts of the local cloud, then the whole of it, are killed: what was there is there again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from emulators.local import firestore, guard
from tests.support import portal
from tests.support.instances import kill_part
from tests.support.portal import Person, confirmed, line
from tests.support.wait import wait_until

# Part → something that its command line alone holds, in the order in which they are killed.
PARTS = {
    "firestore": "emulators.local.firestore",
    "pubsub": "cloud-pubsub-emulator",
    "auth": "firebase.js",
    "tasks": "emulators.cloud_tasks",
    "sap": "emulators.sap",
    "push": "emulators.push",
    "scheduler": "emulators.scheduler",
    "gateway": "emulators.gateway",
    "orders": "functions/orders/main.py",
}
LOST = {
    "firestore": "; what was written after",
    "pubsub": "; messages that it had not delivered yet are lost",
    "auth": "; accounts made since the last start of all are lost",
}


@dataclass(frozen=True)
class Whole:
    """A local cloud of its own in `build`, started as `make run` does."""

    build: Path

    @property
    def output(self) -> str:
        """What it wrote on the terminal so far."""
        return (self.build / "told").read_text()

    def wait_until_told(self, text: str) -> None:
        """Waits until that was written on the terminal."""
        wait_until(lambda: text in self.output, what=text)

    @contextmanager
    def running(self, *options: str) -> Iterator[dict[str, Any]]:
        """What its local.json holds."""
        self.build.mkdir(exist_ok=True)
        size = ["--styles", "24", "--companies", "6"]
        where = ["--port", "0", "--build", str(self.build)]
        argv = [sys.executable, "-m", "emulators.local", *where, *size, *options]
        local = self.build / "local.json"
        local.unlink(missing_ok=True)
        with ExitStack() as ending:
            told = ending.enter_context((self.build / "told").open("wb"))
            whole = ending.enter_context(
                subprocess.Popen(guard.command(argv, os.getpid()), stdout=told, stderr=told)
            )
            ending.callback(whole.terminate)
            wait_until(lambda: local.exists() or whole.poll() is not None, 200, "a start")
            assert local.exists(), self.output
            yield json.loads(local.read_text())


def _order(buyer: Person, quantity: int) -> str:
    """Places one; returns its number."""
    windows = buyer.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    door = buyer.read("accounts/company/doors")["items"][0]["id"]
    cart = portal.new_cart(buyer, [line("10001-110-42", door, window, quantity)])
    return str(portal.placed(buyer, cart)[0]["number"])


def _answers(cloud: dict[str, Any]) -> bool:
    """Whether somebody can sign in and read the catalogue."""
    try:
        return portal.person(cloud, "Anna").send("GET", "catalog/styles").status == 200
    except OSError:
        return False


@pytest.mark.timeout(600)
def test_what_was_there_is_there_again(tmp_path: Path) -> None:
    whole = Whole(tmp_path / "build")
    with whole.running() as cloud:
        first = _order(portal.person(cloud, "Anna"), 5)
        before = confirmed(portal.person(cloud, "Anna"), first)
        firestore.save(
            cloud["ports"]["firestore"], cloud["project"], whole.build / "state/firestore"
        )

        for name, argument in PARTS.items():
            kill_part(cloud, argument)
            whole.wait_until_told(f"{name} ended with code -9: started again{LOST.get(name, '')}")
        wait_until(lambda: _answers(cloud), 60, "everything answering again")
        anna = portal.person(cloud, "Anna")
        assert anna.read(f"orders/{first}") == before
        second = _order(anna, 6)
        assert confirmed(anna, second)["sap_number"] != before["sap_number"]

        third = _order(anna, 7)
        os.kill(cloud["pid"], signal.SIGKILL)

    with whole.running("--keep") as again:
        ports = {name: port for name, port in again["ports"].items() if name != "gateway"}
        assert ports.items() <= cloud["ports"].items()
        anna = portal.person(again, "Anna")
        assert anna.read(f"orders/{first}") == before
        assert anna.read(f"orders/{second}")["status"] == "confirmed"
        confirmed(anna, third)
