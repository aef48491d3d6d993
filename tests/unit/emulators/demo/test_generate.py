"""The data set as a whole: determinism, stamps, stock, pictures and files."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from emulators.demo.generate import SECTIONS, generate, write
from emulators.demo.stock import LAST_PAIRS_SIZE
from emulators.demo.systems import ECC_EU
from tests.unit.emulators.demo.worlds import TODAY, days, full, rows, seeds, small


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(generate(7, 26, 9, TODAY), tmp_path / name)
    write(generate(8, 26, 9, TODAY), tmp_path / "other")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    assert _bytes(tmp_path / "one") != _bytes(tmp_path / "other")


def test_the_full_size_is_deterministic() -> None:
    again = generate(1, len(full().styles), len(full().companies), TODAY)
    assert all(getattr(again, section) == getattr(full(), section) for section in SECTIONS)


def test_files_hold_what_was_generated(tmp_path: Path) -> None:
    data = small(1)
    write(data, tmp_path)
    sap = json.loads((tmp_path / "sap.json").read_text(encoding="utf-8"))
    assert list(sap) == list(SECTIONS)
    assert all(sap[section] == getattr(data, section) for section in SECTIONS)
    assert json.loads((tmp_path / "accounts.json").read_text(encoding="utf-8")) == data.accounts
    pictures = {row["PICTURE"] for row in rows(data.articles, "Z1COLOR")}
    assert {path.name for path in (tmp_path / "media").iterdir()} == pictures


@settings(max_examples=10, deadline=None)
@given(seeds, days)
def test_stamps_rise_and_lie_before_the_day(seed: int, today: date) -> None:
    data = small(seed, today)
    idocs = [i for section in SECTIONS[:-1] for i in getattr(data, section)]
    stamps = [idoc["EDI_DC40"]["SERIAL"] for idoc in idocs]
    assert stamps == sorted(set(stamps))
    assert len({idoc["EDI_DC40"]["DOCNUM"] for idoc in idocs}) == len(idocs)
    latest = max(*stamps, *(row["CHANGED"] for row in data.stock))
    assert len(latest) == 20
    # By UTC, as days of the demo are.
    assert latest < f"{today:%Y%m%d}"


def _values(segments: Any) -> Iterator[Any]:
    """All that stands in the fields of segments, and of those within them."""
    if isinstance(segments, dict | list):
        for inner in segments.values() if isinstance(segments, dict) else segments:
            yield from _values(inner)
    else:
        yield segments


def test_every_value_in_an_idoc_is_text() -> None:
    for section in SECTIONS[:-1]:
        for idoc in getattr(full(), section):
            assert all(isinstance(value, str) for value in _values(idoc))


def test_every_sku_has_stock_rows_of_both_plants() -> None:
    data = full()
    keys = [(row["MATNR"], row["WERKS"]) for row in data.stock]
    articles = {row["VARIANT"] for row in rows(data.articles, "E1BPE1VARKEY")}
    assert len(keys) == len(set(keys))
    assert set(keys) == {(article, plant) for article in articles for plant in ECC_EU.plants}
    assert {row["LABST"] == "0.000" for row in data.stock} == {True, False}
    assert any(row["RECEIPTS"] for row in data.stock)


def test_receipts_are_dated_after_today() -> None:
    for row in full().stock:
        dates = [receipt["DAT00"] for receipt in row["RECEIPTS"]]
        assert dates == sorted(set(dates))
        assert all(day > TODAY.strftime("%Y%m%d") for day in dates)
        assert float(row["OMENG"]) <= float(row["LABST"])


@settings(max_examples=10, deadline=None)
@given(seeds, days)
def test_ten_pairs_are_left_of_the_first_style(seed: int, today: date) -> None:
    data = small(seed, today)
    style = data.styles[0]
    assert (style.number, style.multiple, style.minimum) == (10001, 1, 0)
    sku = next(sku for sku in style.skus if sku.size.label == LAST_PAIRS_SIZE["eu"])
    assert sku.colour.code == "010"
    (row,) = (
        row
        for row in data.stock
        if row["MATNR"].lstrip("0") == sku.article and row["WERKS"] == "EU01"
    )
    assert (row["LABST"], row["OMENG"], row["RECEIPTS"]) == ("10.000", "0.000", [])


def test_pictures_are_small_drawings_without_text_or_scripts() -> None:
    drawn = dict(full().pictures())
    assert drawn.keys() == {row["PICTURE"] for row in rows(full().articles, "Z1COLOR")}
    for name, picture in drawn.items():
        assert re.fullmatch(r"\d{5}-\d{3}\.svg", name)
        assert len(picture.encode()) < 3_000
    for picture in list(drawn.values())[::50]:
        root = ET.fromstring(picture)
        assert root.get("viewBox") == "0 0 400 400"
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags.isdisjoint({"text", "script", "image", "foreignObject", "a"})


def test_the_colour_of_a_colourway_is_in_its_picture() -> None:
    drawn = dict(full().pictures())
    for row in list(rows(full().articles, "Z1COLOR"))[::50]:
        assert f"#{row['HEX']}" in drawn[row["PICTURE"]]


@pytest.mark.parametrize(("styles", "companies"), [(1, 4), (13, 5), (60, 85)])
def test_any_size(styles: int, companies: int) -> None:
    data = generate(3, styles, companies, TODAY)
    assert (len(data.articles), len(data.customers)) == (styles, companies)
    assert len({company.domain for company in data.companies}) == companies
