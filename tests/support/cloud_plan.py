"""A production environment of Terraform, planned or applied, as tests read it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from infra.terraform_check import Providers, terraform


@dataclass(frozen=True)
class Cloud:
    """A production environment in a folder of its own, planned, and applied if `applied`."""

    folder: Path
    source: Providers
    applied: bool

    def run(self, *arguments: str) -> str:
        done = terraform(self.folder, self.source, *arguments)
        assert done.returncode == 0, done.stdout[-4000:]
        return done.stdout

    def changes(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """Address to resource of what a plan with `arguments` would change."""
        assert self.applied or not arguments
        self.run("plan", "-input=false", "-out=change", *arguments)
        plan = json.loads(self.run("show", "-json", "change"))
        return {
            found["address"]: found
            for found in plan["resource_changes"]
            if found["change"]["actions"] != ["no-op"]
        }

    @cached_property
    def planned(self) -> list[dict[str, Any]]:
        """Address, type and values of each resource of a first plan."""
        plan = json.loads((self.folder / "first.json").read_text())
        return list(resources_of(plan["planned_values"]["root_module"]))

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The planned values of all resources of a type."""
        return [found["values"] for found in self.planned if found["type"] == kind]


def resources_of(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from resources_of(child)
