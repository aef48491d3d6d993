"""The set of archives that an environment runs: `python -m infra.release COMMAND`.

A set is build/archives/archives.json, as the packager writes it and Terraform reads it; where
there is no such file, it is empty. `take ARCHIVE…` puts archives in place of their functions';
`fill OTHER` takes from another set what this one has none of; `missing` lists the functions
that it has no archive of; `names` lists all archives; `name FUNCTION` says which one a
function has.
"""

import argparse
import json
import re
import sys
from functools import reduce
from pathlib import Path

from infra.package import INDEX
from infra.package_contents import ROOT, function_names

_ARCHIVE = re.compile(r"([a-z][a-z_]*)-[0-9a-f]{16}\.zip")


def take(archives: dict[str, str], archive: str) -> dict[str, str]:
    """The set with an archive in place of its function's.

    Raises:
        ValueError: that is not an archive's name, or there is no such function.
    """
    named = _ARCHIVE.fullmatch(archive)
    if named is None or named[1] not in function_names(ROOT):
        raise ValueError(f"{archive} is no archive of a function")
    return {**archives, named[1]: archive}


def missing(archives: dict[str, str]) -> list[str]:
    """The functions that a set has no archive of: new ones, or all of them at first."""
    return [name for name in function_names(ROOT) if name not in archives]


def fill(archives: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """The set with another one's archives of what it has none of."""
    return {**archives, **{name: other[name] for name in missing(archives) if name in other}}


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.release", description=__doc__)
    parser.add_argument("--set", type=Path, default=ROOT / "build" / "archives" / INDEX)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("take").add_argument("archives", nargs="+")
    commands.add_parser("fill").add_argument("other", type=Path)
    commands.add_parser("name").add_argument("function")
    commands.add_parser("missing")
    commands.add_parser("names")
    options = parser.parse_args(arguments)
    archives = _read(options.set)
    match options.command:
        case "take":
            try:
                _write(options.set, reduce(take, options.archives, archives))
            except ValueError as error:
                print(error, file=sys.stderr)
                return 1
        case "fill":
            _write(options.set, fill(archives, _read(options.other)))
        case "name":
            print(archives[options.function])
        case "missing":
            print("".join(f"{name}\n" for name in missing(archives)), end="")
        case _:
            print("\n".join(sorted(archives.values())))
    return 0


def _read(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found


def _write(path: Path, archives: dict[str, str]) -> None:
    kept = {name: archives[name] for name in function_names(ROOT) if name in archives}
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
