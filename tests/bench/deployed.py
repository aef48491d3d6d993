"""Functions as the cloud runs them: the packaged archive, in a venv of its locked requirements.

Both are kept under build/bench/ and made again where they changed. The yardstick of cold
start is beside them: functions-framework and a Firestore client, and nothing else. That of
speed is with it: a Flask application that says hello.
"""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from infra.package import package
from infra.package_contents import ROOT, function_names
from infra.package_requirements import export

BUILD = ROOT / "build" / "bench"
BARE = "bare"
_BARE_MAIN = """\
import os

import functions_framework
from google.cloud.firestore import Client


@functions_framework.http
def main(request):
    Client(project=os.environ["GOOGLE_CLOUD_PROJECT"])
    return "hello"
"""

_HELLO_MAIN = """\
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "hello"
"""


@dataclass(frozen=True)
class Deployed:
    """The unpacked sources, and the folder of the venv's programs."""

    name: str
    folder: Path
    programs: Path


def deploy() -> dict[str, Deployed]:
    """Every function, and BARE."""
    folders = {name: _unpacked(name, file) for name, file in _archives().items()}
    folders[BARE] = _bare()
    for folder in folders.values():
        # As Google's buildpack does (cmd/python/functions_framework/main.go).
        subprocess.run(
            [sys.executable, "-m", "compileall", "-f", "-q", "."], cwd=folder, check=True
        )
    return {
        name: Deployed(name, folder, _venv(folder / "requirements.txt") / "bin")
        for name, folder in folders.items()
    }


def _archives() -> dict[str, Path]:
    out = BUILD / "archives"
    shutil.rmtree(out, ignore_errors=True)
    return {name: out / file for name, file in package(function_names(ROOT), out).items()}


def _unpacked(name: str, archive: Path) -> Path:
    folder = _emptied(name)
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)
    return folder


def _bare() -> Path:
    folder = _emptied(BARE)
    (folder / "requirements.txt").write_text(export(ROOT, "--only-group", "bare"))
    (folder / "main.py").write_text(_BARE_MAIN)
    (folder / "hello.py").write_text(_HELLO_MAIN)
    return folder


def _emptied(name: str) -> Path:
    folder = BUILD / "sources" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _venv(requirements: Path) -> Path:
    digest = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    venv = BUILD / "venvs" / digest
    if not (venv / "complete").exists():
        uv = str(Path(sys.executable).with_name("uv"))
        subprocess.run([uv, "venv", "-q", "--clear", "-p", sys.executable, str(venv)], check=True)
        install = [uv, "pip", "install", "-q", "--compile-bytecode", "--require-hashes"]
        python = str(venv / "bin" / "python")
        subprocess.run([*install, "-p", python, "-r", str(requirements)], check=True)
        (venv / "complete").touch()
    return venv
