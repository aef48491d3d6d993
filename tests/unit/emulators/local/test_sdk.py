"""What is missing is said in one line, with how to get it."""

from pathlib import Path

import pytest

from emulators.local import sdk


def _no_programs(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", str(folder))


def _program(folder: Path, name: str) -> None:
    program = folder / name
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)


def test_missing_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _no_programs(monkeypatch, tmp_path)
    with pytest.raises(sdk.MissingPrerequisiteError, match="apt-get install default-jre-headless"):
        sdk.firestore_command(1)


def test_missing_emulator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _no_programs(monkeypatch, tmp_path)
    monkeypatch.setattr(sdk, "_KNOWN_ROOTS", ())
    _program(tmp_path, "java")
    with pytest.raises(sdk.MissingPrerequisiteError, match="gcloud components install pubsub-em"):
        sdk.pubsub_command(1)


def test_an_sdk_is_found_by_its_gcloud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sdk, "_KNOWN_ROOTS", ())
    root = tmp_path / "sdk"
    launcher = root / "platform/cloud-firestore-emulator/cloud_firestore_emulator"
    for name in ("bin/gcloud", str(launcher.relative_to(root)), "bin/java"):
        _program(root, name)
    _no_programs(monkeypatch, root / "bin")
    assert str(launcher) in sdk.firestore_command(1)


def test_free_ports_differ() -> None:
    ports = sdk.free_ports(50)
    assert len(set(ports)) == 50
    assert all(sdk.is_free(port) for port in ports)
