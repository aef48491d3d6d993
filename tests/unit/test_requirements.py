"""Each function installs exactly what it imports; a version stands in one place only."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.package_contents import LOCK, Sources, function_names
from infra.package_requirements import named, read_pins

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = function_names(ROOT)

# Which package a module comes from, the longest prefix counting.
_PACKAGES = {
    "Stemmer": "PyStemmer",
    "anyascii": "anyascii",
    "babel": "babel",
    "cachecontrol": "CacheControl",
    "cachetools": "cachetools",
    "defusedxml": "defusedxml",
    "firebase_admin": "firebase_admin",
    "flask": "Flask",
    "fpdf": "fpdf2",
    "functions_framework": "functions-framework",
    "google.api_core": "google-api-core",
    "google.auth": "google-auth",
    "google.cloud.firestore": "google-cloud-firestore",
    "google.cloud.firestore_v1": "google-cloud-firestore",
    "google.cloud.pubsub_v1": "google-cloud-pubsub",
    "google.cloud.tasks_v2": "google-cloud-tasks",
    "google.oauth2": "google-auth",
    "grpc": "grpcio",
    "jwt": "PyJWT",
    "openpyxl": "openpyxl",
    "pydantic": "pydantic",
    "pydantic_core": "pydantic",
    "pyrfc": "erpl-pyrfc",
    "python_calamine": "python-calamine",
    "rapidfuzz": "RapidFuzz",
    "requests": "requests",
    "stdnum": "python-stdnum",
    "structlog": "structlog",
    "werkzeug": "Werkzeug",
    # Python's own module takes the zones from it where the system has none.
    "zoneinfo": "tzdata",
}


def _imported(path: Path) -> Iterator[str]:
    """Names that a file imports; of `from a import b` both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _external(function: str) -> set[str]:
    """All modules that are not ours and that the function reaches, itself or by shared."""
    ours = [ROOT / module.replace(".", "/") for module in Sources(ROOT).modules(function)]
    files = [path / "__init__.py" if path.is_dir() else path.with_suffix(".py") for path in ours]
    names = {name for path in files for name in _imported(path)}
    return {name for name in names if name.split(".")[0] not in ("functions", "shared")}


def _package(module: str) -> str | None:
    """The package that `module` comes from; None for Python's own."""
    prefixes = [prefix for prefix in _PACKAGES if f"{module}.".startswith(f"{prefix}.")]
    if prefixes:
        return _PACKAGES[max(prefixes, key=len)]
    top = module.split(".", maxsplit=1)[0]
    assert top in sys.stdlib_module_names or top == "google", f"{module}: add it to _PACKAGES"
    return None


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_requires_what_it_imports(function: str) -> None:
    modules = _external(function)
    needed = {package for module in modules if (package := _package(module))}
    # google-auth uses it, and does not ask for it.
    if "google.auth.transport.requests" in modules:
        needed.add("requests")
    assert set(named(ROOT, function)) == needed


def test_the_lock_is_of_the_versions_that_requirements_name() -> None:
    pins = read_pins((ROOT / "requirements.txt").read_text())
    locked = {
        package["name"]: package["version"]
        for package in tomllib.loads((ROOT / LOCK).read_text())["package"]
    }
    assert {name: locked.get(name) for name in pins} == pins, "`make lock`"


def test_requirements_are_pinned_once_and_sorted_within_their_group() -> None:
    text = (ROOT / "requirements.txt").read_text()
    groups = [re.findall(r"^([\w.-]+)==", group, re.MULTILINE) for group in text.split("\n\n")]
    for group in groups:
        assert group == sorted(group, key=str.lower)
    names = [name.lower().replace("_", "-") for group in groups for name in group]
    assert len(names) == len(set(names))
