"""Checks everything below terraform/: `python -m infra.terraform_check [FOLDER …]`.

Formatting first, then `validate` and `test` of every module and environment, with the
provider from the registry where that can be reached, else with a stand-in for it beside
the repository; where there is neither, it says so and checks the formatting only.
FOLDERs (as `modules/firestore`) are checked instead of all.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.package import package
from infra.package_contents import ROOT, function_names

_REGISTRY = "https://registry.terraform.io/.well-known/terraform.json"
_STAND_IN = ROOT.parent / "shared" / "terraform-mirror"
_INSTALLED = ROOT / "build" / "terraform-mirror"
_READ_BY_TERRAFORM = (
    "infra/firestore.indexes.json",
    "infra/firestore.rules",
    "infra/functions.json",
    "infra/headers.json",
    "infra/openapi",
    "infra/pipelines",
    "infra/regions.json",
    "web/contracts",
)


@dataclass(frozen=True)
class Providers:
    """Where providers come from: a word for people, and the environment that makes it so."""

    source: str
    environment: dict[str, str]


def providers() -> Providers | None:
    """Where Terraform finds the providers; None if nowhere, or if there is no Terraform."""
    if shutil.which("terraform") is None:
        return None
    try:
        with urllib.request.urlopen(_REGISTRY, timeout=5):
            return Providers("the registry", {})
    except (urllib.error.URLError, OSError):
        pass
    if not _STAND_IN.is_dir():
        return None
    configuration = _INSTALLED / "terraform.rc"
    # It holds absolute paths, so one of a repository that was moved is of no use.
    if not configuration.exists() or str(_INSTALLED) not in configuration.read_text():
        subprocess.run(  # noqa: S603 (our own arguments)
            [_STAND_IN / "install.sh", _INSTALLED],
            env={**os.environ, "TFSTUB_PYTHON": sys.executable},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return Providers("its stand-in", {"TF_CLI_CONFIG_FILE": str(configuration)})


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of terraform/ with what it reads, in which Terraform may leave its files.

    A lock file made with the stand-in must not come into the repository.
    """
    with tempfile.TemporaryDirectory(prefix="sellin-terraform-") as folder:
        copy = Path(folder)
        ignored = shutil.ignore_patterns(".terraform*", "*.tfstate*")
        shutil.copytree(ROOT / "terraform", copy / "terraform", ignore=ignored)
        for name in _READ_BY_TERRAFORM:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name)
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, copy / name)
        package(function_names(ROOT), copy / "build" / "archives")
        yield copy / "terraform"


def terraform(folder: Path, source: Providers, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Terraform in a folder; its output, both streams in one."""
    return subprocess.run(  # noqa: S603 (our own arguments)
        [shutil.which("terraform") or "terraform", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
            **source.environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def folders(root: Path) -> list[str]:
    """The modules and environments below terraform/, as paths from there."""
    found = [*root.glob("*/main.tf"), *root.glob("*/*/main.tf")]
    return sorted(str(path.parent.relative_to(root)) for path in found)


def check(root: Path, folder: str, source: Providers) -> str:
    """What is wrong with one folder; nothing if it is fine."""
    commands = [["init", "-input=false", "-backend=false", "-no-color"], ["validate", "-no-color"]]
    if (root / folder / "tests").is_dir():
        commands.append(["test", "-no-color"])
    for command in commands:
        done = terraform(root / folder, source, *command)
        if done.returncode:
            return f"terraform/{folder}: terraform {command[0]}\n{done.stdout}"
    return ""


def _check_all(only: list[str], source: Providers) -> int:
    with copied() as root, ThreadPoolExecutor(2) as pool:
        chosen = only or folders(root)
        faults = [
            fault for fault in pool.map(lambda name: check(root, name, source), chosen) if fault
        ]
    print("\n".join(faults) or f"Terraform: {len(chosen)} folders checked with {source.source}")
    return 1 if faults else 0


def main(only: list[str]) -> int:
    """Check; the exit status."""
    if shutil.which("terraform") is None:
        print("Terraform: skipped, the command is not installed")
        return 0
    formatted = terraform(ROOT / "terraform", Providers("none", {}), "fmt", "-check", "-recursive")
    if formatted.returncode:
        print(f"Not formatted, `terraform fmt -recursive terraform` mends it:\n{formatted.stdout}")
        return 1
    source = providers()
    if source is None:
        print("Terraform: only formatting checked, the registry can't be reached")
        return 0
    return _check_all(only, source)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
