"""Whether a portal and the services fit: `python -m infra.compat`.

A portal is built against a version of each service's contract (web/contracts/*.json) and
needs that or a later one that keeps its promise: the same major version, by semantic
versioning (https://semver.org, 8). A service offers the version of its document
(infra/openapi/*.json). Terraform refuses by the same rule (terraform/modules/system).
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ROOT / "web" / "contracts"
OFFERED = ROOT / "infra" / "openapi"
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")

Version = tuple[int, int, int]


def parse(text: str) -> Version:
    """`major.minor.patch` as numbers.

    Raises:
        ValueError: it has another form.
    """
    match = _VERSION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a version: {text!r}")
    return int(match[1]), int(match[2]), int(match[3])


def fits(needed: Version, offered: Version) -> bool:
    """Whether what is built against `needed` works with `offered`."""
    return needed[0] == offered[0] and needed <= offered


def misfits(needed: Mapping[str, str], offered: Mapping[str, str]) -> Iterator[str]:
    """What keeps a portal that needs these contracts from services that offer those."""
    for service, version in sorted(needed.items()):
        if service not in offered:
            yield f"{service}: {version} is needed, and there is no such service"
        elif not fits(parse(version), parse(offered[service])):
            yield f"{service}: {version} or later of that major is needed, not {offered[service]}"


def versions(folder: Path) -> dict[str, str]:
    """Service to the version of its OpenAPI document in `folder`."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["info"]["version"]
        for path in sorted(folder.glob("*.json"))
    }


def main() -> int:
    """Compare; the exit status."""
    needed = versions(NEEDED)
    found = list(misfits(needed, versions(OFFERED)))
    print("\n".join(found) or f"The portal fits its {len(needed)} services")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
