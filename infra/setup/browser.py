"""Chromium: the machine's own, else the one that npm has for serverless platforms.

That is a headless Chromium with the libraries and a font that a bare machine lacks, packed
by Brotli, which Node can unpack and Python can't.
"""

import platform
import subprocess
import sys
from pathlib import Path

from infra.setup import debian, npm, programs
from infra.setup.step import ROOT, Step

NAMES = ("chromium", "chromium-browser", "google-chrome")
_PACKAGE = Path(__file__).with_name("browser")
_FOLDER = ROOT / "build" / "browser"
_MISSING = (
    "Chromium is missing (the portal is tested in it): apt-get install chromium, "
    "or Google Chrome (https://www.google.com/chrome)"
)
_UNPACK = """
const [, from, to] = process.argv;
require("node:stream").pipeline(
  require("node:fs").createReadStream(from), require("node:zlib").createBrotliDecompress(),
  require("node:fs").createWriteStream(to), (error) => { if (error) throw error; });
"""
# The machine's own fonts come first, if it has any.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""
_START = """#!/bin/sh
export LD_LIBRARY_PATH="{folder}/lib" FONTCONFIG_FILE="{folder}/fonts.conf"
exec "{folder}/chromium" "$@"
"""


def steps() -> list[Step]:
    """Raises MissingError where there is no Chromium for this machine."""
    if any(programs.own(name) for name in NAMES):
        return []
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return debian.steps("chromium", _MISSING)
    if npm.is_installed(_PACKAGE, _FOLDER) and programs.installed("chromium"):
        return []
    return [Step("Installing Chromium into build/browser", _install)]


def _install() -> None:
    npm.install(_PACKAGE, _FOLDER)
    packed = _FOLDER / "node_modules/@sparticuz/chromium/bin"
    _unpack(packed / "chromium.br", _FOLDER / "chromium")
    for name in ("al2023", "fonts"):
        _unpack(packed / f"{name}.tar.br", _FOLDER / f"{name}.tar")
        subprocess.run(["tar", "-xf", f"{name}.tar"], check=True, cwd=_FOLDER)
    (_FOLDER / "fonts.conf").write_text(_FONTS.format(folder=_FOLDER))
    (_FOLDER / "chromium").chmod(0o755)
    start = _FOLDER / "start"
    start.write_text(_START.format(folder=_FOLDER))
    programs.link("chromium", start)


def _unpack(source: Path, target: Path) -> None:
    subprocess.run(["node", "-e", _UNPACK, source, target], check=True)
