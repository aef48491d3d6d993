"""Google's emulators: those of an installed Cloud SDK, else fetched by firebase-tools."""

import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial

from emulators.local import sdk
from infra.setup import firebase_tools
from infra.setup.step import MissingError, Step

# Where firebase-tools fetches them from; any answer says that it can be reached.
_STORE = "https://storage.googleapis.com/firebase-preview-drop/"
_PATIENCE_SECONDS = 5


def steps() -> Iterator[Step]:
    """Raises MissingError where there is no SDK and no way to what firebase-tools fetches."""
    missing = sdk.missing()
    if missing and not _store_answers():
        raise MissingError(
            f"Missing of Google's emulators: {' and '.join(missing)}. {sdk.HOW_TO_GET}; "
            f"firebase-tools can't fetch them, as {_STORE} does not answer"
        )
    if not firebase_tools.is_installed():
        yield Step("Installing firebase-tools (up to two minutes)", firebase_tools.install)
    for name in missing:
        says = f"Fetching Google's {name} emulator into build/emulators"
        yield Step(says, partial(_fetch, name))


def _store_answers() -> bool:
    try:
        with urllib.request.urlopen(_STORE, timeout=_PATIENCE_SECONDS):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _fetch(name: str) -> None:
    sdk.FETCHED.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["node", firebase_tools.PROGRAM, f"setup:emulators:{name}"],
        check=True,
        env={**os.environ, "FIREBASE_EMULATORS_PATH": str(sdk.FETCHED), "CI": "1"},
    )
