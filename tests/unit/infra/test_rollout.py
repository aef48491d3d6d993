"""Traffic moves to a new revision, and back when it fails; gcloud is stood in for."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra import rollout
from infra.package_contents import ROOT
from infra.rollout import NoRevisionError, RolledBackError, Service, too_many

SERVICE = Service("eu-carts", "europe-west1")
OLD, NEW = "eu-carts-00001-abc", "eu-carts-00002-xyz"


class Cloud:
    """What stands behind the stand-in."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def set(self, **parts: Any) -> None:
        state = json.loads(self._path.read_text()) if self._path.exists() else {}
        self._path.write_text(json.dumps({**state, **parts}))

    def get(self, part: str) -> Any:
        return json.loads(self._path.read_text())[part]


@pytest.fixture
def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """A service with two revisions, all traffic at the first."""
    stand_in = ROOT / "tests" / "support" / "gcloud_stand_in.py"
    command = tmp_path / "gcloud"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{stand_in}" "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GCLOUD_STATE", str(tmp_path / "state.json"))
    found = Cloud(tmp_path / "state.json")
    found.set(revisions=[OLD, NEW], traffic={OLD: 100}, splits=[], answers={})
    return found


def _failing_after(cloud: Cloud, minutes: int) -> Callable[[float], None]:
    """A wait in which the new revision answers 40 times a minute, from some minute on badly."""
    answers: list[int] = []

    def wait(seconds: float) -> None:
        assert seconds == 60
        answers.extend([500 if len(answers) >= minutes * 40 else 200] * 40)
        cloud.set(answers={NEW: answers})

    return wait


def test_a_good_revision_gets_the_traffic_step_by_step(cloud: Cloud) -> None:
    assert rollout.canary(SERVICE, _failing_after(cloud, 1000)) == NEW
    assert cloud.get("splits") == [{NEW: 5, OLD: 95}, {NEW: 25, OLD: 75}, {NEW: 100}]


@pytest.mark.parametrize("minutes", [0, 7, 12, 20])
def test_a_revision_that_fails_loses_the_traffic_at_once(minutes: int, cloud: Cloud) -> None:
    with pytest.raises(RolledBackError, match=f"all of it is {OLD}'s again"):
        rollout.canary(SERVICE, _failing_after(cloud, minutes))
    assert cloud.get("traffic") == {OLD: 100}
    assert len(cloud.get("splits")) == 2 + minutes // rollout.MINUTES


def test_where_nothing_new_was_deployed_nothing_moves(cloud: Cloud) -> None:
    cloud.set(traffic={NEW: 100})
    assert rollout.canary(SERVICE, _failing_after(cloud, 0)) == NEW
    assert cloud.get("splits") == []


def test_pinned_traffic_stays_with_a_deployment(cloud: Cloud) -> None:
    cloud.set(traffic={OLD: 90, NEW: 10})
    assert rollout.pin(SERVICE) == OLD
    assert cloud.get("traffic") == {OLD: 100}


def test_rolling_back_goes_to_the_revision_before(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud.set(revisions=[OLD, NEW, "eu-carts-00003-mno"], traffic={NEW: 100})
    command = ["rollback", SERVICE.name, "--region", SERVICE.region]
    assert rollout.main(command) == 0
    assert capsys.readouterr().out == f"eu-carts: {OLD} has the traffic\n"
    assert cloud.get("traffic") == {OLD: 100}
    assert rollout.main(command) == 1
    assert "nothing to go back to" in capsys.readouterr().err
    with pytest.raises(NoRevisionError):
        rollout.rollback(SERVICE)


def test_what_gcloud_refuses_ends_the_command(cloud: Cloud) -> None:
    with pytest.raises(SystemExit, match="INVALID_ARGUMENT"):
        SERVICE.share({"eu-carts-00009-none": 100})
    assert cloud.get("traffic") == {OLD: 100}


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_failures_never_look_better(answers: int, failed: int) -> None:
    failed = min(failed, answers)
    if too_many(answers, failed):
        assert too_many(answers, min(failed + 1, answers))
        assert failed > 0
    else:
        assert not too_many(answers, max(failed - 1, 0))


def test_the_objective_is_the_alerts() -> None:
    module = ROOT / "terraform" / "modules" / "observability"
    goal = re.search(
        r"availability = optional\(number, ([\d.]+)\)", (module / "variables.tf").read_text()
    )
    rate = re.search(r"fast = \{.*rate = ([\d.]+)", (module / "main.tf").read_text())
    assert goal
    assert rate
    assert (float(goal[1]), float(rate[1])) == (rollout.GOAL, rollout.BURN_RATE)
