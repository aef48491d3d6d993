"""Ports, and what KEEP=1 remembers of them."""

import socket
from pathlib import Path

import pytest

from emulators.local import keep
from emulators.local.plan import (
    Plan,
    PortInUseError,
    functions_present,
    make_plan,
    remember_ports,
)


def _plan(build: Path, port: int = 0, brought_back: bool = False) -> Plan:
    return make_plan(build, port, styles=24, companies=6, seed=1, keep=brought_back)


def test_every_part_has_a_port_of_its_own(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    assert len(set(plan.ports.values())) == len(plan.ports)
    assert set(functions_present()) <= set(plan.ports)


def test_a_port_in_use_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError, match=f"Port {port} is in use.*PORT={port + 1}"):
            _plan(tmp_path, port)


def test_kept_data_finds_its_parts_at_the_same_ports(tmp_path: Path) -> None:
    first = _plan(tmp_path)
    keep.prepare_state(first)
    remember_ports(first)
    again = _plan(tmp_path, brought_back=True)
    assert again.kept
    assert {**again.ports, "gateway": 0} == {**first.ports, "gateway": 0}
    assert again.sap_system == first.sap_system


def test_a_kept_port_that_another_program_listens_on_is_given_up(tmp_path: Path) -> None:
    first = _plan(tmp_path)
    keep.prepare_state(first)
    remember_ports(first)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", first.ports["push"]))
        other.listen()
        again = _plan(tmp_path, brought_back=True)
    assert again.ports["push"] != first.ports["push"]
    assert again.ports["tasks"] == first.ports["tasks"]


def test_nothing_is_brought_back_of_a_run_whose_data_never_arrived(tmp_path: Path) -> None:
    keep.prepare_state(_plan(tmp_path))
    assert not _plan(tmp_path, brought_back=True).kept


def test_nothing_is_brought_back_unless_asked_for(tmp_path: Path) -> None:
    first = _plan(tmp_path)
    keep.prepare_state(first)
    remember_ports(first)
    again = _plan(tmp_path)
    assert not again.kept
    keep.prepare_state(again)
    assert not (tmp_path / "state" / "ports.json").exists()


def test_only_the_full_demo_is_the_demo_folder(tmp_path: Path) -> None:
    full = make_plan(tmp_path, 0, styles=520, companies=40, seed=1, keep=False)
    assert full.demo.name == "demo-ecc_eu"
    assert _plan(tmp_path).demo.name == "demo-ecc_eu-24x6-1"
