"""Traffic between a function's revisions: `python -m infra.rollout COMMAND SERVICE --region R`.

pin keeps all traffic where it is, so that what is deployed next gets none; canary then
moves it to the newest revision step by step, and back at once when too many of its answers
fail or are slow; rollback moves it to the revision before. SERVICE is the function's name in the cloud,
as `eu-carts`.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

STEPS = (5, 25, 100)
MINUTES = 10
"""How long each step but the last is watched."""

# The objectives of terraform/modules/observability and the burn rate of their fast alerts: a
# month's errors in two days.
AVAILABILITY = 0.999
FAST_ENOUGH = 0.95
LATENCY_SECONDS = 1.0
BURN_RATE = 14.4
ENOUGH = 20
"""Answers below which a share says nothing."""


class RolledBackError(Exception):
    """The new revision failed and has no traffic any more; the text says how it failed."""


class NoRevisionError(Exception):
    """There is no other revision to move traffic to."""


@dataclass(frozen=True)
class Answers:
    """How many requests a revision has answered, and how many of them with 5xx or slowly."""

    all: int
    failed: int
    slow: int

    def fault(self) -> str:
        """What uses up an objective's errors as fast as what wakes somebody up; "" if nothing."""
        for many, goal, how in (
            (self.failed, AVAILABILITY, "failed"),
            (self.slow, FAST_ENOUGH, f"took longer than {LATENCY_SECONDS:g} s"),
        ):
            if self.all >= ENOUGH and many / self.all > (1 - goal) * BURN_RATE:
                return f"{many} of {self.all} answers {how}"
        return ""


@dataclass(frozen=True)
class Service:
    """A function's Cloud Run service, reached by gcloud."""

    name: str
    region: str

    def gcloud(self, *arguments: str) -> Any:
        """What gcloud answers, as JSON."""
        done = subprocess.run(  # noqa: S603 (our own arguments)
            ["gcloud", *arguments, "--format=json", "--quiet"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"gcloud {' '.join(arguments)}: {done.stderr.strip()}")
        return json.loads(done.stdout or "null")

    def exists(self) -> bool:
        """Whether anything was deployed yet."""
        name = f"--filter=metadata.name={self.name}"
        return bool(self.gcloud("run", "services", "list", name, *self._place()))

    def status(self) -> Any:
        """Which revisions there are and which has how much of the traffic."""
        described = self.gcloud("run", "services", "describe", self.name, *self._place())
        return described["status"]

    def serving(self) -> str:
        """The revision with most of the traffic."""
        shares: dict[str, int] = {
            each["revisionName"]: each.get("percent", 0) for each in self.status()["traffic"]
        }
        return max(shares, key=lambda name: shares[name])

    def newest(self) -> str:
        """The revision that was deployed last and is ready."""
        return str(self.status()["latestReadyRevisionName"])

    def before(self, revision: str) -> str:
        """The revision deployed before another.

        Raises:
            NoRevisionError: that was the first.
        """
        listed = self.gcloud("run", "revisions", "list", f"--service={self.name}", *self._place())
        names: list[tuple[str, str]] = sorted(
            (each["metadata"]["creationTimestamp"], each["metadata"]["name"]) for each in listed
        )
        ordered = [name for _, name in names]
        earlier = ordered[: ordered.index(revision)]
        if not earlier:
            raise NoRevisionError(f"{revision} of {self.name} is the first: nothing to go back to")
        return earlier[-1]

    def share(self, percent: Mapping[str, int]) -> None:
        """Split the traffic; what is not named gets none."""
        split = ",".join(f"{name}={part}" for name, part in percent.items() if part)
        self.gcloud(
            "run",
            "services",
            "update-traffic",
            self.name,
            f"--to-revisions={split}",
            *self._place(),
        )

    def answers(self, revision: str, since: datetime) -> Answers:
        """What a revision has answered since (of more than 10,000 the newest)."""
        query = " AND ".join(
            [
                'resource.type="cloud_run_revision"',
                f'resource.labels.revision_name="{revision}"',
                'log_id("run.googleapis.com/requests")',
                f'timestamp>="{since.isoformat()}"',
            ]
        )
        found = self.gcloud("logging", "read", query, "--limit=10000")
        requests = [entry["httpRequest"] for entry in found]
        return Answers(
            len(requests),
            sum(each["status"] >= 500 for each in requests),
            # As "0.123s"; a request that was cut off has none.
            sum(
                float(each.get("latency", "0s").removesuffix("s")) > LATENCY_SECONDS
                for each in requests
            ),
        )

    def _place(self) -> list[str]:
        return [f"--region={self.region}"]


def pin(service: Service) -> str:
    """Keep all traffic at the revision that has it; its name. Nothing at a first deployment."""
    if not service.exists():
        return "what is deployed first"
    serving = service.serving()
    service.share({serving: 100})
    return serving


def canary(service: Service, wait: Callable[[float], object] = time.sleep) -> str:
    """Move traffic to the newest revision step by step; its name.

    Raises:
        RolledBackError: too many of its answers failed or were slow.
    """
    old, new = service.serving(), service.newest()
    if old == new:
        return new
    for percent in STEPS:
        began = datetime.now(UTC)
        service.share({new: percent, old: 100 - percent})
        for _ in range(MINUTES if percent < 100 else 1):
            wait(60)
            if fault := service.answers(new, began).fault():
                service.share({old: 100})
                raise RolledBackError(
                    f"{new}: {fault} with {percent} % of the traffic; all of it is {old}'s again"
                )
    return new


def rollback(service: Service) -> str:
    """Move all traffic to the revision before the one that has most of it; its name."""
    earlier = service.before(service.serving())
    service.share({earlier: 100})
    return earlier


def main(arguments: list[str]) -> int:
    """Run the command; the exit status: 1 if the new revision failed or there is none."""
    parser = argparse.ArgumentParser(prog="python -m infra.rollout", description=__doc__)
    commands = {"pin": pin, "canary": canary, "rollback": rollback}
    parser.add_argument("command", choices=commands)
    parser.add_argument("service")
    parser.add_argument("--region", required=True)
    options = parser.parse_args(arguments)
    service = Service(options.service, options.region)
    try:
        print(f"{service.name}: {commands[options.command](service)} has the traffic")
    except (RolledBackError, NoRevisionError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
