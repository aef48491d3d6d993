"""Who may deploy an environment now: `python -m infra.turn take|leave gs://BUCKET/turns/ENV`.

A change in shared/ starts a build for each function that it touches. Each of them tests,
makes and publishes by itself; to deploy, they take turns, so that each sees what the one
before it left. Whose turn it is says an object that holds the build's id: only one build
can create it. A build that failed before it left is taken for gone. The build's own id,
project and region come from Cloud Build's variables BUILD_ID, PROJECT_ID and LOCATION.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

SECONDS = 15
"""Between two looks at whose turn it is."""
_UNFINISHED = {"PENDING", "QUEUED", "WORKING"}


@dataclass(frozen=True)
class Build:
    """The build that asks."""

    id: str
    project: str
    location: str


def _gcloud(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own arguments)
        ["gcloud", *arguments, "--quiet"],  # noqa: S607
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def _holder(url: str) -> tuple[str, str] | None:
    """The id of the build whose turn it is, and the object's generation; None if nobody's."""
    described = _gcloud("storage", "objects", "describe", url, "--format=value(generation)")
    generation = described.stdout.strip()
    if described.returncode:
        return None
    read = _gcloud("storage", "cat", f"{url}#{generation}")
    return None if read.returncode else (read.stdout.strip(), generation)


def _is_at_work(build: Build) -> bool:
    told = _gcloud(
        "builds",
        "describe",
        build.id,
        f"--project={build.project}",
        f"--region={build.location}",
        "--format=value(status)",
    )
    # Where Cloud Build does not answer, nobody loses their turn.
    return told.returncode != 0 or told.stdout.strip() in _UNFINISHED


def take(url: str, build: Build, wait: Callable[[float], object] = time.sleep) -> None:
    """Wait until it is this build's turn."""
    while True:
        created = _gcloud("storage", "cp", "-", url, "--if-generation-match=0", stdin=build.id)
        if created.returncode == 0:
            return
        held = _holder(url)
        if held is None:
            # It left just now; or there is another fault, which is told again and again.
            print(created.stderr.strip(), file=sys.stderr, flush=True)
        elif held[0] == build.id:
            return
        elif not _is_at_work(Build(held[0], build.project, build.location)):
            _gcloud("storage", "rm", url, f"--if-generation-match={held[1]}")
            continue
        else:
            print(f"{held[0]} deploys", flush=True)
        wait(SECONDS)


def leave(url: str, build: Build) -> None:
    """Let the next one; nothing where it is not this build's turn."""
    held = _holder(url)
    if held is not None and held[0] == build.id:
        _gcloud("storage", "rm", url, f"--if-generation-match={held[1]}")


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.turn", description=__doc__)
    parser.add_argument("command", choices=["take", "leave"])
    parser.add_argument("url")
    options = parser.parse_args(arguments)
    build = Build(os.environ["BUILD_ID"], os.environ["PROJECT_ID"], os.environ["LOCATION"])
    if options.command == "take":
        take(options.url, build)
    else:
        leave(options.url, build)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
