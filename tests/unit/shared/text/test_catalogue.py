"""What is raised and checked is in the catalogues: a text that nobody marked stays English."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import functions
import shared
from infra import messages
from shared.http.validation import _OTHERWISE, _TEXTS
from shared.problem import Problem


def _modules() -> Iterator[str]:
    for package in (functions, shared):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield module.name


def _subclasses(of: type[Problem]) -> Iterator[type[Problem]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _subclasses(kind)


def test_every_problem_has_a_marked_text() -> None:
    for module in _modules():
        import_module(module)
    marked = messages.extract()
    texts = {
        kind.text
        for kind in _subclasses(Problem)
        if kind.__module__.startswith(("functions.", "shared."))
        # What is only there to make others of needs none.
        if hasattr(kind, "text") or not kind.__subclasses__()
    }
    assert texts
    assert not {text for text in texts if marked.get(text) is None}


def test_every_fault_of_the_input_has_a_marked_text() -> None:
    marked = messages.extract()
    texts = {text for _, text, _ in (*_TEXTS.values(), _OTHERWISE)}
    assert not {text for text in texts if marked.get(text) is None}
