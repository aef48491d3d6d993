"""What a function's settings name is what the local cloud sets, for every function."""

from pathlib import Path

import pytest

from emulators.local.environment import (
    LIBRARIES,
    emulator_hosts,
    function_environment,
    settings_of,
)
from emulators.local.plan import functions_present, make_plan
from infra.functions import FUNCTIONS


def test_the_registry_names_the_folders_of_functions() -> None:
    assert sorted(FUNCTIONS) == list(functions_present())


def test_a_function_reads_a_topic_if_pubsub_calls_it_and_no_topic_has_two_readers() -> None:
    topics = [each.topic for each in FUNCTIONS.values() if each.topic is not None]
    assert len(topics) == len(set(topics))
    for name, each in FUNCTIONS.items():
        assert (each.topic is not None) == (each.called_by == "pubsub"), name


@pytest.mark.parametrize("function", functions_present())
def test_the_values_are_valid_settings(function: str, tmp_path: Path) -> None:
    plan = make_plan(tmp_path, port=0, styles=1, companies=1, seed=1, keep=False)
    environment = function_environment(function, plan)
    settings = settings_of(function)
    settings.load(environment)
    own = {name.upper() for name in settings.model_fields}
    assert set(environment) - own == {*LIBRARIES, *emulator_hosts(plan)}
