"""Stands in for gcloud where pipelines run without a cloud: buckets, a key, builds.

Started as `gcloud` by tests that put it on PATH; GCLOUD_CLOUD names a folder with a folder for
each bucket, and a file in builds/ with the status of each build. An object's generation is
when its file was written. It takes what infra/pipelines and infra/turn.py ask, and refuses
all else.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

CLOUD = Path(os.environ["GCLOUD_CLOUD"])


def _refuse(why: str) -> NoReturn:
    sys.exit(f"ERROR: (gcloud) {why}")


def _object(url: str) -> Path:
    return CLOUD / url.removeprefix("gs://").partition("#")[0]


def _found(url: str) -> list[Path]:
    if not url.startswith("gs://"):
        return [Path(url)]
    path = _object(url)
    return sorted(path.parent.glob(path.name)) if "*" in path.name else [path]


def _generation(path: Path) -> str:
    return str(path.stat().st_mtime_ns) if path.exists() else "0"


def _matches(path: Path, options: dict[str, str]) -> None:
    wanted = options.get("--if-generation-match")
    if wanted is not None and wanted != _generation(path):
        _refuse("HTTPError 412: At least one of the pre-conditions you specified did not hold.")


def _copy(words: list[str], options: dict[str, str]) -> None:
    if "--read-paths-from-stdin" in options:
        words = [*sys.stdin.read().split(), *words]
    *sources, target = words
    if sources == ["-"]:
        path = _object(target)
        _matches(path, options)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sys.stdin.read())
        return
    into = _object(target) if target.startswith("gs://") else Path(target)
    for source in [path for url in sources for path in _found(url)]:
        if not source.exists():
            _refuse(f"The following URLs matched no objects or files: {source.name}")
        if source.is_dir():
            shutil.copytree(source, into / source.name, dirs_exist_ok=True)
            continue
        copy = into / source.name if target.endswith("/") else into
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not (copy.exists() and "--no-clobber" in options):
            shutil.copyfile(source, copy)


def _storage(words: list[str], options: dict[str, str]) -> None:
    match words:
        case ["ls", bucket]:
            for path in sorted(_object(bucket).iterdir()):
                print(f"{bucket}/{path.name}{'/' if path.is_dir() else ''}")
        case ["cp", *rest]:
            _copy(rest, options)
        case ["objects", "describe", url] if _object(url).exists():
            print(_generation(_object(url)))
        case ["cat", url] if _object(url).exists():
            print(_object(url).read_text(), end="")
        case ["rm", url] if _object(url).exists():
            _matches(_object(url), options)
            _object(url).unlink()
        case _:
            _refuse(f"{words} matched no objects, or no such command")


def _kms(words: list[str], options: dict[str, str]) -> None:
    key = str(CLOUD / "key.pem")
    match words:
        case ["asymmetric-sign"]:
            sign = ["-sign", key, "-out", options["--signature-file"], options["--input-file"]]
            subprocess.run(["openssl", "dgst", "-sha256", *sign], check=True)
        case ["keys", "versions", "get-public-key", _]:
            out = options["--output-file"]
            subprocess.run(["openssl", "ec", "-in", key, "-pubout", "-out", out], check=True)
        case _:
            _refuse(f"Invalid choice: {words}")


def main(arguments: list[str]) -> None:
    """Run one command."""
    words = [word for word in arguments if not word.startswith("--")]
    options = dict(word.partition("=")[::2] for word in arguments if word.startswith("--"))
    with (CLOUD / "calls").open("a") as calls:
        calls.write(json.dumps(arguments) + "\n")
    match words:
        case ["storage", *rest]:
            _storage(rest, options)
        case ["kms", *rest]:
            _kms(rest, options)
        case ["builds", "describe", build]:
            print((CLOUD / "builds" / build).read_text())
        case _:
            _refuse(f"Invalid choice: {arguments}")


if __name__ == "__main__":
    main(sys.argv[1:])
