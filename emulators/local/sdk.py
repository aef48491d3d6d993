"""Finds the emulators of the Google Cloud SDK and says how to start them.

`python -m emulators.local.sdk` says in one line what is missing, if anything is.
"""

import contextlib
import os
import shutil
import socket
import sys
from pathlib import Path

HOST = "127.0.0.1"

# For servers that live for minutes: no second compiler, no threads for garbage. Loading
# the demo data costs the Firestore emulator a third of the processor time so.
_JVM_FLAGS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

_KNOWN_ROOTS = (
    "/usr/lib/google-cloud-sdk",
    "/usr/share/google-cloud-sdk",
    "/opt/google-cloud-sdk",
    "/snap/google-cloud-cli/current",
    "/opt/homebrew/share/google-cloud-sdk",
    "/usr/local/share/google-cloud-sdk",
    "~/google-cloud-sdk",
)


class MissingPrerequisiteError(Exception):
    """Something that must be installed first; the text says what and how."""


def free_ports(count: int) -> list[int]:
    """So many different TCP ports that nobody listens on at this moment."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [probe.getsockname()[1] for probe in probes]


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def require_java() -> None:
    """Raises MissingPrerequisiteError unless a `java` is on the path."""
    if shutil.which("java") is None:
        raise MissingPrerequisiteError(
            "Java is missing (Google's emulators need 17 or newer): "
            "apt-get install default-jre-headless, or brew install openjdk"
        )


def _roots() -> list[Path]:
    """Where an SDK may be; `gcloud info` would know, but takes seconds."""
    roots = [Path(root).expanduser() for root in _KNOWN_ROOTS]
    if configured := os.environ.get("CLOUDSDK_ROOT_DIR"):
        roots.insert(0, Path(configured))
    if gcloud := shutil.which("gcloud"):
        roots.insert(0, Path(gcloud).resolve().parent.parent)
    return roots


def _component(relative: str, name: str) -> Path:
    for root in _roots():
        found = root / "platform" / relative
        if found.exists():
            return found
    raise MissingPrerequisiteError(
        f"The Google Cloud SDK's {name} emulator is missing: gcloud components install "
        f"{name}, or apt-get install google-cloud-cli-{name} from Google's "
        "repository (https://cloud.google.com/sdk/docs/install)"
    )


def firestore_command(port: int, seed: Path | None = None) -> list[str]:
    """The command line of the Firestore emulator on 127.0.0.1:port.

    `seed` is the `.overall_export_metadata` file of an earlier export to begin with.
    """
    require_java()
    launcher = _component(
        "cloud-firestore-emulator/cloud_firestore_emulator", "cloud-firestore-emulator"
    )
    seeding = [f"--seed_from_export={seed}"] if seed else []
    # The script would keep a shell between us and Java, which a signal would end in Java's
    # place; it runs $JAVA unquoted, so this makes it `exec` Java.
    java = f"JAVA=exec java {_JVM_FLAGS}"
    return ["env", java, str(launcher), f"--host={HOST}", f"--port={port}", *seeding]


def pubsub_command(port: int) -> list[str]:
    """The command line of the Pub/Sub emulator on 127.0.0.1:port."""
    require_java()
    launcher = _component("pubsub-emulator/bin/cloud-pubsub-emulator", "pubsub-emulator")
    options = f"CLOUD_PUBSUB_EMULATOR_OPTS={_JVM_FLAGS}"
    return ["env", options, str(launcher), f"--host={HOST}", f"--port={port}"]


if __name__ == "__main__":
    try:
        firestore_command(0)
        pubsub_command(0)
    except MissingPrerequisiteError as missing:
        sys.exit(str(missing))
