"""The stand-in as its own process, reached by a program that imports `pyrfc`."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import httpx
import pytest

from emulators.local import ports
from emulators.sap.rfc import FIRST_PORT, HOST
from emulators.sap.server import CLIENT_PATH, destination
from tests.integration.emulators.sap.data import order_call, small_data
from tests.support.wait import wait_until

PROGRAM = """
import json, sys, pyrfc
destination, call = json.loads(sys.stdin.read())
with pyrfc.Connection(**destination) as connection:
    answer = connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **call)
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    print(answer["SALESDOCUMENT"])
"""


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False


def _free_system_number() -> int:
    """From the upper half, away from those that tests in threads take first."""
    start = os.getpid() % 50
    for number in (50 + (start + step) % 50 for step in range(50)):
        with suppress(OSError), socket.create_server((HOST, FIRST_PORT + number)):
            return number
    raise AssertionError("no free system number")


@pytest.fixture
def control_port(tmp_path: Path) -> Iterator[int]:
    """The control port of a stand-in process."""
    data = tmp_path / "data.json"
    data.write_text(json.dumps(asdict(small_data())))
    (port,) = ports.free_ports(1)
    sysnr = _free_system_number()
    arguments = ["--sysnr", str(sysnr), "--control-port", str(port)]
    arguments += ["--data", str(data), "--state", str(tmp_path / "state")]
    process = subprocess.Popen([sys.executable, "-m", "emulators.sap", *arguments])
    try:
        wait_until(lambda: _answers(f"http://{HOST}:{port}/healthz"), what="the stand-in")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_program_orders_and_the_command_lists_it(control_port: int) -> None:
    sysnr = httpx.get(f"http://{HOST}:{control_port}/healthz").json()["sysnr"]
    program = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps([destination(sysnr), order_call()]),
        env=os.environ | {"PYTHONPATH": str(CLIENT_PATH)},
        capture_output=True,
        text=True,
        check=True,
    )
    table = subprocess.run(
        [sys.executable, "-m", "emulators.sap", "orders", "--control-port", str(control_port)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    page = httpx.get(f"http://{HOST}:{control_port}/").text

    number = program.stdout.strip()
    assert table[0].split()[:2] == ["VBELN", "PURCH_NO_C"]
    assert table[1].startswith(f"{number}  7K3Q9XZ4M2-001/PO 1")
    assert number in page
    assert "Läufer" in page


def test_without_a_project_there_is_nowhere_to_publish(control_port: int) -> None:
    url = f"http://{HOST}:{control_port}/publish"

    assert httpx.post(url, json={"kinds": ["products"]}).status_code == 409


def test_faults_are_shown_and_cleared(control_port: int) -> None:
    url = f"http://{HOST}:{control_port}/faults"

    assert httpx.put(url, json={"break": "after_commit", "times": 2}).is_success
    assert httpx.get(url).json() == {"break": "after_commit", "times": 2}
    assert httpx.put(url, json={"brake": "after_commit"}).status_code == 422
    assert httpx.delete(url).json() == {}
    assert httpx.get(url).json() == {}
