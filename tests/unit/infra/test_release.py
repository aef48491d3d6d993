"""Sets of archives, and the statements about where they come from."""

import json
from pathlib import Path

import pytest

from infra import attest, release
from infra.package_contents import ROOT, function_names

SET = {"carts": f"carts-{'0' * 16}.zip", "orders": f"orders-{'1' * 16}.zip"}
BUILD = {"PROJECT_ID": "sellin-dev", "BUILD_ID": "b-1", "COMMIT_SHA": "c0ffee"}


def test_one_archive_takes_the_place_of_its_functions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "archives.json"
    file.write_text(json.dumps(SET))
    new = f"carts-{'a' * 16}.zip"
    assert release.main(["--set", str(file), "take", new]) == 0
    assert json.loads(file.read_text()) == {**SET, "carts": new}
    assert release.main(["--set", str(file), "name", "carts"]) == 0
    assert release.main(["--set", str(file), "names"]) == 0
    assert capsys.readouterr().out.split() == [new, new, SET["orders"]]


def test_a_set_without_a_file_lacks_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "archives.json", tmp_path / "dev.json"
    assert release.main(["--set", str(file), "missing"]) == 0
    assert capsys.readouterr().out.split() == function_names(ROOT)
    assert release.main(["--set", str(file), "take", SET["carts"]]) == 0
    dev = {name: f"{name}-{'b' * 16}.zip" for name in [*function_names(ROOT), "gone"]}
    other.write_text(json.dumps(dev))
    assert release.main(["--set", str(file), "fill", str(other)]) == 0
    del dev["gone"]
    assert json.loads(file.read_text()) == {**dev, "carts": SET["carts"]}
    assert release.main(["--set", str(file), "missing"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "archive", [f"nothing-{'a' * 16}.zip", "carts.zip", f"../carts-{'a' * 16}.zip", "carts-a.zip"]
)
def test_what_is_no_archive_of_the_set_is_refused(archive: str, tmp_path: Path) -> None:
    file = tmp_path / "archives.json"
    file.write_text(json.dumps(SET))
    assert release.main(["--set", str(file), "take", archive]) == 1
    assert json.loads(file.read_text()) == SET


def test_a_statement_names_commit_build_and_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, bom = tmp_path / SET["carts"], tmp_path / f"{SET['carts']}.cdx.json"
    archive.write_bytes(b"PK")
    bom.write_text("{}")
    for name, value in BUILD.items():
        monkeypatch.setenv(name, value)
    told = tmp_path / "statement.json"
    assert attest.main(["write", str(told), str(archive), str(bom)]) == 0
    written = json.loads(told.read_text())
    assert written == attest.statement([bom, archive], BUILD)
    assert [subject["name"] for subject in written["subject"]] == [archive.name, bom.name]
    assert "c0ffee" in told.read_text()
    assert "projects/sellin-dev/builds/b-1" in told.read_text()
    assert attest.main(["verify", str(told), str(archive), str(bom)]) == 0
    archive.write_bytes(b"PK changed")
    assert attest.main(["verify", str(told), str(archive), str(bom)]) == 1
    assert capsys.readouterr().err == f"{archive.name} is not what statement.json says\n"


def test_a_file_that_the_statement_does_not_name_is_refused(tmp_path: Path) -> None:
    named, other = tmp_path / "a.zip", tmp_path / "b.zip"
    named.write_bytes(b"same")
    other.write_bytes(b"same")
    assert attest.mismatches(attest.statement([named], BUILD), [named, other]) == ["b.zip"]
