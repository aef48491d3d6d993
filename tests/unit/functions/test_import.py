"""Nothing happens at import: no environment is read, no connection made."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FUNCTIONS = sorted(found.parent.name for found in (ROOT / "functions").glob("*/main.py"))

_IMPORT_ALONE = """
import socket, sys

def refuse(*_args, **_kwargs):
    raise AssertionError("a socket was used at import")

for name in ("connect", "connect_ex", "bind", "sendto"):
    setattr(socket.socket, name, refuse)
socket.create_connection = socket.getaddrinfo = refuse

import importlib
module = importlib.import_module(f"functions.{sys.argv[1]}.main")
assert callable(module.main)
"""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_imported_with_empty_environment_and_no_network(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALONE, name],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
