"""The set of archives that an environment runs: `python -m infra.release COMMAND`.

A set is build/archives/archives.json, as the packager writes it and Terraform reads it.
`take ARCHIVE` puts one archive in place of its function's; `names` lists all archives;
`name FUNCTION` says which one a function has.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from infra.package import INDEX
from infra.package_contents import ROOT

_ARCHIVE = re.compile(r"([a-z][a-z_]*)-[0-9a-f]{16}\.zip")


def take(archives: dict[str, str], archive: str) -> dict[str, str]:
    """The set with an archive in place of its function's.

    Raises:
        ValueError: that is not an archive's name, or the set has no such function.
    """
    named = _ARCHIVE.fullmatch(archive)
    if named is None or named[1] not in archives:
        raise ValueError(f"{archive} is no archive of a function that is in the set")
    return {**archives, named[1]: archive}


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.release", description=__doc__)
    parser.add_argument("--set", type=Path, default=ROOT / "build" / "archives" / INDEX)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("take").add_argument("archive")
    commands.add_parser("name").add_argument("function")
    commands.add_parser("names")
    options = parser.parse_args(arguments)
    archives: dict[str, str] = json.loads(options.set.read_text())
    if options.command == "take":
        try:
            taken = take(archives, options.archive)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        options.set.write_text(json.dumps(taken, indent=2, sort_keys=True) + "\n")
    elif options.command == "name":
        print(archives[options.function])
    else:
        print("\n".join(sorted(archives.values())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
