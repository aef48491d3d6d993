"""`make sap-check` with a customer and articles tries a whole order, and tells all that is missing."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulators.sap.customizing import read_settings
from emulators.sap.server import CLIENT_PATH, StandIn, serve
from infra import sap_check
from shared.market.model import PLANTS
from shared.sap.source_system import SourceSystem
from tests.integration.emulators.sap.data import (
    GENERIC,
    LARGE,
    SMALL,
    article,
    small_data,
    stock_row,
)

SOCKS = "000000000000010222"
PAIR = "000000000010222001"
SAMPLE = [
    *("--customer", "100001", "--door", "200001", "--article", "10123001", "--plant", "EU01"),
    *("--pair", "10222001", "--payment-terms", "NT30", "--incoterms", "DAP"),
]
Settings = dict[str, Any]
Run = Callable[..., list[str]]


def _in_one_sales_area() -> Settings:
    settings = read_settings("ecc_eu").model_dump(mode="json")
    return settings | {"sales_areas": settings["sales_areas"][:1], "markets": ["DE"]}


def _data() -> Any:
    socks = json.loads(
        json.dumps(article()).replace(GENERIC, SOCKS).replace("10123001", "10222001")
    )
    socks["E1BPE1VARKEY"] = socks["E1BPE1VARKEY"][:1]
    socks["E1BPE1MARART"] = [{"MATERIAL": SOCKS, "BASE_UOM": "PAA", "BASE_UOM_ISO": "PR"}]
    stock = [stock_row(material, "9.000", []) for material in (SMALL, LARGE, PAIR)]
    there = [*stock, {**stock[0], "WERKS": "US01"}]
    return small_data(articles=[article(), socks], stock=there)


@pytest.fixture(scope="module")
def sap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    patch = pytest.MonkeyPatch()
    patch.syspath_prepend(str(CLIENT_PATH))
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
        patch.delitem(sys.modules, name)
    numbers = ("0500000000", "0599999999")
    folder = tmp_path_factory.mktemp("sap")
    with serve(
        _data(),
        folder,
        external_numbers=numbers,
        settings=SourceSystem.model_validate(_in_one_sales_area()),
    ) as stand_in:
        yield stand_in
    patch.undo()


@pytest.fixture
def run(
    sap: StandIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """The lines of the command with settings of ours, which may not be SAP's."""
    monkeypatch.setattr(sap_check, "SYSTEMS", tmp_path)

    def check(settings: Settings, *options: str) -> list[str]:
        (tmp_path / "ours.json").write_text(json.dumps(settings))
        destination = tmp_path / "destination.json"
        destination.write_text(json.dumps(sap.destination))
        status = sap_check.main(
            ["--system", "ours", "--destination", str(destination), *(options or SAMPLE)]
        )
        lines = capsys.readouterr().out.splitlines()
        assert status == any(line.startswith("MISSING") for line in lines)
        assert httpx.get(f"{sap.control_url}/orders").json() == []
        return lines

    return check


def test_a_sap_that_has_all_takes_the_whole_order_and_each_part(run: Run) -> None:
    told = run(_in_one_sales_area())
    assert {line.split()[0] for line in told} == {"ok"}
    for part in (
        "number 0500000000",
        "number 0599999999",
        "partner function WE",
        "payment terms NT30",
        "incoterms DAP",
        "text ZSEA",
        "condition type KA00",
        "unit PR (PAA)",
        "reason for rejection ZS",
        "all of it",
    ):
        assert f"ok       pre_book order ZPRE in 1000/10/00: {part}" in told
    assert "ok       plant US01, storage location 0002" in told


@pytest.fixture(autouse=True)
def plant(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the brand's that SAP has not."""
    monkeypatch.setitem(PLANTS, "EU09", PLANTS["EU01"])


def _both(*changes: Callable[[Settings], None]) -> Callable[[Settings], None]:
    def change(settings: Settings) -> None:
        for one in changes:
            one(settings)

    return change


def _set(place: str, value: Any) -> Callable[[Settings], None]:
    *way, last = place.split("/")

    def change(settings: Settings) -> None:
        found: Any = settings
        for name in way:
            found = found[int(name) if name.isdigit() else name]
        found[last] = value

    return change


FAULTS = {
    "number 0699999999": _set("orders/numbers", "0500000000-0699999999"),
    "text YCAN": _set("orders/texts/cancel_by", "YCAN"),
    "text YSEA": _set("orders/texts/season", "YSEA"),
    "text YPON": _set("orders/texts/po_written", "YPON"),
    "text YSKU": _set("orders/texts/item", "YSKU"),
    "condition type YR00": _set("orders/condition", "YR00"),
    "condition type YA00": _both(
        _set("prices/discounts/0/type", "YA00"),
        lambda settings: settings["buyer_texts"]["discounts"].pop("KA00"),
    ),
    "unit PCE (PCS)": _both(_set("orders/units/PCE", "PCS"), _set("articles/units/PCS", "PCE")),
    "unit PR (PAR)": _set("orders/units/PR", "PAR"),
    "partner function SP": _set("partners/sold_to", "SP"),
    "partner function SH": _set("partners/ship_to", "SH"),
    "reason for rejection YY": _both(
        _set("withdrawn", "YY"), _set("buyer_texts/rejections/YY", "at_your_request")
    ),
    "plant EU09": _set("stock/plants/EU09", []),
    "plant US01, storage location 0009": _set("stock/plants/US01", ["0001", "0009"]),
}


@pytest.mark.parametrize("part", FAULTS)
def test_a_setting_that_sap_lacks_is_named(run: Run, part: str) -> None:
    settings = _in_one_sales_area()
    FAULTS[part](settings)
    assert [line for line in run(settings) if line.startswith("MISSING") and f"{part}: " in line]


def test_an_order_type_that_sap_lacks_leaves_its_parts_unseen(run: Run) -> None:
    settings = _in_one_sales_area()
    settings["order_types"]["pre_book"] = "YPRE"
    of_type = [line for line in run(settings) if "YPRE" in line]
    assert [line.split()[0] for line in of_type] == ["MISSING", "UNSEEN"]


def test_terms_that_sap_lacks_are_named(run: Run) -> None:
    named = [*SAMPLE[:-4], "--payment-terms", "YY99", "--incoterms", "YYY"]
    missing = [line for line in run(_in_one_sales_area(), *named) if line.startswith("MISSING")]
    assert [line.split(": ")[1] for line in missing] == ["payment terms YY99", "incoterms YYY"] * 2


def test_all_that_is_missing_is_told_at_once(run: Run) -> None:
    settings = _in_one_sales_area()
    for fault in FAULTS.values():
        fault(settings)
    told = run(settings)
    for part in FAULTS:
        assert [line for line in told if line.startswith("MISSING") and f"{part}: " in line], part


def test_what_no_option_names_is_unseen_and_not_missing(run: Run) -> None:
    told = run(_in_one_sales_area(), *SAMPLE[:8])
    unseen = [line.split(": ")[1] for line in told if line.startswith("UNSEEN")]
    assert unseen == ["payment terms", "incoterms", "unit PR"] * 2


def test_half_an_order_is_not_tried(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(_in_one_sales_area(), "--customer", "100001")
    assert "door, article, plant" in capsys.readouterr().err
