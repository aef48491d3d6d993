"""Writes the OpenAPI document of every service: `python -m infra.openapi FOLDER`."""

import importlib
import json
import sys
from pathlib import Path

from shared.http.openapi import document

SERVICES = ("accounts", "carts", "catalog", "orders")


def main(folder: Path) -> None:
    """Writes FOLDER/<service>.json for each service, sorted so that versions compare."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SERVICES:
        service = importlib.import_module(f"functions.{name}.routes").SERVICE
        text = json.dumps(document(service), indent=2, sort_keys=True, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
