"""Which functions a change touches: `python -m infra.affected [--since REV | --tests NAME]`.

A function is touched by the files that its archive is made of, by its requirements and by
its own tests; which those are says the graph of imports. Without arguments it writes
infra/pipelines/paths.json, the filters of the build triggers; --check only says whether
that file is stale; --since names the functions that a commit and those after it touch;
--tests names the tests that a function has to pass.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from infra.package_contents import LOCK, ROOT, Sources, function_names

PATHS = ROOT / "infra" / "pipelines" / "paths.json"
_CATALOGUE = "shared/text/locales/"
# Written by the packager; no file of the repository.
_MADE = {"main.py", "requirements.txt"}
_TEST_KINDS = ("unit", "integration")


def paths_of(function: str, sources: Sources) -> list[str]:
    """The files that touch a function, as globs of Cloud Build (`/**` is all below)."""
    found = {f"functions/{function}/**", LOCK}
    found |= {
        f"tests/{kind}/functions/{function}/**"
        for kind in _TEST_KINDS
        if (ROOT / "tests" / kind / "functions" / function).is_dir()
    }
    for path in sources.files(function):
        if path.startswith(_CATALOGUE):
            found.add(f"{_CATALOGUE}**")
        elif path not in _MADE and not path.startswith(f"functions/{function}/"):
            found.add(path)
    return sorted(found)


def filters() -> dict[str, list[str]]:
    """Function to the files that touch it, for all functions."""
    sources = Sources(ROOT)
    return {name: paths_of(name, sources) for name in function_names(ROOT)}


def touched(changed: Iterable[str], by: Mapping[str, Iterable[str]]) -> list[str]:
    """The functions that the changed files touch."""
    files = list(changed)
    return sorted(
        name
        for name, globs in by.items()
        if any(_matches(file, glob) for glob in globs for file in files)
    )


def _matches(file: str, glob: str) -> bool:
    return file.startswith(glob.removesuffix("**")) if glob.endswith("/**") else file == glob


def tests_of(function: str, sources: Sources) -> list[str]:
    """The test folders and files of a function and of what it imports of shared, that exist."""
    parts = {f"functions/{function}"}
    parts |= {
        module.replace(".", "/") for module in sources.modules(function) if "shared." in module
    }
    names = {str(Path(part).parent) if part.count("/") > 1 else part for part in parts}
    wanted = {f"tests/{kind}/{name}" for kind in _TEST_KINDS for name in names}
    wanted |= {
        f"{path.parent}/test_{path.name}.py"
        for path in map(Path, wanted)
        if path.parts[-2] == "shared"
    }
    return sorted(path for path in wanted if (ROOT / path).exists())


def _changed_since(revision: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 (our own arguments)
        ["git", "diff", "--name-only", revision, "HEAD", "--"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.affected", description=__doc__)
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--since", metavar="REV")
    asked.add_argument("--tests", metavar="NAME", choices=function_names(ROOT))
    asked.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    if options.tests:
        print("\n".join(tests_of(options.tests, Sources(ROOT))))
        return 0
    text = json.dumps(filters(), indent=2) + "\n"
    if options.since:
        print("\n".join(touched(_changed_since(options.since), json.loads(text))))
    elif not options.check:
        PATHS.write_text(text)
    elif PATHS.read_text() != text:
        print(f"{PATHS} is not what the imports say: `python -m infra.affected`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
