"""The pipelines' scripts are run, one after the other, as Cloud Build does; gcloud and Terraform
are stood in for, and what is checked before (lint, tests, contracts) and after (smoke) is
left out."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from infra import turn
from infra.package_contents import LOCK, ROOT, function_names

BUCKET = "sellin-dev-releases"
LEFT_OUT = {"lint", "test", "contract", "smoke", "pin", "canary"}
SOURCES = ("functions", "shared", "infra", "web/contracts", "terraform/environments")
# What steps install, or fetch from package registries.
NOTHING = "#!/bin/sh\n"
TERRAFORM = """#!/bin/sh
echo "$(basename "$PWD") $1" >> "$GCLOUD_CLOUD/terraform"
if [ "$1" = apply ]; then cp ../../../build/archives/archives.json "$GCLOUD_CLOUD/applied"; fi
"""
MAKE = """#!/bin/sh
tool=build/tools/cyclonedx-bom/bin/cyclonedx-py
mkdir -p "$(dirname $tool)"
echo 'for last; do :; done; echo "{}" > "$last"' > $tool
chmod +x $tool
"""


@dataclass(frozen=True)
class Cloud:
    """A cloud without anything, and the repository as a build finds it."""

    folder: Path
    workspace: Path
    path: str

    def run(self, pipeline: str, build: str = "b-1", **given: str) -> str:
        """Run a pipeline; the step that failed, or "". Substitutions are given by name."""
        config = yaml.safe_load((ROOT / "infra" / "pipelines" / f"{pipeline}.yaml").read_text())
        shutil.rmtree(self.workspace / "build", ignore_errors=True)
        (self.folder / "builds" / build).write_text("WORKING")
        environment = {
            "PATH": f"{self.path}{os.pathsep}/usr/bin:/bin",
            "GCLOUD_CLOUD": str(self.folder),
            "HOME": str(self.folder),
            "PROJECT_ID": "sellin-dev",
            "LOCATION": "europe-west1",
            "BUILD_ID": build,
            "COMMIT_SHA": "c0ffee",
            **config["substitutions"],
            **given,
        }
        for step in config["steps"]:
            if step["id"] in LEFT_OUT:
                continue
            shell = step["script"].splitlines()[0].split()[-1]
            done = subprocess.run(
                [shell, "-c", step["script"]],
                cwd=self.workspace,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                (self.folder / "builds" / build).write_text("FAILURE")
                print(done.stdout, done.stderr)
                return str(step["id"])
        (self.folder / "builds" / build).write_text("SUCCESS")
        return ""

    def set_of(self, environment: str) -> dict[str, str]:
        found: dict[str, str] = json.loads(
            (self.folder / BUCKET / "sets" / f"{environment}.json").read_text()
        )
        return found

    @property
    def published(self) -> set[str]:
        return {path.name for path in (self.folder / BUCKET / "archives").glob("*.zip")}

    @property
    def applied(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "applied").read_text())
        return found


def _command(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def _empty(root: Path) -> Cloud:
    folder, workspace, commands = root / "cloud", root / "workspace", root / "bin"
    (folder / BUCKET).mkdir(parents=True)
    (folder / "builds").mkdir()
    key = ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(folder / "key.pem")]
    subprocess.run(["openssl", *key], check=True)
    for name in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, workspace / name, ignore=ignored)
    for name in ("pyproject.toml", LOCK):
        shutil.copy(ROOT / name, workspace / name)
    stand_in = ROOT / "tests" / "support" / "gcloud_buckets.py"
    _command(commands / "gcloud", f'#!/bin/sh\nexec "{sys.executable}" "{stand_in}" "$@"\n')
    _command(commands / "terraform", TERRAFORM)
    _command(commands / "apt-get", NOTHING)
    _command(commands / "make", MAKE)
    python = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
    _command(workspace / ".venv" / "bin" / "python", python)
    return Cloud(folder, workspace, str(commands))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    """An empty cloud after its first pipeline, which a push to carts started."""
    made = _empty(tmp_path_factory.mktemp("begun"))
    assert made.run("function", _FUNCTION="carts") == ""
    return made


@pytest.fixture
def cloud(begun: Cloud, tmp_path: Path) -> Cloud:
    """The same, to be changed."""
    for name in ("cloud", "workspace"):
        shutil.copytree(begun.folder.parent / name, tmp_path / name)
    return Cloud(tmp_path / "cloud", tmp_path / "workspace", begun.path)


def _push(cloud: Cloud, function: str) -> str:
    """A push that changes a function, built."""
    main = cloud.workspace / "functions" / function / "main.py"
    main.write_text(f"{main.read_text()}\n# changed\n")
    return cloud.run("function", _FUNCTION=function)


def test_an_empty_bucket_gets_everything_and_a_push_its_function(cloud: Cloud) -> None:
    first = cloud.set_of("dev")
    assert sorted(first) == function_names(ROOT)
    assert cloud.published == set(first.values())
    assert cloud.applied == first
    beside = {path.name for path in (cloud.folder / BUCKET / "archives").iterdir()}
    for archive in first.values():
        endings = ("", ".cdx.json", ".intoto.json", ".intoto.json.sig")
        assert {f"{archive}{ending}" for ending in endings} <= beside

    assert _push(cloud, "orders") == ""
    second = cloud.set_of("dev")
    assert {name for name in second if second[name] != first[name]} == {"orders"}
    assert cloud.published == {*first.values(), second["orders"]}
    assert cloud.applied == second
    assert not (cloud.folder / BUCKET / "turns" / "dev").exists()


def test_the_same_archive_is_promoted_and_a_first_promotion_takes_the_rest_from_dev(
    cloud: Cloud,
) -> None:
    dev = cloud.set_of("dev")
    given = {"_ARCHIVE": dev["carts"], "_RELEASES_PROJECT": "sellin-dev"}
    assert cloud.run("promote", build="b-2", **given) == ""
    assert cloud.set_of("staging") == cloud.applied == dev
    assert _push(cloud, "orders") == ""
    given["_ARCHIVE"] = cloud.set_of("dev")["orders"]
    assert cloud.run("promote", build="b-3", **given) == ""
    assert cloud.set_of("staging") == cloud.applied == cloud.set_of("dev")


@pytest.mark.parametrize("other", [False, True])
def test_what_was_changed_after_it_was_signed_is_not_promoted(other: bool, cloud: Cloud) -> None:
    dev = cloud.set_of("dev")
    (cloud.folder / "applied").unlink()
    changed = cloud.folder / BUCKET / "archives" / dev["orders" if other else "carts"]
    changed.write_bytes(changed.read_bytes() + b" ")
    given = {"_ARCHIVE": dev["carts"], "_RELEASES_PROJECT": "sellin-dev"}
    assert cloud.run("promote", **given) == "verify"
    assert not (cloud.folder / "applied").exists()
    assert not (cloud.folder / BUCKET / "sets" / "staging.json").exists()


@pytest.fixture
def turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The object that says whose turn it is."""
    cloud = _empty(tmp_path)
    monkeypatch.setenv("PATH", f"{cloud.path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GCLOUD_CLOUD", str(cloud.folder))
    return cloud.folder / BUCKET / "turns" / "dev"


URL = f"gs://{BUCKET}/turns/dev"


def _build(name: str) -> turn.Build:
    return turn.Build(name, "sellin-dev", "europe-west1")


def test_builds_deploy_one_after_the_other(turns: Path) -> None:
    (turns.parents[2] / "builds" / "first").write_text("WORKING")
    turn.take(URL, _build("first"))
    turn.take(URL, _build("first"))
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            turn.leave(URL, _build("first"))

    turn.take(URL, _build("second"), wait)
    assert len(waited) == 3
    assert turns.read_text() == "second"
    turn.leave(URL, _build("first"))
    assert turns.read_text() == "second"
    turn.leave(URL, _build("second"))
    assert not turns.exists()


@pytest.mark.parametrize("status", ["FAILURE", "TIMEOUT", "CANCELLED", "SUCCESS"])
def test_a_build_that_ended_keeps_nobody_waiting(status: str, turns: Path) -> None:
    (turns.parents[2] / "builds" / "first").write_text(status)
    turn.take(URL, _build("first"))
    turn.take(URL, _build("second"), lambda _: pytest.fail("it waited"))
    assert turns.read_text() == "second"
