"""Which portals fit which services."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.compat import Version, fits, misfits, parse
from infra.package_contents import ROOT

VERSIONS = st.tuples(st.integers(0, 9), st.integers(0, 99), st.integers(0, 99))


def _text(version: Version) -> str:
    return ".".join(map(str, version))


@given(VERSIONS)
def test_a_version_is_read_as_written_and_fits_itself(version: Version) -> None:
    assert parse(_text(version)) == version
    assert fits(version, version)


@given(VERSIONS, VERSIONS, VERSIONS)
def test_what_fits_goes_on_fitting_what_fits(a: Version, b: Version, c: Version) -> None:
    if fits(a, b) and fits(b, c):
        assert fits(a, c)
    if fits(a, b) and fits(b, a):
        assert a == b


@given(VERSIONS, VERSIONS)
def test_another_major_never_fits(a: Version, b: Version) -> None:
    if a[0] != b[0]:
        assert not fits(a, b)
        assert not fits(b, a)


@pytest.mark.parametrize("text", ["1", "1.2", "01.2.3", "1.2.3-rc.1", "v1.2.3", ""])
def test_another_form_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        parse(text)


def test_each_misfit_is_named() -> None:
    needed = {"carts": "2.0.0", "catalog": "1.2.0", "orders": "1.0.0", "support": "1.0.0"}
    offered = {"carts": "1.4.0", "catalog": "1.10.0", "orders": "1.0.0"}
    assert list(misfits(needed, offered)) == [
        "carts: 2.0.0 or later of that major is needed, not 1.4.0",
        "support: 1.0.0 is needed, and there is no such service",
    ]


def _gate(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.compat"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_gate_refuses_a_portal_that_needs_a_later_major(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "infra", tmp_path / "infra")
    needed = tmp_path / "web" / "contracts" / "carts.json"
    needed.parent.mkdir(parents=True)
    offered = json.loads((tmp_path / "infra" / "openapi" / "carts.json").read_text())
    needed.write_text(json.dumps({"info": offered["info"]}))
    assert _gate(tmp_path).returncode == 0
    major = parse(offered["info"]["version"])[0] + 1
    needed.write_text(json.dumps({"info": {"version": f"{major}.0.0"}}))
    refused = _gate(tmp_path)
    assert refused.returncode == 1
    assert refused.stdout.startswith(f"carts: {major}.0.0 or later of that major is needed")
