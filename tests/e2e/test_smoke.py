"""`make smoke` against the local cloud, and against nothing."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from emulators.local import ports, sdk
from infra import compat, smoke
from infra.functions import FUNCTIONS
from tests.support.people import sign_in


def _run(url: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.smoke", url],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_local_cloud_works(local_cloud: dict[str, Any]) -> None:
    buyer = next(
        person["email"]
        for person in local_cloud["accounts"]
        if list(person["companies"].values()) == ["buyer"]
    )
    done = _run(local_cloud["url"], SMOKE_TOKEN=sign_in(local_cloud, buyer))
    assert done.returncode == 0, done.stdout
    *lines, last = done.stdout.splitlines()
    assert last == "It works."
    assert len(lines) == 4 * len(smoke.SERVICES)
    # The desk is for people of the brand alone.
    brands = [name for name in smoke.SERVICES if FUNCTIONS[name].side == "brand"]
    apart = tuple(f"{name} as somebody" for name in brands)
    answered = [line for line in lines if not line.startswith(apart)]
    assert all(re.search(r" (200|401) +\d+ ms$", line) for line in answered), done.stdout
    refused = [line for line in lines if re.match(r"\w+ as somebody +403 ", line)]
    assert len(refused) == len(brands), done.stdout


def test_without_a_token_nobody_is_asked_for(local_cloud: dict[str, Any]) -> None:
    done = _run(local_cloud["url"] + "/")
    assert done.returncode == 0, done.stdout
    assert "as somebody" not in done.stdout


def test_a_token_that_is_none_is_a_fault(local_cloud: dict[str, Any]) -> None:
    done = _run(local_cloud["url"], SMOKE_TOKEN="none")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == f"{len(smoke.SERVICES)} faults"


def test_a_portal_that_needs_more_than_runs_is_a_fault(
    local_cloud: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "carts.json").write_text(json.dumps({"info": {"version": "99.0.0"}}))
    monkeypatch.setattr(compat, "NEEDED", tmp_path)
    assert smoke.main([local_cloud["url"]]) == 1
    assert "the portal: carts: 99.0.0" in capsys.readouterr().out


def test_where_nothing_answers_everything_is_a_fault() -> None:
    done = _run(f"http://{sdk.HOST}:{ports.free_ports(1)[0]}")
    assert done.returncode == 1
    # Of each service four, and that nobody can say how passwords are held to the policy.
    assert f"{4 * len(smoke.SERVICES) + 1} faults" in done.stdout
