"""Emulators are found where an SDK or firebase-tools lays them down, else said to be missing."""

from pathlib import Path

import pytest

from emulators.local import sdk
from infra.setup.step import MissingError

IN_AN_SDK = "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar"
FETCHED = "cloud-firestore-emulator-v1.22.0.jar"
PUBSUB_IN_AN_SDK = "platform/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.20-all.jar"
PUBSUB_FETCHED = "pubsub-emulator-0.8.37/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.37-all.jar"


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with nothing but a Java."""
    _file(tmp_path / "bin/java")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CLOUDSDK_ROOT_DIR", raising=False)
    monkeypatch.setattr(sdk, "_KNOWN_ROOTS", ())
    monkeypatch.setattr(sdk, "FETCHED", tmp_path / "fetched")


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_missing_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="make setup"):
        sdk.firestore_command(1)


def test_missing_emulator() -> None:
    assert sdk.missing() == ["firestore", "pubsub"]
    with pytest.raises(MissingError, match=r"gcloud components install .*pubsub-emulator"):
        sdk.pubsub_command(1)


def test_an_sdk_is_found_by_its_gcloud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    archive = _file(tmp_path / "sdk" / IN_AN_SDK)
    (tmp_path / "bin/gcloud").symlink_to(_file(tmp_path / "sdk/bin/gcloud"))
    assert str(archive) in sdk.firestore_command(1)
    assert sdk.missing() == ["pubsub"]


@pytest.mark.parametrize("firestore", [IN_AN_SDK, FETCHED])
@pytest.mark.parametrize("pubsub", [PUBSUB_IN_AN_SDK, PUBSUB_FETCHED])
def test_emulators_are_found_in_a_folder_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, firestore: str, pubsub: str
) -> None:
    found = [_file(tmp_path / "here" / firestore), _file(tmp_path / "here" / pubsub)]
    monkeypatch.setenv("CLOUDSDK_ROOT_DIR", str(tmp_path / "here"))
    assert sdk.missing() == []
    assert str(found[0]) in sdk.firestore_command(1)
    assert str(found[1]) in sdk.pubsub_command(1)
