"""The stand-in's client has the surface of the real package, erpl-pyrfc."""

import importlib.metadata
import importlib.util
import inspect
import sys
from types import ModuleType

import pytest

from emulators.sap.client import pyrfc
from emulators.sap.client.pyrfc._connection import CONFIG_DEFAULTS, PARAMETERS

# In SAP's PyRFC, not in erpl-pyrfc: nothing that runs against both may use them.
ONLY_IN_PYRFC = {"open", "is_valid"}


@pytest.fixture(scope="module")
def real() -> ModuleType:
    """The real package under another name, whatever `pyrfc` is on the path."""
    location = importlib.metadata.distribution("erpl-pyrfc").locate_file("pyrfc/__init__.py")
    spec = importlib.util.spec_from_file_location("real_pyrfc", str(location))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["real_pyrfc"] = module
    spec.loader.exec_module(module)
    return module


def names(kind: type) -> set[str]:
    """The public names of a class."""
    return {name for name in dir(kind) if not name.startswith("_")}


def parameters(function: object) -> list[tuple[str, object, object]]:
    """Name, kind and default of each parameter."""
    assert callable(function)
    return [
        (each.name, each.kind, each.default)
        for each in inspect.signature(function).parameters.values()
    ]


def test_it_exports_names_of_the_real_package(real: ModuleType) -> None:
    assert set(pyrfc.__all__) <= set(real.__all__)


@pytest.mark.parametrize("name", [name for name in pyrfc.__all__ if name.endswith("Error")])
def test_exceptions_have_the_same_parents_parameters_and_attributes(
    real: ModuleType, name: str
) -> None:
    ours, theirs = getattr(pyrfc, name), getattr(real, name)

    assert [each.__name__ for each in ours.__mro__] == [each.__name__ for each in theirs.__mro__]
    assert parameters(ours.__init__) == parameters(theirs.__init__)
    assert vars(ours("text")) == vars(theirs("text"))


def test_connections_have_the_same_methods_and_parameters(real: ModuleType) -> None:
    ours, theirs = names(pyrfc.Connection), names(real.Connection)

    assert ours - theirs == ONLY_IN_PYRFC
    for name in ours & theirs | {"__init__"}:
        mine = getattr(pyrfc.Connection, name)
        if callable(mine):
            assert parameters(mine) == parameters(getattr(real.Connection, name)), name


def test_configuration_and_connection_parameters_are_the_real_ones(real: ModuleType) -> None:
    connection = sys.modules["real_pyrfc._connection"]

    assert connection.CONFIG_DEFAULTS == CONFIG_DEFAULTS
    assert connection.KNOWN_PARAMS >= PARAMETERS


def test_errors_are_shown_as_pyrfc_shows_them() -> None:
    error = pyrfc.ABAPApplicationError("text", 5, "FU_NOT_FOUND", "FL", "E", "046", "NAME")

    assert str(error) == (
        "RFC_ABAP_EXCEPTION (rc=5): key=FU_NOT_FOUND, message=text "
        "[MSG: class=FL, type=E, number=046, v1-4:=NAME;None;None;None]"
    )
