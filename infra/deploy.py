"""Deploys these sources: `python -m infra.deploy ENVIRONMENT` (`make deploy ENV=dev`).

Says whether the portal fits its services, makes the archives, prints Terraform's plan and
applies exactly that. Anything but dev asks first; releases get there by
infra/pipelines/promote.yaml, which verifies them and moves traffic step by step.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

from infra import compat
from infra.package import package
from infra.package_contents import ROOT, function_names

ENVIRONMENTS = ROOT / "terraform" / "environments"
_ARCHIVES = ROOT / "build" / "archives"
_PLAN = ROOT / "build" / "terraform.plan"
_PROJECT = re.compile(r'project\s*=\s*\{\s*id\s*=\s*"([a-z0-9-]+)"')


class FailedError(Exception):
    """A step failed; the text says which."""


def project_of(environment: str) -> str:
    """The id of an environment's project, as its main.tf says."""
    found = _PROJECT.search((ENVIRONMENTS / environment / "main.tf").read_text())
    if found is None:
        raise FailedError(f"{environment}/main.tf names no project")
    return found[1]


def _terraform(environment: str, *arguments: str) -> None:
    command = ["terraform", *arguments]
    print(f"\n$ {' '.join(command)}", flush=True)
    try:
        subprocess.run(command, cwd=ENVIRONMENTS / environment, check=True)  # noqa: S603
    except FileNotFoundError as error:
        raise FailedError("Terraform is not installed") from error
    except subprocess.CalledProcessError as error:
        raise FailedError(f"terraform {arguments[0]} failed") from error


def deploy(environment: str, archives: Path = _ARCHIVES, plan: Path = _PLAN) -> None:
    """Make what these sources say of an environment.

    Raises:
        FailedError: a step failed, or nobody agreed; what came after it was not done.
    """
    if compat.main():
        raise FailedError("the portal does not fit its services")
    names = package(function_names(ROOT), archives)
    print("\n".join(names.values()), flush=True)
    bucket = f"{project_of(environment)}-terraform"
    _terraform(environment, "init", "-input=false", f"-backend-config=bucket={bucket}")
    _terraform(environment, "plan", "-input=false", f"-out={plan}")
    if environment != "dev" and input(f"Type {environment} to apply it: ") != environment:
        raise FailedError("not applied")
    _terraform(environment, "apply", "-input=false", str(plan))


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    known = sorted(path.parent.name for path in ENVIRONMENTS.glob("*/main.tf"))
    parser.add_argument("environment", choices=known)
    try:
        deploy(parser.parse_args(arguments).environment)
    except FailedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
