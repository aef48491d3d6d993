"""firebase-tools: its Auth emulator is used, and it fetches the others where no Cloud SDK is."""

from infra.setup import npm
from infra.setup.step import ROOT

PACKAGE = ROOT / "emulators" / "local"
_FOLDER = ROOT / "build" / "firebase-tools"
PROGRAM = _FOLDER / "node_modules" / "firebase-tools" / "lib" / "bin" / "firebase.js"


def is_installed() -> bool:
    """Whether it is there, in the version of its lock file."""
    return npm.is_installed(PACKAGE, _FOLDER)


def install() -> None:
    """Takes up to two minutes. Raises MissingError where npm fails."""
    npm.install(PACKAGE, _FOLDER)
