"""The portal's image without an engine: caddy, serving a folder by the image's Caddyfile."""

import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulators.local import ports, sdk
from infra.package_contents import ROOT
from tests.support.wait import wait_until

_IMAGES = ROOT / "infra" / "images"


@contextmanager
def serving(site: Path, folder: Path, config: str) -> Iterator[str]:
    """The URL of caddy, which keeps its own files in `folder` and answers `config` to the portal."""
    headers = folder / "headers.caddy"
    made = subprocess.run(
        ["node", _IMAGES / "headers.mjs", ROOT / "infra" / "headers.json"],
        check=True,
        capture_output=True,
    )
    headers.write_bytes(made.stdout)
    port = ports.free_ports(1)[0]
    url = f"http://{sdk.HOST}:{port}"
    process = subprocess.Popen(
        ["caddy", "run", "--config", _IMAGES / "Caddyfile", "--adapter", "caddyfile"],
        env={
            **os.environ,
            "PORT": str(port),
            "ROOT": str(site),
            "HEADERS": str(headers),
            "CONFIG": config,
            "XDG_CONFIG_HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _is_up(url), timeout=30, what="caddy answering")
        yield url
    finally:
        process.terminate()
        process.wait()


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
