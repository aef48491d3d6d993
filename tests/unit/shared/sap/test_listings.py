from datetime import date

import pytest

from shared.assortment.model import Assortment, DeliveryWindow, Item
from shared.sap.fault import UntranslatableMessageError
from shared.sap.listings import assortment
from tests.factories.sap import ECC, STAMP, matnr, packet
from tests.factories.sap_articles import zlisting
from tests.support.idocs import read_packet


def _assortment(idoc: dict) -> Assortment:
    return read_packet(packet(idoc), ECC, {"ZLISTING": assortment})[0]


def test_rules_items_and_windows() -> None:
    rules = [("01", "BRAND", "NORD"), ("01", "GENDER", "W"), ("01", "GENDER", "U")]
    rules.append(("02", "SEASON", "SS27"))
    idoc = zlisting(
        Z1LISTRULE=[{"ASORT": "SPORT", "RULE": r, "FIELD": f, "VALUE": v} for r, f, v in rules],
        Z1LISTITEM=[
            {"ASORT": "SPORT", "SIGN": "I", "MATERIAL": matnr("10123"), "COLOR": "010"},
            {"ASORT": "SPORT", "SIGN": "E", "MATERIAL": matnr("10200"), "COLOR": ""},
        ],
    )
    assert _assortment(idoc) == Assortment(
        id="SPORT",
        stamp=STAMP,
        rules=[{"brand": ["NORD"], "gender": ["women", "unisex"]}, {"season": ["SS27"]}],
        included=[Item(style="10123", colour="010")],
        excluded=[Item(style="10200", colour="")],
        windows={
            "SS27-1": DeliveryWindow(
                id="SS27-1",
                kind="pre_book",
                season="SS27",
                ship_from=date(2027, 2, 1),
                ship_to=date(2027, 2, 28),
                opens=date(2026, 9, 1),
                cut_off=date(2026, 12, 15),
            )
        },
    )


def test_a_deleted_assortment_leaves_its_stamp_only() -> None:
    found = _assortment(zlisting(Z1LISTHEAD=[{"ASORT": "SPORT", "FUNCTION": "003"}]))
    assert found == Assortment(id="SPORT", stamp=STAMP, deleted=True)


def test_faults_are_named() -> None:
    idoc = zlisting(Z1LISTRULE=[{"ASORT": "SPORT", "RULE": "1", "FIELD": "COLOUR", "VALUE": "1"}])
    idoc["Z1LISTWINDOW"][0]["KIND"] = "X"
    with pytest.raises(UntranslatableMessageError) as raised:
        _assortment(idoc)
    assert "Z1LISTRULE/0/FIELD" in raised.value.reasons[0]
    assert "Z1LISTWINDOW/0/KIND" in raised.value.reasons[1]
