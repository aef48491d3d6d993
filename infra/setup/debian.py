"""Debian's and Ubuntu's packages, for what can't be had without the machine's own package manager."""

import os
import shutil
import subprocess

from infra.setup.step import MissingError, Step


def steps(package: str, missing: str) -> list[Step]:
    """Installs one package; raises MissingError with the text `missing` where we may not."""
    if shutil.which("apt-get") is None or not _may_install():
        raise MissingError(missing)
    return [Step(f"Installing Debian's package {package} (apt-get)", lambda: _install(package))]


def _may_install() -> bool:
    """Whether we are root, or become it without being asked for a password."""
    if os.geteuid() == 0:
        return True
    if shutil.which("sudo") is None:
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def _install(package: str) -> None:
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*as_root, "apt-get", "update", "-qq"], check=True)
    options = ["install", "-y", "-qq", "--no-install-recommends"]
    subprocess.run([*as_root, *quiet, "apt-get", *options, package], check=True)
