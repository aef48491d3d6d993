"""Stands in for gcloud where there is no cloud: one Cloud Run service, kept in a JSON file.

Started as `gcloud` by tests that put it on PATH; GCLOUD_STATE names the file. It takes the
commands of infra/rollout.py, and refuses all others as well as splits that Cloud Run refuses.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any


def _update(state: Any, options: dict[str, str]) -> Any:
    split = dict(part.split("=") for part in options["--to-revisions"].split(","))
    percents = {name: int(percent) for name, percent in split.items()}
    if sum(percents.values()) != 100 or not set(percents) <= set(state["revisions"]):
        sys.exit("ERROR: (gcloud.run.services.update-traffic) INVALID_ARGUMENT")
    state["traffic"] = percents
    state["splits"].append(percents)
    return {}


def _describe(state: Any, _: dict[str, str]) -> Any:
    traffic = [{"revisionName": name, "percent": part} for name, part in state["traffic"].items()]
    traffic.append({"revisionName": "tagged", "tag": "next"})
    return {"status": {"traffic": traffic, "latestReadyRevisionName": state["revisions"][-1]}}


def _revisions(state: Any, _: dict[str, str]) -> Any:
    return [
        {"metadata": {"name": name, "creationTimestamp": f"2026-11-{day:02d}T00:00:00Z"}}
        for day, name in enumerate(state["revisions"], start=1)
    ][::-1]


def _log(state: Any, options: dict[str, str]) -> Any:
    name = options["query"].split('revision_name="')[1].split('"')[0]
    return [{"httpRequest": answer} for answer in state["answers"].get(name, [])]


def main(arguments: list[str]) -> None:
    """Run one command."""
    path = Path(os.environ["GCLOUD_STATE"])
    state = json.loads(path.read_text())
    command = " ".join(arguments[:3])
    options = dict(argument.split("=", 1) for argument in arguments if argument.startswith("--to"))
    if command.startswith("logging read"):
        command, options["query"] = "logging read", arguments[2]
    known = {
        "run services update-traffic": _update,
        "run services describe": _describe,
        "run services list": lambda state, _: state["revisions"],
        "run revisions list": _revisions,
        "logging read": _log,
    }
    if command not in known:
        sys.exit(f"ERROR: (gcloud) Invalid choice: {command}")
    print(json.dumps(known[command](state, options)))
    path.write_text(json.dumps(state))


if __name__ == "__main__":
    main(sys.argv[1:])
