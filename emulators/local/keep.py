"""What outlives a run, so that `make run KEEP=1` goes on where the last one ended."""

import shutil
from pathlib import Path

import aiohttp

from emulators.local.plan import PROJECT, Plan, remember_ports

_EXPORT_NAME = "kept"


def prepare_state(plan: Plan) -> None:
    """Makes the state folder, empty unless the plan brings back what was kept."""
    if not plan.kept:
        shutil.rmtree(plan.state, ignore_errors=True)
    for name in ("tasks", "sap"):
        (plan.state / name).mkdir(parents=True, exist_ok=True)


def firestore_seed(plan: Plan) -> Path | None:
    """The Firestore export to begin with, if there is one to bring back."""
    if not plan.kept:
        return None
    return plan.state / "firestore" / _EXPORT_NAME / f"{_EXPORT_NAME}.overall_export_metadata"


async def save_firestore(session: aiohttp.ClientSession, plan: Plan) -> None:
    """Exports the database. The emulator's own --export-on-exit writes nothing on SIGTERM.

    Raises aiohttp.ClientError.
    """
    folder = plan.state / "firestore"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    request = {
        "database": f"projects/{PROJECT}/databases/(default)",
        "export_directory": str(folder),
        "export_name": _EXPORT_NAME,
    }
    url = f"{plan.url('firestore')}/emulator/v1/projects/{PROJECT}:export"
    async with session.post(url, json=request) as answer:
        answer.raise_for_status()


def mark_in_use(plan: Plan) -> None:
    """Says that the state folder is changing: only a clean end leaves something whole."""
    (plan.state / "complete").unlink(missing_ok=True)


def mark_complete(plan: Plan) -> None:
    """Says that the state folder holds all of a run that ended cleanly."""
    remember_ports(plan)
    (plan.state / "complete").touch()
