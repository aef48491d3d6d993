"""The exported JSON Schemas against recorded messages, and against what the functions read."""

import base64
import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from infra.sap_schemas import MODELS, main, schema
from shared.sap.objects import KINDS
from shared.sap.shapes import normal, read_json_value, read_shapes
from tests.factories.sap import packet, stock_message, stock_row
from tests.factories.sap_articles import artmas, zlisting
from tests.factories.sap_customers import debmas, zcredit
from tests.factories.sap_documents import desadv, invoic, ordrsp
from tests.factories.sap_prices import cond_a

EVENTS = sorted((Path(__file__).parents[2] / "events").glob("sap-*.json"))

IDOCS = {
    "ARTMAS": artmas(),
    "COND_A": cond_a(),
    "DEBMAS": debmas(),
    "DESADV": desadv(),
    "INVOIC": invoic(),
    "ORDRSP": ordrsp(),
    "ZCREDIT": zcredit(),
    "ZLISTING": zlisting(),
}


def _message(family: str) -> Any:
    if family == "stock":
        return json.loads(stock_message(stock_row(receipts=[("20261201", 4)])))
    [shaped] = read_shapes(packet(IDOCS[family]))
    return shaped.segments


def _messages(path: Path, data: bytes) -> list[tuple[str, Any]]:
    """What a recorded push has, by family, in the normal form."""
    if path.stem.startswith("sap-inventory"):
        return [("stock", normal(read_json_value(data))[0])]
    found = [one.segments for one in read_shapes(data)]
    return [(one["EDI_DC40"][0]["MESTYP"], one) for one in found]


def _faults(family: str, message: Any) -> Iterator[Any]:
    yield from Draft202012Validator(schema(family)).iter_errors(message)


def test_every_family_has_a_schema(tmp_path: Path) -> None:
    assert set(MODELS) == KINDS
    assert main([str(tmp_path)]) == 0
    assert {path.stem for path in tmp_path.iterdir()} == KINDS
    for path in tmp_path.iterdir():
        Draft202012Validator.check_schema(json.loads(path.read_text()))


@pytest.mark.parametrize("family", MODELS)
def test_a_message_of_saps_fits_the_schema_and_one_without_its_head_does_not(family: str) -> None:
    message = _message(family)
    assert [fault.message for fault in _faults(family, message)] == []
    broken = copy.deepcopy(message)
    del broken[next(name for name in message if name != "EDI_DC40")]
    assert list(_faults(family, broken))


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_what_was_recorded_fits_the_schema(path: Path) -> None:
    data = base64.b64decode(json.loads(path.read_text())["message"]["data"])
    for family, message in _messages(path, data):
        assert [fault.message for fault in _faults(family, message)] == []


def test_of_each_family_there_is_a_recorded_message() -> None:
    found = {
        family
        for path in EVENTS
        for family, _ in _messages(
            path, base64.b64decode(json.loads(path.read_text())["message"]["data"])
        )
    }
    assert found == KINDS
