"""Which bytes make a function's archive, on copies of the repository's own sources."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement as Wanted

from infra.package_contents import ROOT, Sources, UnpackableError, function_names
from infra.package_requirements import canonical, named, read_pins, requirements
from tests.unit.infra.sources import append, copy_sources

FUNCTIONS = function_names(ROOT)


def package(root: Path, umask: int = 0o022, **environment: str) -> dict[str, bytes]:
    """Archives that the command makes in `root`, by file name."""
    out = root / "out"
    subprocess.run(
        [sys.executable, "-m", "infra.package", "--out", str(out)],
        cwd=root,
        env={"PATH": os.environ["PATH"], **environment},
        umask=umask,
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in out.glob("*.zip")}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources as they are when the tests begin."""
    return copy_sources(tmp_path_factory.mktemp("original"))


@pytest.fixture(scope="module")
def before(original: Path) -> dict[str, bytes]:
    """The archives of `original`."""
    return package(original, TZ="UTC")


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    """A copy of `original` for one test to change."""
    return copy_sources(tmp_path / "a longer" / "path", original)


def _function(archive: str) -> str:
    return archive.rpartition("-")[0]


def test_another_path_day_umask_zone_and_language_make_the_same_bytes(
    before: dict[str, bytes], root: Path
) -> None:
    for path in root.rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
        path.chmod(0o700)
    assert before == package(
        root, 0o077, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7", PYTHONUTF8="0"
    )
    assert sorted(map(_function, before)) == FUNCTIONS


def _append(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: append(root, path, text)


def _reading(variable: str) -> set[str]:
    """Functions whose settings name `variable`."""
    modules = {name: import_module(f"functions.{name}.settings") for name in FUNCTIONS}
    return {name for name in FUNCTIONS if variable in modules[name].Settings.model_fields}


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (
            _append("shared/queue.py", "# changed\n"),
            _reading("export_queue") | _reading("vat_queue"),
        ),
        (_append("shared/sap/rfc.py", "# changed\n"), _reading("sap_destination")),
        (_append("shared/settings.py", "# changed\n"), set(FUNCTIONS)),
        (_append("functions/carts/view.py", "# changed\n"), {"carts"}),
        (_append("functions/carts/size_curve.csv", "S,1\n"), {"carts"}),
        (_append("functions/carts/pyproject.toml", "# no other package\n"), set()),
        (_append("functions/carts/README.md", "Carts\n"), set()),
        (_append("shared/unused.py", "import json\n"), set()),
        (_append("infra/package.py", "# changed\n"), set()),
    ],
    ids=["queue", "sap", "settings", "function", "data", "comment", "readme", "unused", "packager"],
)
def test_a_change_alters_those_that_import_it(
    before: dict[str, bytes], change: Callable[[Path], None], changed: set[str], root: Path
) -> None:
    change(root)
    after = package(root)
    assert {_function(name) for name in after.keys() - before.keys()} == changed


def test_a_translation_alters_those_that_say_it(before: dict[str, bytes], root: Path) -> None:
    text = "Only carts says this."
    _append("functions/carts/view.py", f'\nfrom shared.text.message import N_\nN_("{text}")\n')(
        root
    )
    asked = package(root)
    append(
        root,
        "shared/text/locales/de/LC_MESSAGES/sellin.po",
        f'\nmsgid "{text}"\nmsgstr "Das sagen nur Warenkörbe."\n',
    )
    translated = package(root)
    assert {_function(name) for name in asked.keys() - before.keys()} == {"carts"}
    assert {_function(name) for name in translated.keys() - asked.keys()} == {"carts"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_import_in_an_archive_is_in_it(function: str) -> None:
    files = Sources(ROOT).files(function)
    for path, content in files.items():
        for node in ast.walk(ast.parse(content)) if path.endswith(".py") else ():
            if isinstance(node, ast.ImportFrom) and node.module:
                top, *_ = node.module.split(".")
                base = node.module.replace(".", "/")
                if top in {"functions", "shared"} and not _for_types_only(node, content):
                    assert f"{base}.py" in files or f"{base}/__init__.py" in files, path


def _for_types_only(node: ast.ImportFrom, content: bytes) -> bool:
    guards = (found for found in ast.walk(ast.parse(content)) if isinstance(found, ast.If))
    return any(
        ast.unparse(guard.test).endswith("TYPE_CHECKING")
        and guard.lineno < node.lineno <= (guard.end_lineno or 0)
        for guard in guards
    )


def test_what_cannot_be_packaged_is_said(root: Path) -> None:
    with pytest.raises(UnpackableError, match="no functions/nobody"):
        Sources(root).files("nobody")
    project = root / "functions/carts/pyproject.toml"
    project.write_text(project.read_text().replace("\n]", '\n    "left-pad",\n]', 1))
    with pytest.raises(UnpackableError, match=r"left-pad of functions/carts"):
        Sources(root).files("carts")
    project.unlink()
    with pytest.raises(UnpackableError, match=r"functions/carts/pyproject\.toml is missing"):
        Sources(root).files("carts")


def _installed_closure(names: set[str]) -> set[str]:
    """`names` and what they require here, by the metadata of what is installed."""
    found, waiting = set[tuple[str, str]](), {(name, "") for name in names}
    while waiting:
        name, extra = waiting.pop()
        found.add((name, extra))
        for text in requires(name) or []:
            wanted = Wanted(text)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                needed = {(canonical(wanted.name), key) for key in ("", *wanted.extras)}
                waiting |= needed - found
    return {name for name, _ in found}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_lock_has_all_that_a_function_requires_and_what_is_tested(function: str) -> None:
    locked = requirements(ROOT, function)
    tested = {
        canonical(name): version
        for name, version in read_pins((ROOT / "requirements.txt").read_text()).items()
    }
    part = read_pins(locked)
    assert part == {name: tested[name] for name in part}
    assert _installed_closure(set(map(canonical, named(ROOT, function)))) <= set(part)
    assert len(part) == len(re.findall(r"==.*\\\n    --hash=sha256:", locked))


def test_the_index_names_each_archive(before: dict[str, bytes], root: Path) -> None:
    assert package(root) == before
    index = json.loads((root / "out" / "archives.json").read_text())
    assert index == {_function(name): name for name in before}
