"""The demo data: generated once for its size, day and the generator's source."""

import asyncio
import datetime
import fcntl
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from emulators.local.console import progress
from emulators.local.plan import Plan
from emulators.sap.customizing import FOLDER
from infra.setup.step import ROOT

_STAMP = ".made-by"
_GENERATOR = ROOT / "emulators" / "demo"


class DemoDataError(Exception):
    """The generator failed; the text holds its last line."""


def _fingerprint(arguments: list[str]) -> str:
    digest = hashlib.sha256(json.dumps(arguments).encode())
    for source in (*sorted(_GENERATOR.rglob("*.py")), *sorted(FOLDER.glob("*.json"))):
        digest.update(source.read_bytes())
    return digest.hexdigest()


async def ensure_demo_data(plan: Plan, today: datetime.date) -> None:
    """Generates the plan's demo data unless the folder holds just that already.

    Raises DemoDataError.
    """
    arguments = [
        "--system", plan.system, "--seed", str(plan.seed), "--styles", str(plan.styles),
        "--companies", str(plan.companies), "--today", today.isoformat(),
    ]  # fmt: skip
    fingerprint = _fingerprint(arguments)
    plan.demo.parent.mkdir(parents=True, exist_ok=True)
    lock_file = plan.demo.with_suffix(".lock")
    with lock_file.open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        stamp = plan.demo / _STAMP
        if stamp.exists() and stamp.read_text() == fingerprint:
            return
        progress(f"generating demo data: {plan.styles} styles, {plan.companies} companies")
        making = plan.demo.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        await _generate([*arguments, "--out", str(making)])
        (making / _STAMP).write_text(fingerprint)
        shutil.rmtree(plan.demo, ignore_errors=True)
        making.rename(plan.demo)


async def _generate(arguments: list[str]) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "emulators.demo", *arguments,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    if process.returncode != 0:
        last = output.decode("utf-8", "replace").strip().split("\n")[-1]
        raise DemoDataError(
            f"the demo data could not be generated ({last}): "
            f"python -m emulators.demo {' '.join(arguments)}"
        )


def accounts(plan: Plan) -> list[dict[str, Any]]:
    """The people of the demo data, as accounts.json lists them."""
    found: list[dict[str, Any]] = json.loads(Path(plan.demo / "accounts.json").read_text())
    return found
