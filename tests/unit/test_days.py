"""Days are the selling market's (docs/domain.md): one function makes them of instants, by zone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = ROOT / "shared" / "day.py"
FILES = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "shared").rglob("*.py")]


def _days_of_instants(tree: ast.AST) -> Iterator[int]:
    """Lines that take an instant's day: `x.date()`, `date.today()`, `x.isoformat()[:10]`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="date" | "today"), args=[], keywords=[]):
                yield node.lineno
            case ast.Subscript(
                value=ast.Call(func=ast.Attribute(attr="isoformat")),
                slice=ast.Slice(upper=ast.Constant(value=10)),
            ):
                yield node.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_else_takes_the_day_of_an_instant(path: Path) -> None:
    found = list(_days_of_instants(ast.parse(path.read_text())))
    assert found == [] or path == ALLOWED


@pytest.mark.parametrize("line", ["now.date()", "date.today()", "at.isoformat()[:10]"])
def test_the_ways_to_do_it_are_found(line: str) -> None:
    assert list(_days_of_instants(ast.parse(line))) == [1]


@pytest.mark.parametrize("line", ["format.date(day)", "at.isoformat()", "text[:10]"])
def test_nothing_else_is_found(line: str) -> None:
    assert list(_days_of_instants(ast.parse(line))) == []
