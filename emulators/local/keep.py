"""What outlives a run and its parts, so that `make run KEEP=1` goes on where the last one ended.

Cloud Tasks and the SAP stand-in save each change before they answer, Firestore as
emulators/local/firestore.py says, the Auth emulator when it ends and once all accounts are
made. Pub/Sub keeps nothing.
"""

import shutil
from pathlib import Path

import aiohttp

from emulators.local import firestore
from emulators.local.plan import PROJECT, Plan


def prepare_state(plan: Plan) -> None:
    """Makes the state folder, empty unless the plan brings back what was kept."""
    if not plan.kept:
        shutil.rmtree(plan.state, ignore_errors=True)
    for name in ("tasks", "sap", "firestore"):
        (plan.state / name).mkdir(parents=True, exist_ok=True)


def accounts(plan: Plan) -> Path | None:
    """The accounts to begin with, None before any were saved."""
    saved = plan.state / "auth"
    return saved if (saved / "firebase-export-metadata.json").exists() else None


def described(plan: Plan) -> str:
    """As of when Firestore's data is, for a person."""
    snapshot = firestore.newest(plan.state / "firestore")
    return f"{firestore.taken_at(snapshot):%Y-%m-%d %H:%M:%S} UTC" if snapshot else "no time"


async def save_accounts(session: aiohttp.ClientSession, plan: Plan) -> None:
    """Has the Auth emulator write its accounts down. Raises aiohttp.ClientError."""
    request = {"path": str(plan.state / "auth"), "initiatedBy": "sellin"}
    async with session.post(f"{plan.url('auth_hub')}/_admin/export", json=request) as answer:
        answer.raise_for_status()


def save_firestore(plan: Plan) -> None:
    """Takes a snapshot now. Raises OSError."""
    firestore.save(plan.ports["firestore"], PROJECT, plan.state / "firestore")
