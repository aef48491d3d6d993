"""The Auth emulator of a local cloud keeps its own accounts, whatever other one runs beside it."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from emulators.local import parts
from emulators.local.keep import prepare_state
from emulators.local.plan import Plan, make_plan
from tests.support.wait import wait_until


@contextmanager
def _running(build: Path) -> Iterator[Plan]:
    """An Auth emulator with one account, called as its folder is."""
    plan = make_plan(build, port=0, styles=1, companies=1, seed=1, keep=False)
    prepare_state(plan)
    part = parts.auth_emulator(plan)
    whole = {**os.environ, **part.environment}
    with (
        (build / "log").open("wb") as log,
        subprocess.Popen(part.argv, cwd=part.folder, env=whole, stdout=log, stderr=log) as process,
    ):
        try:
            wait_until(lambda: _answers(plan), 60, "the Auth emulator")
            person = {"email": f"{build.name}@example.com", "password": "12345678"}
            path = "identitytoolkit.googleapis.com/v1/accounts:signUp?key=any"
            httpx.post(f"{plan.url('auth')}/{path}", json=person).raise_for_status()
            yield plan
        finally:
            process.terminate()
            process.wait()


def _answers(plan: Plan) -> bool:
    try:
        return httpx.get(plan.url("auth")).is_success
    except httpx.TransportError:
        return False


def test_two_local_clouds_keep_each_its_own_accounts(tmp_path: Path) -> None:
    for name in ("eu", "na"):
        (tmp_path / name).mkdir()
    with _running(tmp_path / "eu"), _running(tmp_path / "na") as later:
        pass
    accounts = json.loads((later.state / "auth" / "auth_export" / "accounts.json").read_text())
    kept = [user["email"] for user in accounts["users"]]
    assert kept == ["na@example.com"]
