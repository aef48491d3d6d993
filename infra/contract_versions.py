"""Whether each contract's version says what changed: `python -m infra.contract_versions`.

Compares infra/openapi/ with what it was at a revision of git (--base): where this branch
left main, or on main itself the commit before.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from infra.openapi import FOLDER
from infra.openapi_diff import version_faults
from infra.package_contents import ROOT


class UnknownRevisionError(Exception):
    """There is no such revision, or no git, to compare with."""


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 (our own arguments)
        ["git", *arguments],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise UnknownRevisionError(done.stderr.strip())
    return done.stdout.strip()


def base_of(root: Path) -> str:
    """The commit to compare with when nobody names one.

    Raises:
        UnknownRevisionError: the repository has one commit only, or is none.
    """
    head = _git(root, "rev-parse", "--verify", "HEAD")
    try:
        left = _git(root, "merge-base", "HEAD", "origin/main")
    except UnknownRevisionError:
        left = head
    return left if left != head else _git(root, "rev-parse", "--verify", "HEAD~1")


def documents_at(root: Path, revision: str) -> dict[str, Any]:
    """Service to its document as committed in `revision`.

    Raises:
        UnknownRevisionError: there is no such revision.
    """
    folder = FOLDER.relative_to(ROOT).as_posix()
    names = _git(root, "ls-tree", "--name-only", revision, f"{folder}/").splitlines()
    return {
        Path(name).stem: json.loads(_git(root, "show", f"{revision}:{name}"))
        for name in names
        if name.endswith(".json")
    }


def check(root: Path, base: str) -> list[str]:
    """A line for each version that hides a change since `base`; a service that is new has none."""
    folder = root / FOLDER.relative_to(ROOT)
    now = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
    return [
        f"{service}: {fault}"
        for service, old in documents_at(root, base).items()
        for fault in (version_faults(old, now[service]) if service in now else ["is gone"])
    ]


def main(arguments: list[str]) -> int:
    """Run the command; the exit status: 1 for such a version, 2 if there is no base."""
    parser = argparse.ArgumentParser(prog="python -m infra.contract_versions", description=__doc__)
    parser.add_argument("--base", help="a revision of git")
    options = parser.parse_args(arguments)
    try:
        faults = check(ROOT, options.base or base_of(ROOT))
    except UnknownRevisionError as error:
        print(f"There is nothing to compare with: {error}", file=sys.stderr)
        return 2
    print("\n".join(faults) or "Every contract's version says what changed.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
