"""Each archive, unpacked alone, runs: nothing of the repository is within its reach."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from emulators.local import ports, sdk
from emulators.local.environment import function_environment
from emulators.local.plan import TOPIC_TO_FUNCTION, make_plan
from infra.package import package
from infra.package_contents import ROOT, function_names
from tests.support.wait import wait_until

FUNCTIONS = function_names(ROOT)
_UV = Path(sys.executable).with_name("uv")


def _settings(function: str, folder: Path) -> dict[str, str]:
    plan = make_plan(folder, port=0, styles=1, companies=1, seed=1, keep=False)
    return function_environment(function, plan)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every function's archive, unpacked."""
    folder = tmp_path_factory.mktemp("archives")
    for function, name in package(FUNCTIONS, folder).items():
        with zipfile.ZipFile(folder / name) as archive:
            archive.extractall(folder / function)
    return {function: folder / function for function in FUNCTIONS}


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty virtual environment, in which each archive has exactly its packages in turn."""
    made = tmp_path_factory.mktemp("packages") / "venv"
    subprocess.run([_UV, "venv", "--quiet", made], check=True)
    return made


@contextmanager
def _started(function: str, folder: Path) -> Iterator[str]:
    """The URL of an unpacked function that functions-framework runs."""
    url = f"{sdk.HOST}:{(port := ports.free_ports(1)[0])}"
    process = subprocess.Popen(
        [
            *(Path(sys.executable).with_name("functions-framework"), "--target", "main"),
            *("--signature-type", "http", "--host", sdk.HOST, "--port", str(port)),
        ],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **_settings(function, folder)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://{url}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _status(request: urllib.request.Request) -> int:
    """The answer's status; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def _probe(function: str, url: str) -> tuple[urllib.request.Request, int]:
    """A request that only a function that has read its settings answers as expected."""
    if function not in TOPIC_TO_FUNCTION.values():
        return urllib.request.Request(f"{url}/v1/{function}/healthz"), 200
    event = {
        "ce-id": "1",
        "ce-source": "//pubsub.googleapis.com/",
        "ce-specversion": "1.0",
        "ce-type": "google.cloud.pubsub.topic.v1.messagePublished",
        "Content-Type": "application/json",
    }
    return urllib.request.Request(url, b'{"message": {"data": ""}}', event), 401


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_archive_runs_alone(function: str, unpacked: dict[str, Path]) -> None:
    with _started(function, unpacked[function]) as url:
        request, expected = _probe(function, url)
        status = wait_until(lambda: _status(request), timeout=60, what=f"{function} answering")
    assert status == expected


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_module_of_an_archive_is_imported_from_it(
    function: str, unpacked: dict[str, Path]
) -> None:
    archive = unpacked[function]
    modules = [
        ".".join(path.relative_to(archive).with_suffix("").parts).removesuffix(".__init__")
        for path in archive.rglob("*.py")
    ]
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    module = importlib.import_module(name)\n"
        "    assert module.__file__.startswith(sys.path[0]), module.__file__\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, *modules],
        cwd=archive,
        env={"PYTHONPATH": str(archive)},
        check=True,
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_archive_brings_all_that_it_needs(
    function: str, unpacked: dict[str, Path], venv: Path
) -> None:
    requirements = unpacked[function] / "requirements.txt"
    installed = subprocess.run(
        [_UV, "pip", "sync", "--quiet", "--require-hashes", requirements],
        env={**os.environ, "VIRTUAL_ENV": str(venv)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "Failed to fetch" in installed.stderr:
        pytest.skip("the package index can't be reached")
    assert installed.returncode == 0, installed.stderr
    subprocess.run(
        [venv / "bin" / "python", "-c", "import main; assert callable(main.main)"],
        cwd=unpacked[function],
        env={},
        check=True,
    )
