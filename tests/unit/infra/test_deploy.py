"""What a deployment does, in which order, and where it stops; Terraform is stood in for."""

import json
import os
from pathlib import Path

import pytest

from infra import compat, deploy
from infra.package_contents import ROOT, function_names

STAND_IN = """#!/bin/sh
echo "$(basename "$PWD") $*" >> "$TERRAFORM_CALLS"
case "$1" in "$TERRAFORM_FAILS") exit 1 ;; esac
"""


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that tells what Terraform was called with, and where."""
    command = tmp_path / "bin" / "terraform"
    command.parent.mkdir()
    command.write_text(STAND_IN)
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TERRAFORM_CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("TERRAFORM_FAILS", "nothing")
    return tmp_path / "calls"


def _deploy(environment: str, folder: Path) -> None:
    deploy.deploy(environment, folder / "archives", folder / "plan")


def _expected(environment: str, folder: Path) -> list[str]:
    bucket = f"{deploy.project_of(environment)}-terraform"
    return [
        f"{environment} init -input=false -backend-config=bucket={bucket}",
        f"{environment} plan -input=false -out={folder / 'plan'}",
        f"{environment} apply -input=false {folder / 'plan'}",
    ]


def test_the_plan_that_is_printed_is_what_is_applied(
    calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _deploy("dev", tmp_path)
    assert calls.read_text().splitlines() == _expected("dev", tmp_path)
    made = json.loads((tmp_path / "archives" / "archives.json").read_text())
    assert sorted(made) == function_names(ROOT)
    told = capsys.readouterr().out
    assert all(name in told for name in made.values())
    assert "$ terraform plan" in told


@pytest.mark.parametrize(("step", "done"), [("init", 1), ("plan", 2), ("apply", 3)])
def test_a_step_that_fails_is_the_last(
    step: str, done: int, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERRAFORM_FAILS", step)
    with pytest.raises(deploy.FailedError, match=f"terraform {step} failed"):
        _deploy("dev", tmp_path)
    assert calls.read_text().splitlines() == _expected("dev", tmp_path)[:done]


@pytest.mark.parametrize(("answer", "applied"), [("prod", True), ("yes", False), ("", False)])
def test_production_is_named_before_it_changes(
    answer: str, applied: bool, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: answer)
    if applied:
        _deploy("prod", tmp_path)
    else:
        with pytest.raises(deploy.FailedError, match="not applied"):
            _deploy("prod", tmp_path)
    assert calls.read_text().splitlines() == _expected("prod", tmp_path)[: 3 if applied else 2]


def test_a_portal_that_does_not_fit_is_not_deployed(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "carts.json").write_text(json.dumps({"info": {"version": "99.0.0"}}))
    monkeypatch.setattr(compat, "NEEDED", tmp_path)
    assert deploy.main(["dev"]) == 1
    assert "does not fit" in capsys.readouterr().err
    assert not calls.exists()


def test_an_environment_that_is_not_there_is_refused() -> None:
    with pytest.raises(SystemExit):
        deploy.main(["production"])
