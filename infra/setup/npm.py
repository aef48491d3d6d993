"""Installing a folder's npm packages as its lock file says."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from infra.setup.step import MissingError


def is_installed(package: Path, target: Path) -> bool:
    """Whether `target` holds what the lock file of the folder `package` says."""
    stamp = target / ".installed"
    return stamp.exists() and stamp.read_text() == _lock(package)


def install(package: Path, target: Path) -> None:
    """Copies package.json and its lock file to `target` and installs there.

    Raises MissingError with the place of npm's log.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(package / name, target / name)
    log = target / "npm.log"
    with log.open("wb") as output:
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            check=False, cwd=target, stdout=output, stderr=output,
        )  # fmt: skip
    if done.returncode != 0:
        raise MissingError(
            f"npm could not install {package.name}'s packages (see {log}): "
            "check the network and npm's registry"
        )
    (target / ".installed").write_text(_lock(package))


def _lock(package: Path) -> str:
    return hashlib.sha256((package / "package-lock.json").read_bytes()).hexdigest()
