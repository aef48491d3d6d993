"""What a function's image starts, started as it would be: by the environment of its Dockerfile."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from emulators.local import ports, sdk
from emulators.local.environment import function_environment
from emulators.local.plan import make_plan
from infra.package import package
from infra.package_contents import ROOT
from tests.support.wait import wait_until

DOCKERFILE = (ROOT / "infra" / "images" / "function.Dockerfile").read_text()


def _environment() -> dict[str, str]:
    """The image's variables, but for where its programs are."""
    found = re.search(r"^ENV (.*?[^\\])$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert found
    told = dict(part.split("=", 1) for part in found[1].replace("\\\n", " ").split())
    return {**told, "PATH": os.environ["PATH"]}


def _status(url: str) -> int:
    """The answer's status; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


@pytest.mark.parametrize(
    ("function", "path", "status"),
    [("accounts", "/v1/accounts/healthz", 200), ("sync_prices", "/", 401)],
)
def test_an_image_needs_no_more_than_its_environment(
    function: str, path: str, status: int, tmp_path: Path
) -> None:
    name = package([function], tmp_path / "out")[function]
    with zipfile.ZipFile(tmp_path / "out" / name) as archive:
        archive.extractall(tmp_path / "app")
    plan = make_plan(tmp_path, port=0, styles=1, companies=1, seed=1, keep=False)
    port = ports.free_ports(1)[0]
    environment = {**function_environment(function, plan), **_environment()}
    assert environment["PORT"] == "8080"
    process = subprocess.Popen(
        [Path(sys.executable).with_name("functions-framework")],
        cwd=tmp_path / "app",
        env={**environment, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://{sdk.HOST}:{port}{path}"
        answered = wait_until(lambda: _status(url), timeout=60, what=f"{function} answering")
    finally:
        process.terminate()
        process.wait()
    assert answered == status
