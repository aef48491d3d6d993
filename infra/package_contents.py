"""What goes into a function's archive: the modules that it reaches, texts, dependencies."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import grimp

from infra import messages
from infra.package_requirements import canonical, named, read_pins, requirements

ROOT = Path(__file__).resolve().parents[1]
LOCK = "uv.lock"
_TEXTS = "shared.text.message"
# What is imported is there to stay: looking through it for garbage again and again would
# be a tenth of a cold start.
_ENTRY = """\
import gc

gc.disable()
from functions.{function}.main import main as main

gc.freeze()
gc.enable()
"""
# In a function's folder, but read by people and tools only.
_NOT_SHIPPED = ("pyproject.toml", "*.md")


class UnpackableError(Exception):
    """A function can't be packaged; the text says what to do."""


def function_names(root: Path) -> list[str]:
    """The functions: folders of functions/ that hold a main.py."""
    return sorted(found.parent.name for found in (root / "functions").glob("*/main.py"))


def import_graph() -> grimp.ImportGraph:
    """Who imports whom, imports inside functions included, those for type checkers not.

    The packages are found as Python finds them: the first folder of sys.path is ours.
    """
    return grimp.build_graph(
        "functions", "shared", exclude_type_checking_imports=True, cache_dir=None
    )


class Sources:
    """The repository as the packager reads it, once for all functions."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[Path, frozenset[messages.Text]] = {}

    @cached_property
    def _graph(self) -> grimp.ImportGraph:
        return import_graph()

    def files(self, function: str) -> dict[str, bytes]:
        """Path in the archive to content.

        Raises:
            UnpackableError: it does not exist, or one of its requirements is not locked.
        """
        if function not in function_names(self._root):
            raise UnpackableError(f"There is no functions/{function}/main.py.")
        modules = self.modules(function)
        paths = [self._path(module) for module in modules]
        files = {path.relative_to(self._root).as_posix(): path.read_bytes() for path in paths}
        files |= self._data(path.parent for path in paths if path.name == "__init__.py")
        if _TEXTS in modules:
            files |= self._catalogues(paths)
        files["main.py"] = _ENTRY.format(function=function).encode()
        files["requirements.txt"] = self._requirements(function).encode()
        return files

    def modules(self, function: str) -> set[str]:
        """The modules that importing and running the function's main can load."""
        entry = f"functions.{function}.main"
        found: set[str] = set()
        waiting = {entry}
        while waiting:
            module = waiting.pop()
            found.add(module)
            # Importing a.b.c runs a and a.b as well.
            package = module.rpartition(".")[0]
            needed = self._graph.find_modules_directly_imported_by(module)
            waiting |= (needed | ({package} if package else set())) - found
        return found

    def _path(self, module: str) -> Path:
        path = self._root.joinpath(*module.split("."))
        return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")

    def _data(self, folders: Iterable[Path]) -> dict[str, bytes]:
        """Files beside the modules of a package that are no modules."""
        found = (path for folder in folders for path in folder.iterdir() if path.is_file())
        return {
            path.relative_to(self._root).as_posix(): path.read_bytes()
            for path in found
            if path.suffix != ".py"
            and not any(path.match(pattern) for pattern in _NOT_SHIPPED)
            and not path.name.startswith(".")
        }

    def _catalogues(self, paths: Iterable[Path]) -> dict[str, bytes]:
        """The translations of the texts in `paths`: a text elsewhere changes nothing here."""
        texts = frozenset[messages.Text]().union(*(self._texts_of(path) for path in paths))
        return {
            messages.compiled_path(language).relative_to(messages.ROOT).as_posix(): (
                messages.compiled(language, texts)
            )
            for language in messages.LANGUAGES
        }

    def _texts_of(self, path: Path) -> frozenset[messages.Text]:
        if path not in self._texts:
            self._texts[path] = messages.texts_of(path)
        return self._texts[path]

    def _requirements(self, function: str) -> str:
        if not (self._root / "functions" / function / "pyproject.toml").exists():
            raise UnpackableError(f"functions/{function}/pyproject.toml is missing.")
        locked = requirements(self._root, function)
        for name in named(self._root, function):
            if canonical(name) not in read_pins(locked):
                raise UnpackableError(
                    f"{name} of functions/{function} is not in {LOCK}: `make lock`"
                )
        return locked
