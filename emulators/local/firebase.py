"""firebase-tools, of which the local cloud uses the Auth emulator."""

import asyncio
import json

from emulators.local import keep, sdk
from emulators.local.console import progress
from emulators.local.plan import PROJECT, Plan
from infra.setup import firebase_tools


async def install() -> None:
    """Installs firebase-tools, unless the set-up has done that. Raises MissingError."""
    if not firebase_tools.is_installed():
        progress("installing firebase-tools (once; up to two minutes)")
        await asyncio.to_thread(firebase_tools.install)


def auth_command(plan: Plan) -> list[str]:
    """The command line of the Auth emulator; keeps its accounts in the plan's state folder."""
    config = plan.build / "auth" / "firebase.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    ports = {"auth": "auth", "hub": "auth_hub", "logging": "auth_logging"}
    emulators: dict[str, object] = {
        name: {"host": sdk.HOST, "port": plan.ports[port]} for name, port in ports.items()
    }
    emulators["ui"] = {"enabled": False}
    config.write_text(json.dumps({"emulators": emulators}))
    kept = keep.accounts(plan)
    return [
        "node", "--require", str(firebase_tools.PACKAGE / "trusted-schemas.cjs"),
        str(firebase_tools.PROGRAM),
        "emulators:start", "--only", "auth", "--project", PROJECT, "--config", str(config),
        "--export-on-exit", str(plan.state / "auth"),
        *(["--import", str(kept)] if kept else []),
    ]  # fmt: skip
