"""`make sap-check` says what a SAP lacks, and changes nothing there."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulators.sap.server import CLIENT_PATH, StandIn, serve
from infra.sap_check import PROBES, main
from tests.integration.emulators.sap.data import small_data

SAMPLE = [
    *("--customer", "100001", "--door", "200001"),
    *("--article", "10123001", "--plant", "EU01"),
]


@pytest.fixture
def sap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.syspath_prepend(str(CLIENT_PATH))
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
        monkeypatch.delitem(sys.modules, name)
    with serve(small_data(), tmp_path / "sap") as stand_in:
        yield stand_in


def _run(sap: StandIn, folder: Path, *more: str, **changes: str) -> int:
    file = folder / "destination.json"
    file.write_text(json.dumps({**sap.destination, **changes}))
    return main(["--system", "ecc_eu", "--destination", str(file), *more])


def _fault(sap: StandIn, **plan: Any) -> None:
    httpx.put(f"{sap.control_url}/faults", json=plan).raise_for_status()


def test_a_sap_that_has_all_lacks_nothing_and_is_as_it_was(
    sap: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stock = sap.system.stock()
    assert _run(sap, tmp_path) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == ["ok       log-on", *(f"ok       {module}" for module in PROBES)]
    assert httpx.get(f"{sap.control_url}/orders").json() == []
    assert sap.system.stock() == stock


def test_a_whole_order_is_tried_in_each_sales_area(
    sap: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The customer buys in 1000 only.
    assert _run(sap, tmp_path, *SAMPLE) == 1
    told = capsys.readouterr().out
    assert "ok       at_once order TA in 1000/10/00" in told
    assert "ok       pre_book order ZPRE in 1000/10/00" in told
    assert "MISSING  at_once order TA in 3000/10/00: Sold-to party" in told
    assert httpx.get(f"{sap.control_url}/orders").json() == []


@pytest.mark.parametrize("fault", ["unauthorized", "missing"])
@pytest.mark.parametrize("module", PROBES)
def test_what_the_user_may_not_call_or_is_not_there_is_missing(
    sap: StandIn,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    fault: str,
    module: str,
) -> None:
    _fault(sap, **{fault: module})
    assert _run(sap, tmp_path) == 1
    missing = [one for one in capsys.readouterr().out.splitlines() if one.startswith("MISSING")]
    assert len(missing) == 1
    assert module in missing[0]
    assert "S_RFC" in missing[0]


def test_a_log_on_that_is_refused_ends_it(
    sap: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(sap, tmp_path, client="200") == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("MISSING  log-on: ")
    assert "SU01" in line


def test_what_is_wrong_with_the_parameters_is_told_without_the_password(
    sap: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(sap, tmp_path, sysnr="0", passwd="hunter2") == 1
    told = capsys.readouterr().out
    assert "sysnr" in told
    assert "hunter2" not in told
