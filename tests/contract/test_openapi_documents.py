"""The committed documents are what the code says, and their versions say what changed."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from infra import contract_versions, openapi
from infra.openapi import FOLDER
from infra.package_contents import ROOT

PLACE = FOLDER.relative_to(ROOT)


def test_no_document_is_stale() -> None:
    assert openapi.stale(FOLDER) == [], "`make openapi` writes them anew"


def test_a_changed_a_missing_and_a_left_over_document_are_stale(tmp_path: Path) -> None:
    openapi.write(tmp_path)
    assert openapi.stale(tmp_path) == []
    carts = tmp_path / "carts.json"
    carts.write_text(carts.read_text().replace("3.1.0", "3.1.1"))
    (tmp_path / "orders.json").unlink()
    (tmp_path / "parcels.json").write_text("{}")
    assert openapi.stale(tmp_path) == ["carts.json", "orders.json", "parcels.json"]
    assert openapi.main([str(tmp_path), "--check"]) == 1
    openapi.write(tmp_path)
    assert openapi.main([str(tmp_path), "--check"]) == 0


def test_every_version_says_what_changed() -> None:
    try:
        base = os.environ.get("CONTRACT_BASE") or contract_versions.base_of(ROOT)
    except contract_versions.UnknownRevisionError:
        pytest.skip("there is no earlier revision here to compare with")
    assert contract_versions.check(ROOT, base) == []


def _git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _commit(root: Path, version: str, *, field: bool = True, service: str = "carts") -> None:
    """A commit of a document whose answer has one field, or has not."""
    schema = {"type": "object", "properties": {"id": {}} if field else {}}
    answer = {"200": {"content": {"application/json": {"schema": schema}}}}
    document = {
        "info": {"version": version},
        "paths": {"/v1/carts": {"get": {"responses": answer}}},
    }
    (root / PLACE).mkdir(parents=True, exist_ok=True)
    (root / PLACE / f"{service}.json").write_text(json.dumps(document))
    _git(root, "add", ".")
    _git(root, "commit", "-q", "-m", version)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit of one contract, on main."""
    _git(tmp_path, "init", "-q", "-b", "main")
    _commit(tmp_path, "1.4.0")
    return tmp_path


def test_a_branch_is_compared_with_where_it_left_main(repository: Path) -> None:
    left = _git(repository, "rev-parse", "HEAD")
    _git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    _commit(repository, "1.5.0", field=False)
    _commit(repository, "1.5.1", field=False)
    assert contract_versions.base_of(repository) == left
    assert contract_versions.check(repository, left) == [
        "carts: GET /v1/carts 200.id: is no longer answered: needs version 2.0.0, is 1.5.1"
    ]
    _commit(repository, "2.0.0", field=False)
    assert contract_versions.check(repository, left) == []


def test_main_is_compared_with_the_commit_before(repository: Path) -> None:
    with pytest.raises(contract_versions.UnknownRevisionError):
        contract_versions.base_of(repository)
    first = _git(repository, "rev-parse", "HEAD")
    _commit(repository, "1.0.0", service="orders")
    _git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert contract_versions.base_of(repository) == first
    assert contract_versions.check(repository, first) == []


def test_a_service_does_not_vanish_unnoticed(repository: Path) -> None:
    _git(repository, "rm", "-q", "-r", str(PLACE))
    _git(repository, "commit", "-q", "-m", "gone")
    assert contract_versions.check(repository, "HEAD~1") == ["carts: is gone"]


def test_an_unknown_revision_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert contract_versions.main(["--base", "no-such-revision"]) == 2
    assert "nothing to compare with" in capsys.readouterr().err
