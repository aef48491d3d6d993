"""Finds Google's emulators, of the Cloud SDK or fetched by firebase-tools, and starts them."""

import os
import shutil
from pathlib import Path

from infra.setup.step import ROOT, MissingError

HOST = "127.0.0.1"
FETCHED = ROOT / "build" / "emulators"
"""Where the set-up has firebase-tools put emulators on a machine without an SDK."""
HOW_TO_GET = (
    "Install the Google Cloud SDK (https://cloud.google.com/sdk/docs/install) with "
    "`gcloud components install cloud-firestore-emulator pubsub-emulator` or, from Google's "
    "repository, apt-get install google-cloud-cli-firestore-emulator "
    "google-cloud-cli-pubsub-emulator; or copy the folder `platform` of an SDK elsewhere and "
    "name the folder that holds it by CLOUDSDK_ROOT_DIR"
)

# For servers that live for minutes: no second compiler, no threads for garbage. Loading
# the demo data costs the Firestore emulator a third of the processor time so.
_JVM_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

_KNOWN_ROOTS = (
    "/usr/lib/google-cloud-sdk",
    "/usr/share/google-cloud-sdk",
    "/opt/google-cloud-sdk",
    "/snap/google-cloud-cli/current",
    "/opt/homebrew/share/google-cloud-sdk",
    "/usr/local/share/google-cloud-sdk",
    "~/google-cloud-sdk",
)
# Each emulator's archive, in an SDK and as firebase-tools lays it down.
_ARCHIVES = {
    "firestore": (
        "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar",
        "cloud-firestore-emulator-v*.jar",
    ),
    "pubsub": (
        "platform/pubsub-emulator/lib/cloud-pubsub-emulator-*.jar",
        "pubsub-emulator-*/pubsub-emulator/lib/cloud-pubsub-emulator-*.jar",
    ),
}
# The SDK's archive names no class to start.
_FIRESTORE_CLASS = "com.google.cloud.datastore.emulator.firestore.CloudFirestore"


def missing() -> list[str]:
    """Which of the emulators `firestore` and `pubsub` this machine lacks."""
    return [name for name in _ARCHIVES if _find(name) is None]


def firestore_command(port: int, seed: Path | None = None) -> list[str]:
    """The command line of the Firestore emulator on 127.0.0.1:port.

    `seed` is the `.overall_export_metadata` file of an earlier export to begin with.
    Raises MissingError.
    """
    # Of its messages there are English ones only.
    java = [*_java(), "-Duser.language=en", "-cp", str(_archive("firestore")), _FIRESTORE_CLASS]
    seeding = [f"--seed_from_export={seed}"] if seed else []
    return [*java, f"--host={HOST}", f"--port={port}", *seeding]


def pubsub_command(port: int) -> list[str]:
    """The command line of the Pub/Sub emulator on 127.0.0.1:port.

    Raises MissingError.
    """
    return [*_java(), "-jar", str(_archive("pubsub")), f"--host={HOST}", f"--port={port}"]


def _java() -> list[str]:
    if shutil.which("java") is None:
        raise MissingError("Java is missing, in which Google's emulators run: `make setup`")
    return ["java", *_JVM_FLAGS]


def _roots() -> list[Path]:
    """Where emulators may be; `gcloud info` would know of the SDK, but takes seconds."""
    roots = [Path(root).expanduser() for root in _KNOWN_ROOTS]
    if configured := os.environ.get("CLOUDSDK_ROOT_DIR"):
        roots.insert(0, Path(configured))
    if gcloud := shutil.which("gcloud"):
        roots.insert(0, Path(gcloud).resolve().parent.parent)
    return [*roots, FETCHED]


def _find(name: str) -> Path | None:
    places = (place for root in _roots() for each in _ARCHIVES[name] for place in root.glob(each))
    return next(places, None)


def _archive(name: str) -> Path:
    found = _find(name)
    if found is None:
        raise MissingError(f"Google's {name} emulator is missing. {HOW_TO_GET}")
    return found
