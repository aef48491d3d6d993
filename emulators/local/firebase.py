"""firebase-tools, of which the local cloud uses the Auth emulator."""

import asyncio
import hashlib
import json
import shutil

from emulators.local import sdk
from emulators.local.console import progress
from emulators.local.plan import PROJECT, ROOT, Plan

_PACKAGE = ROOT / "emulators" / "local"
_INSTALLED = ROOT / "build" / "firebase-tools"
_PROGRESS_SECONDS = 10


def _require_node() -> None:
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise sdk.MissingPrerequisiteError(
                f"{program} is missing (the Auth emulator needs Node 20 or newer): "
                "apt-get install nodejs npm, or https://nodejs.org"
            )


def _wanted_version() -> str:
    return hashlib.sha256((_PACKAGE / "package-lock.json").read_bytes()).hexdigest()


async def install() -> None:
    """Installs firebase-tools as its lock file says, unless that is done already.

    Raises MissingPrerequisiteError without Node, or when npm fails.
    """
    _require_node()
    stamp = _INSTALLED / ".installed"
    if stamp.exists() and stamp.read_text() == _wanted_version():
        return
    _INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_PACKAGE / name, _INSTALLED / name)
    log = _INSTALLED / "npm.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
            cwd=_INSTALLED, stdout=output, stderr=output,
        )  # fmt: skip
        waiting = asyncio.ensure_future(process.wait())
        while not waiting.done():
            progress("installing firebase-tools (once; up to two minutes)")
            await asyncio.wait([waiting], timeout=_PROGRESS_SECONDS)
    if process.returncode != 0:
        raise sdk.MissingPrerequisiteError(
            f"npm could not install firebase-tools (see {log}): "
            "check the network and npm's registry, then `make run` again"
        )
    stamp.write_text(_wanted_version())


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
    kept = plan.state / "auth"
    return [
        "node", "--require", str(_PACKAGE / "trusted-schemas.cjs"),
        str(_INSTALLED / "node_modules/firebase-tools/lib/bin/firebase.js"),
        "emulators:start", "--only", "auth", "--project", PROJECT, "--config", str(config),
        "--export-on-exit", str(kept),
        *(["--import", str(kept)] if plan.kept else []),
    ]  # fmt: skip
