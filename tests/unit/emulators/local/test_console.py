"""The logs of the parts, whatever a part writes."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.local.console import PartLog

HALF = "\ud83d"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
@pytest.mark.parametrize(
    "line",
    [
        json.dumps({"message": f"Schuh {HALF}", "severity": "ERROR"}),
        json.dumps({"message": "Läufer — 跑", HALF: [HALF]}),
        '{"message": ' + "[" * 20_000,
        "not JSON \ufffd\x00\x1b[2J",
        "",
    ],
)
def test_a_line_of_any_text_is_written_and_shown(
    line: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", shown)
    log = PartLog(tmp_path, "sync_prices", 1, shown=True)
    log.write(line)
    log.write("and goes on")
    assert log.path.read_text(encoding="utf-8").split("\n")[-2] == "and goes on"
    shown.seek(0)
    assert "and goes on" in shown.read()


@given(st.text(st.characters(codec=None, exclude_categories=[])))
def test_half_characters_are_in_no_files_way(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    log = PartLog(tmp_path_factory.mktemp("log"), "orders", 1, shown=False)
    log.write(text)
    assert log.path.exists()
