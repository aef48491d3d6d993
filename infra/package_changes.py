"""Which functions a push changes: `python -m infra.package_changes COMMIT`.

Prints the functions whose archives differ between COMMIT and the working tree, a line
each: these are to be tested, published and rolled out, no others. One that is new counts
as changed, one that is gone does not.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from infra.package import INDEX, package
from infra.package_contents import ROOT, function_names

GIT = shutil.which("git") or "git"


def archives_of(commit: str, root: Path) -> dict[str, str]:
    """Function to the name of its archive as `commit` made it, by its own packager.

    Raises:
        subprocess.CalledProcessError: there is no such commit, or it can't be packaged.
    """
    content = subprocess.run(  # noqa: S603 (our own arguments)
        [GIT, "archive", "--format=zip", commit, "functions", "shared", "infra"],
        cwd=root,
        check=True,
        capture_output=True,
    ).stdout
    with tempfile.TemporaryDirectory(prefix="sellin-commit-") as folder:
        with zipfile.ZipFile(BytesIO(content)) as sources:
            sources.extractall(folder)
        subprocess.run(
            [sys.executable, "-m", "infra.package", "--out", "archives"],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        names: dict[str, str] = json.loads((Path(folder) / "archives" / INDEX).read_text())
        return names


def changed(commit: str) -> list[str]:
    """The functions whose archives are not those of `commit`, sorted."""
    with tempfile.TemporaryDirectory(prefix="sellin-archives-") as folder:
        now = package(function_names(ROOT), Path(folder))
    before = archives_of(commit, ROOT)
    return [name for name, archive in sorted(now.items()) if before.get(name) != archive]


if __name__ == "__main__":
    print("\n".join(changed(sys.argv[1])))
