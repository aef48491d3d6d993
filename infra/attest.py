"""Where archives come from: `python -m infra.attest write|verify STATEMENT ARCHIVE…`.

`write` makes an in-toto statement with SLSA provenance (https://slsa.dev/provenance/v1) of
archives and what lies beside them, to be signed; `verify` fails unless every file is what
the statement, whose signature has been verified, says. Commit and build come from Cloud
Build's variables COMMIT_SHA, BUILD_ID and PROJECT_ID.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def statement(files: list[Path], environment: Mapping[str, str]) -> dict[str, Any]:
    """The statement about files, made by the build that `environment` names."""
    project, build = environment["PROJECT_ID"], environment["BUILD_ID"]
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [
            {"name": file.name, "digest": {"sha256": _digest(file)}} for file in sorted(files)
        ],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "https://cloud.google.com/build/gcb-buildtypes/google-worker/v1",
                "externalParameters": {},
                "resolvedDependencies": [{"digest": {"gitCommit": environment["COMMIT_SHA"]}}],
            },
            "runDetails": {
                "builder": {"id": "https://cloudbuild.googleapis.com/GoogleHostedWorker"},
                "metadata": {"invocationId": f"projects/{project}/builds/{build}"},
            },
        },
    }


def mismatches(told: Mapping[str, Any], files: list[Path]) -> list[str]:
    """Names of files that the statement does not name or names with another digest."""
    digests = {subject["name"]: subject["digest"]["sha256"] for subject in told["subject"]}
    return [file.name for file in files if digests.get(file.name) != _digest(file)]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.attest", description=__doc__)
    parser.add_argument("command", choices=["write", "verify"])
    parser.add_argument("statement", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    if options.command == "write":
        text = json.dumps(statement(options.files, os.environ), indent=2, sort_keys=True)
        options.statement.write_text(text + "\n")
        return 0
    wrong = mismatches(json.loads(options.statement.read_text()), options.files)
    for name in wrong:
        print(f"{name} is not what {options.statement.name} says", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
