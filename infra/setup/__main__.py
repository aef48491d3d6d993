"""Makes this machine ready: `python -m infra.setup [NEED …]` (`make` calls it for each target).

Python's packages always; a NEED is `node`, `caddy`, `java`, `emulators` or `browser`. The
machine's own programs are taken where they are new enough. All that is missing and can't be
had is said at once, in a line each, before anything is installed. What is there already costs
a tenth of a second.
"""

import subprocess
import sys
from collections.abc import Callable

from infra.setup import browser, emulators, programs, python
from infra.setup.step import MissingError, Step, Steps

_CHECKS: dict[str, Callable[[], Steps]] = {
    "node": lambda: programs.steps(programs.NODE),
    "caddy": lambda: programs.steps(programs.CADDY),
    "java": lambda: programs.steps(programs.JAVA),
    "emulators": emulators.steps,
    "browser": browser.steps,
}
# In the order in which things are installed: the emulators' and the browser's need Node.
_IMPLIED = {"emulators": {"java", "node"}, "browser": {"node"}}


def _checks(needs: list[str]) -> list[Callable[[], Steps]]:
    wanted = set(needs).union(*(_IMPLIED.get(need, set()) for need in needs))
    if unknown := wanted - set(_CHECKS):
        raise SystemExit(f"no such need: {', '.join(sorted(unknown))}")
    return [python.steps, *(check for need, check in _CHECKS.items() if need in wanted)]


def main(needs: list[str]) -> int:
    """Installs what is needed; answers 1 after saying what is missing or did not work."""
    steps: list[Step] = []
    missing: list[str] = []
    for check in _checks(needs):
        try:
            steps += check()
        except MissingError as error:
            missing.append(str(error))
    if missing:
        print(*missing, sep="\n", file=sys.stderr)
        return 1
    for step in steps:
        print(step.says, flush=True)
        try:
            step.run()
        except (MissingError, subprocess.CalledProcessError) as error:
            print(f"That did not work: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
