"""The pipelines, as far as that can be known without Cloud Build.

The models hold the part of its schema that they use
(https://cloud.google.com/build/docs/build-config-file-schema).
"""

import importlib.util
import re
import subprocess
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict, Field

from infra import affected, attest, compat, contract_versions, openapi, release, rollout, turn
from infra.package_contents import ROOT

PIPELINES = sorted((ROOT / "infra" / "pipelines").glob("*.yaml"))
BUILT_IN = {"PROJECT_ID", "BUILD_ID", "COMMIT_SHA"}
MODULES = [affected, attest, compat, openapi, contract_versions, release, rollout, turn]


class Strict(BaseModel):
    """A typing error in a key is a fault."""

    model_config = ConfigDict(extra="forbid")


class Step(Strict):
    """A step that runs a script in an image."""

    id: str = Field(pattern=r"^[a-z]+$")
    name: str
    script: str
    waitFor: list[str] = []  # noqa: N815 (Cloud Build's name)


class Options(Strict):
    """A build's options; a build under its own account must log to Cloud Logging."""

    automapSubstitutions: Literal[True]  # noqa: N815
    logging: Literal["CLOUD_LOGGING_ONLY"]
    machineType: Literal["E2_HIGHCPU_8", "E2_HIGHCPU_32"] = "E2_HIGHCPU_8"  # noqa: N815


class Build(Strict):
    """A build config file."""

    substitutions: dict[str, str]
    steps: list[Step]
    timeout: str = Field(pattern=r"^\d+s$")
    serviceAccount: str = Field(pattern=r"^projects/\$PROJECT_ID/serviceAccounts/")  # noqa: N815
    options: Options


def _load(path: Path) -> Build:
    return Build.model_validate(yaml.safe_load(path.read_text()))


def _name(path: Path) -> str:
    return path.stem


def _steps(pipeline: str) -> list[str]:
    return [step.id for step in _load(ROOT / "infra" / "pipelines" / f"{pipeline}.yaml").steps]


def _before(build: Build) -> dict[str, set[str]]:
    """Step to all that has been done when it begins."""
    done: dict[str, set[str]] = {}
    for step in build.steps:
        done[step.id] = set(step.waitFor).union(*(done[other] for other in step.waitFor))
    return done


@pytest.mark.parametrize("path", PIPELINES, ids=_name)
def test_steps_wait_for_steps_that_come_before(path: Path) -> None:
    build = _load(path)
    seen: set[str] = set()
    for step in build.steps:
        assert set(step.waitFor) <= seen
        assert step.waitFor or step.id == "setup"
        assert step.id not in seen
        seen.add(step.id)
    # Nothing is deployed while something else could still fail.
    assert _before(build)["deploy"] >= seen - {"deploy", "canary", "smoke", "record"}


@pytest.mark.parametrize("path", PIPELINES, ids=_name)
def test_every_substitution_is_used_and_every_used_one_is_there(path: Path) -> None:
    build = _load(path)
    text = "\n".join([*(step.script for step in build.steps), build.serviceAccount])
    used = set(re.findall(r"\$\{?(_?[A-Z][A-Z_]*)", text))
    assert used - BUILT_IN == set(build.substitutions)


@pytest.mark.parametrize("path", PIPELINES, ids=_name)
def test_scripts_stop_at_the_first_fault_and_are_well_formed(path: Path) -> None:
    for step in _load(path).steps:
        shell, options = step.script.splitlines()[:2]
        assert (shell, options) in [
            ("#!/usr/bin/env bash", "set -euo pipefail"),
            ("#!/usr/bin/env sh", "set -eu"),
        ]
        checked = subprocess.run(
            [shell.split()[-1], "-n"],
            input=step.script,
            text=True,
            capture_output=True,
            check=False,
        )
        assert checked.stderr == "", step.id


@pytest.mark.parametrize("path", PIPELINES, ids=_name)
def test_images_have_versions(path: Path) -> None:
    for step in _load(path).steps:
        assert re.search(r":\d+\.\d+", step.name), step.name


@pytest.mark.parametrize("path", PIPELINES, ids=_name)
def test_what_scripts_call_is_there(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Modules exist, and take the commands and options that they are given."""
    for step in _load(path).steps:
        script = step.script.replace("\\\n", " ")
        for name, arguments in re.findall(r"python -m (infra\.\w+)([^|\n)<>]*)", script):
            assert importlib.util.find_spec(name), name
            module: Any = next((each for each in MODULES if each.__name__ == name), None)
            if module and module is not compat:
                with pytest.raises(SystemExit):
                    module.main(["--help"])
                usage = capsys.readouterr().out
                asked = [
                    word for word in arguments.split() if re.fullmatch(r"-{0,2}[a-z][a-z-]*", word)
                ]
                assert all(word in usage for word in asked), (name, arguments)
        for target in re.findall(r"^make (\w+)", script, re.MULTILINE):
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_what_is_published_is_checked_attested_and_what_is_deployed() -> None:
    order = _steps("function")
    wanted = ["lint", "test", "contract", "package", "sbom", "attest", "publish", "deploy", "smoke"]
    assert [step for step in order if step in wanted] == wanted
    build = _load(ROOT / "infra" / "pipelines" / "function.yaml")
    assert _before(build)["package"] >= {"lint", "test", "contract"}
    assert _before(build)["record"] >= set(wanted)


@pytest.mark.parametrize("pipeline", ["function", "promote"])
def test_what_an_environment_runs_is_read_and_written_in_its_turn_only(pipeline: str) -> None:
    """Of builds that one push starts, none undoes what another deployed meanwhile."""
    build = _load(ROOT / "infra" / "pipelines" / f"{pipeline}.yaml")
    scripts = {step.id: step.script for step in build.steps}
    assert scripts["fetch"].index("infra.turn take") < scripts["fetch"].index("/sets")
    assert {"deploy", "smoke", "record"} & _before(build)["fetch"] == set()
    assert scripts["record"].index("/sets/") < scripts["record"].index("infra.turn leave")


def test_what_is_promoted_is_verified_and_not_built_anew() -> None:
    order = _steps("promote")
    assert order == ["setup", "fetch", "verify", "pin", "deploy", "canary", "smoke", "record"]
    text = (ROOT / "infra" / "pipelines" / "promote.yaml").read_text()
    assert "infra.package" not in text


def test_a_portal_is_promoted_only_where_it_fits_what_runs() -> None:
    assert _steps("portal-promote") == ["setup", "verify", "gate", "deploy"]
    assert _steps("portal")[-4:] == ["attest", "publish", "deploy", "smoke"]


def test_the_start_page_comes_after_all_that_it_names(tmp_path: Path) -> None:
    """The script is run, with a gcloud that writes down what it is asked."""
    site = tmp_path / "dist"
    (site / "assets").mkdir(parents=True)
    for name in ("index.html", "icon.svg", "assets/app-1a2b.js"):
        (site / name).write_text(name)
    archive = tmp_path / "portal.tar.gz"
    subprocess.run(
        ["tar", "--create", "--gzip", f"--file={archive}", f"--directory={site}", "."], check=True
    )
    calls, command = tmp_path / "calls", tmp_path / "bin" / "gcloud"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\necho "$*" >> "{calls}"\n')
    command.chmod(0o755)
    subprocess.run(
        ["bash", ROOT / "infra" / "pipelines" / "upload.sh", archive, "eu-portal", "na-portal"],
        env={"PATH": f"{command.parent}:/usr/bin:/bin", "TMPDIR": str(tmp_path)},
        check=True,
    )
    made = [line.split() for line in calls.read_text().splitlines()]
    targets = [words[-1] for words in made]
    assert targets == [
        f"gs://{bucket}/{name}"
        for bucket in ("eu-portal", "na-portal")
        for name in ("", "", "index.html")
    ]
    assert ["immutable" in " ".join(words) for words in made] == [True, False, False] * 2
    assert [Path(words[-2]).name for words in made][:2] == ["assets", "icon.svg"]
    assert not list(tmp_path.glob("tmp.*")), "it leaves nothing behind"
