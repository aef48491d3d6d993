"""Which functions are built after which change."""

import json

import pytest

from infra import affected
from infra.package_contents import ROOT, Sources, function_names

FUNCTIONS = function_names(ROOT)
SOURCES = Sources(ROOT)
FILTERS = json.loads(affected.PATHS.read_text())


def test_the_filters_are_what_the_imports_say() -> None:
    assert affected.main(["--check"]) == 0, "`python -m infra.affected` writes them anew"


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("file", ["functions/{}/settings.py", "functions/{}/requirements.txt"])
def test_a_change_in_a_function_touches_it_alone(function: str, file: str) -> None:
    assert affected.touched([file.format(function)], FILTERS) == [function]
    assert affected.touched([file.format(f"{function}_x")], FILTERS) == []


def test_a_functions_tests_touch_it_alone() -> None:
    assert affected.touched(["tests/integration/functions/carts/test_lines.py"], FILTERS) == [
        "carts"
    ]
    assert affected.touched(["tests/unit/functions/carts/test_view.py"], FILTERS) == ["carts"]


@pytest.mark.parametrize(
    "file", sorted(str(path.relative_to(ROOT)) for path in (ROOT / "shared").rglob("*.py"))
)
def test_a_change_in_shared_touches_exactly_who_loads_it(file: str) -> None:
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    loading = [name for name in FUNCTIONS if module in SOURCES.modules(name)]
    assert affected.touched([file], FILTERS) == loading


def test_what_is_no_part_of_a_function_touches_none() -> None:
    files = [
        "README.md",
        "web/src/main.tsx",
        "emulators/sap/store.py",
        "terraform/x.tf",
        "Makefile",
    ]
    assert affected.touched(files, FILTERS) == []


def test_translations_and_the_lock_touch_whom_they_may_concern() -> None:
    catalogue = "shared/text/locales/de/LC_MESSAGES/messages.po"
    with_texts = [name for name in FUNCTIONS if "shared.text.message" in SOURCES.modules(name)]
    assert affected.touched([catalogue], FILTERS) == with_texts
    assert affected.touched(["uv.lock"], FILTERS) == FUNCTIONS


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_tests_are_its_own_and_those_of_what_it_imports(function: str) -> None:
    tests = affected.tests_of(function, SOURCES)
    assert f"tests/integration/functions/{function}" in tests
    others = {f"/functions/{name}" for name in FUNCTIONS if name != function}
    assert not any(path.endswith(tuple(others)) for path in tests)


def test_carts_tests_are_those_of_its_rules_too() -> None:
    tests = affected.tests_of("carts", SOURCES)
    assert {"tests/unit/shared/cart", "tests/unit/shared/test_money.py"} <= set(tests)
    assert "tests/unit/shared/sap" not in tests
