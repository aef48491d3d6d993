"""What a message says of itself as a part of a full snapshot: taken, or refused with place and reason."""

import json
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, S4, STAMP, stock_row
from tests.factories.style import store_style, style
from tests.integration.messages.delivery import deliver

_STAMPS: list[Any] = [
    *("2026", "20991231000000000000", "20261301000000000000", "abc", "9" * 20, "9" * 5_000),
    *("２０２６１１２２１４１８００", f"{STAMP}\x00", "-5"),
]
_NUMBERS = ["", "0", "3", "-1", "1.5", "x", "²", "9" * 5_000, "1 "]
_ODD: list[Any] = [[], {}, ["x"], True]
"""What only a field of a segment can be."""
_HEADS: list[Any] = ["text", 5, [[]], ["x"], [None], [5], [{}, {}]]


def _pushed(
    db: Client, system: SourceSystem, says: Any, row: dict[str, Any], number: int = 1
) -> list[str]:
    """The reasons why a message is in quarantine that says so of itself."""
    content: dict[str, Any] = {"ROWS": [row]}
    attributes = {} if system.stock.snapshots.segment else says
    if segment := system.stock.snapshots.segment:
        content[segment] = says
    data = json.dumps(content).encode()
    deliver(db, system, "sap-inventory", data, str(number), attributes)
    there = db.document(f"quarantine/sap-inventory~{number}").get().to_dict() or {}
    return list(there.get("reasons", []))


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc_eu", "s4_na"])
def test_a_head_that_says_no_part_is_refused_with_what_is_wrong(
    firestore: Client, system: SourceSystem
) -> None:
    store_style(firestore, style())
    marks, wrong = system.stock.snapshots, []
    good = {marks.as_of: STAMP, marks.part: "1", marks.parts: "2"}
    cases = [({**good, marks.as_of: value}, marks.as_of) for value in _STAMPS]
    cases += [({**good, marks.part: value}, "part") for value in _NUMBERS]
    cases += [({**good, marks.parts: value}, "part") for value in [*_NUMBERS[:2], "1001", "x"]]
    if system is S4:
        cases += [(head, "") for head in _HEADS]
        cases += [({**good, name: value}, "") for name in good for value in _ODD]
    for number, (says, named) in enumerate(cases):
        reasons = _pushed(firestore, system, says, stock_row("10123001"), number)
        if not any(named in reason for reason in reasons):
            wrong.append(f"{ascii(says)[:80]}: {reasons}")
    assert not wrong, "\n".join(wrong)
    assert not firestore.document("availability/10123~EU01").get().exists


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc_eu", "s4_na"])
@pytest.mark.parametrize("as_of", ["", "00000000000000", STAMP, STAMP[:14]])
def test_rows_are_taken_beside_a_head_that_tells_a_part_or_nothing(
    firestore: Client, system: SourceSystem, as_of: str
) -> None:
    store_style(firestore, style())
    marks = system.stock.snapshots
    says = {marks.as_of: as_of, marks.part: "2", marks.parts: "2"}
    assert _pushed(firestore, system, says, stock_row("10123001")) == []
    assert firestore.document("availability/10123~EU01").get().exists
    snapshots = list(firestore.collection("snapshots").stream())
    assert len(snapshots) == bool(as_of.strip("0"))
