"""What a function's settings name is exactly what the local cloud sets."""

import importlib
from pathlib import Path

import pytest

from emulators.local.environment import VARIABLES, emulator_hosts, function_environment
from emulators.local.plan import functions_present, make_plan
from shared.settings import FunctionSettings


def _settings(function: str) -> type[FunctionSettings]:
    settings: type[FunctionSettings] = importlib.import_module(
        f"functions.{function}.settings"
    ).Settings
    return settings


@pytest.mark.parametrize("function", functions_present())
def test_the_local_cloud_sets_what_the_settings_name(function: str) -> None:
    named = {field.upper() for field in _settings(function).model_fields}
    assert set(VARIABLES[function]) == named


@pytest.mark.parametrize("function", functions_present())
def test_the_values_are_valid_settings(function: str, tmp_path: Path) -> None:
    plan = make_plan(tmp_path, port=0, styles=1, companies=1, seed=1, keep=False)
    environment = function_environment(function, plan)
    _settings(function).load(environment)
    assert set(environment) - set(VARIABLES[function]) == set(emulator_hosts(plan))
