"""The OpenAPI document of every service, as committed: `python -m infra.openapi [--check]`.

Writes infra/openapi/<service>.json, what a service promises to those who call it; with
--check it writes nothing and names the documents that are no longer what the code says.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from infra.package_contents import ROOT
from shared.http.openapi import document

FOLDER = ROOT / "infra" / "openapi"


def services() -> list[str]:
    """The functions that answer HTTP by a table of routes."""
    return sorted(found.parent.name for found in (ROOT / "functions").glob("*/routes.py"))


def rendered(service: str) -> str:
    """A service's document as text, sorted so that versions compare."""
    table: Any = importlib.import_module(f"functions.{service}.routes").SERVICE
    return json.dumps(document(table), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def documents() -> dict[str, str]:
    """Every service's document by file name, as it has to be in the folder."""
    return {f"{service}.json": rendered(service) for service in services()}


def stale(folder: Path) -> list[str]:
    """Files of `folder` that are not what the code says: other, missing or left over."""
    wanted = documents()
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(
        name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name)
    )


def write(folder: Path) -> None:
    """Make `folder` hold every service's document and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = documents()
    for left_over in folder.glob("*.json"):
        if left_over.name not in wanted:
            left_over.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.openapi", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if one is stale")
    options = parser.parse_args(arguments)
    if not options.check:
        write(options.folder)
        return 0
    faults = stale(options.folder)
    for name in faults:
        print(f"{options.folder / name} is not what the code says: `make openapi`")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
