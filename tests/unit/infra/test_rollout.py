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
from infra.rollout import Answers, NoRevisionError, RolledBackError, Service

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


GOOD = {"status": 200, "latency": "0.040s"}
FAILED = {"status": 503, "latency": "0.040s"}
SLOW = {"status": 200, "latency": "1.250s"}
CUT_OFF = {"status": 499}


def _bad_after(cloud: Cloud, minutes: int, bad: dict[str, Any] = FAILED) -> Callable[[float], None]:
    """A wait in which the new revision answers 40 times a minute, from some minute on badly."""
    answers: list[dict[str, Any]] = [CUT_OFF]

    def wait(seconds: float) -> None:
        assert seconds == 60
        answers.extend([bad if len(answers) > minutes * 40 else GOOD] * 40)
        cloud.set(answers={NEW: answers})

    return wait


def test_a_good_revision_gets_the_traffic_step_by_step(cloud: Cloud) -> None:
    assert rollout.canary(SERVICE, _bad_after(cloud, 1000)) == NEW
    assert cloud.get("splits") == [{NEW: 5, OLD: 95}, {NEW: 25, OLD: 75}, {NEW: 100}]


@pytest.mark.parametrize("minutes", [0, 7, 12, 20])
def test_a_revision_that_fails_loses_the_traffic_at_once(minutes: int, cloud: Cloud) -> None:
    with pytest.raises(RolledBackError, match=f"all of it is {OLD}'s again"):
        rollout.canary(SERVICE, _bad_after(cloud, minutes))
    assert cloud.get("traffic") == {OLD: 100}
    assert len(cloud.get("splits")) == 2 + minutes // rollout.MINUTES


def test_where_nothing_new_was_deployed_nothing_moves(cloud: Cloud) -> None:
    cloud.set(traffic={NEW: 100})
    assert rollout.canary(SERVICE, _bad_after(cloud, 0)) == NEW
    assert cloud.get("splits") == []


def test_pinned_traffic_stays_with_a_deployment(cloud: Cloud) -> None:
    cloud.set(traffic={OLD: 90, NEW: 10})
    assert rollout.pin(SERVICE) == OLD
    assert cloud.get("traffic") == {OLD: 100}


def test_at_a_first_deployment_there_is_nothing_to_pin(cloud: Cloud) -> None:
    cloud.set(revisions=[], traffic={})
    assert rollout.main(["pin", SERVICE.name, "--region", SERVICE.region]) == 0
    assert cloud.get("splits") == []


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


def test_a_revision_that_becomes_slow_loses_the_traffic_too(cloud: Cloud) -> None:
    with pytest.raises(RolledBackError, match=f"took longer than 1 s.*all of it is {OLD}'s again"):
        rollout.canary(SERVICE, _bad_after(cloud, 0, SLOW))
    assert cloud.get("traffic") == {OLD: 100}


def test_a_few_slow_answers_are_within_the_objective(cloud: Cloud) -> None:
    assert rollout.canary(SERVICE, _bad_after(cloud, 18, SLOW)) == NEW


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_bad_answers_never_look_better(answers: int, failed: int, slow: int) -> None:
    failed, slow = min(failed, answers), min(slow, answers)
    if Answers(answers, failed, slow).fault():
        assert Answers(answers, min(failed + 1, answers), slow).fault()
        assert Answers(answers, failed, min(slow + 1, answers)).fault()
        assert failed + slow > 0
    else:
        assert not Answers(answers, max(failed - 1, 0), slow).fault()
        assert not Answers(answers, failed, max(slow - 1, 0)).fault()


def test_the_objectives_are_the_alerts() -> None:
    module = ROOT / "terraform" / "modules" / "observability"
    told = (module / "variables.tf").read_text()

    def default(name: str) -> float:
        found = re.search(rf"{name} += optional\(number, ([\d.]+)\)", told)
        assert found
        return float(found[1])

    rate = re.search(r"fast = \{.*rate = ([\d.]+)", (module / "main.tf").read_text())
    assert rate
    assert float(rate[1]) == rollout.BURN_RATE
    assert default("availability") == rollout.AVAILABILITY
    assert default("fast_enough") == rollout.FAST_ENOUGH
    assert default("latency_ms") == rollout.LATENCY_SECONDS * 1000
