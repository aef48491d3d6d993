"""Source archives of the functions: `python -m infra.package [--function NAME] --out FOLDER`.

Each function becomes one `<function>-<16 hex digits of its SHA-256>.zip` holding what it
imports, directly or not, and nothing else; FOLDER/archives.json names each function's
archive. The same sources give the same bytes on every machine and every day, so the
name tells whether a function changed. `--explain OLD NEW` says what and why.
"""

import argparse
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from infra.package_contents import ROOT, Sources, UnpackableError, function_names
from infra.package_explain import explain

INDEX = "archives.json"
# The earliest time that the format knows; every file gets it.
_TIME = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE_READABLE_BY_ALL = 0o100644 << 16
_UNIX = 3


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip file of `files` (path to content) that depends on nothing but them.

    Nothing is compressed: two builds of zlib may compress the same bytes differently.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _TIME)
            entry.create_system = _UNIX
            entry.external_attr = _REGULAR_FILE_READABLE_BY_ALL
            target.writestr(entry, files[path])
    return buffer.getvalue()


def package(functions: list[str], out: Path) -> dict[str, str]:
    """Write the functions' archives into `out`; the file name of each.

    Raises:
        UnpackableError: a function does not exist or its dependencies are not locked.
    """
    sources = Sources(ROOT)
    contents = {name: archive(sources.files(name)) for name in functions}
    out.mkdir(parents=True, exist_ok=True)
    names = {}
    for name, content in contents.items():
        names[name] = f"{name}-{hashlib.sha256(content).hexdigest()[:16]}.zip"
        (out / names[name]).write_bytes(content)
    _update_index(out / INDEX, names)
    return names


def _update_index(path: Path, names: Mapping[str, str]) -> None:
    earlier = json.loads(path.read_text()) if path.exists() else {}
    present = set(function_names(ROOT))
    index = {name: file for name, file in {**earlier, **names}.items() if name in present}
    path.write_text(json.dumps(index, indent=2, sort_keys=True) + "\n")


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__)
    parser.add_argument("--function", action="append", help="one function instead of all")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "archives")
    parser.add_argument("--explain", nargs=2, type=Path, metavar=("OLD", "NEW"))
    options = parser.parse_args(arguments)
    if options.explain:
        print("\n".join(explain(*options.explain)) or "The archives hold the same.")
        return 0
    try:
        names = package(options.function or function_names(ROOT), options.out)
    except UnpackableError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(str(options.out / name) for name in names.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
