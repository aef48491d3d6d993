from datetime import UTC, datetime
from typing import Any

import pytest

from shared.order.documents import Shipment
from shared.sap.deliveries import SapShipment, shipments
from shared.sap.fault import UntranslatableMessageError
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, S4, STAMP, Idoc, packet
from tests.factories.sap_documents import desadv
from tests.support.idocs import read_packet


def _shipments_of(idoc: Idoc, system: SourceSystem = ECC) -> list[SapShipment]:
    idoc["EDI_DC40"]["SNDPRN"] = system.logical_system
    return read_packet(packet(idoc), system, {"DESADV": shipments})[0]


def test_a_delivery() -> None:
    items = [(10, "10123001", 5), (20, "10123002", 3), (10, "10123001", 1)]
    assert _shipments_of(desadv(items=items)) == [
        SapShipment(
            number="7K3Q9XZ4M2-001",
            sap_number="4711",
            articles={10: "10123001", 20: "10123002"},
            shipment=Shipment(
                number="80000001",
                stamp=STAMP,
                carrier="DHL Freight",
                tracking="00340434161094",
                shipped_at=datetime(2026, 12, 1, 7, 15, tzinfo=UTC),
                quantities={10: 6, 20: 3},
            ),
        )
    ]


def test_a_delivery_that_has_not_left_or_was_deleted() -> None:
    [packed] = _shipments_of(desadv(left=""))
    assert (packed.shipment.shipped_at, packed.shipment.cancelled) == (None, False)
    [deleted] = _shipments_of(desadv(left="", deleted=True))
    assert deleted.shipment.cancelled


def test_each_of_several_orders_gets_its_part() -> None:
    others = [
        ("8K3Q9XZ4M2-001/PO 7", "4712", (10, "10123002", 2)),
        ("Fax of 12 May", "4713", (10, "10123003", 9)),
    ]
    told = _shipments_of(desadv(others=others))
    assert [(one.number, one.sap_number, one.shipment.quantities) for one in told] == [
        ("7K3Q9XZ4M2-001", "4711", {10: 5}),
        ("8K3Q9XZ4M2-001", "4712", {10: 2}),
    ]


def test_other_channels_deliveries_are_ignored() -> None:
    assert _shipments_of(desadv(order="Fax of 12 May")) == []


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        ({"E1EDT13": [{"QUALF": "006", "ISDD": "20261301"}]}, "E1EDT13/006"),
        ({"E1EDT13": [{"QUALF": "006", "ISDD": "20261201", "ISDZ": "2561"}]}, "E1EDT13/006"),
    ],
)
def test_what_is_wrong_is_told(segments: dict[str, Any], reason: str) -> None:
    with pytest.raises(UntranslatableMessageError, match=reason):
        _shipments_of(desadv(**segments))


def test_a_message_of_no_delivery_is_refused() -> None:
    with pytest.raises(UntranslatableMessageError, match="E1EDL20"):
        _shipments_of({**desadv(), "E1EDL20": []})


@pytest.mark.parametrize(("system", "hour"), [(ECC, 7), (S4, 8)], ids=["ECC", "S4"])
def test_a_goods_issue_is_by_the_clock_of_the_system(system: SourceSystem, hour: int) -> None:
    [told] = _shipments_of(desadv(left="20261201081500"), system)
    assert told.shipment.shipped_at == datetime(2026, 12, 1, hour, 15, tzinfo=UTC)


def test_summer_time_is_that_of_the_day() -> None:
    [told] = _shipments_of(desadv(left="20260701081500"))
    assert told.shipment.shipped_at == datetime(2026, 7, 1, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize("system", [ECC, S4], ids=["ECC", "S4"])
def test_cases_are_told_as_cases_unless_sap_tells_their_pieces(system: SourceSystem) -> None:
    [told] = _shipments_of(desadv(items=[(10, "10123001", 2)], item_fields={"VRKME": "CT"}), system)
    assert (told.shipment.quantities, told.cases) == ({}, {10: 2})
    fields = {"VRKME": system.articles.case, "LGMNG": "24.000"}
    [told] = _shipments_of(desadv(items=[(10, "10123001", 2)], item_fields=fields), system)
    assert (told.shipment.quantities, told.cases) == ({10: 24}, {})


def test_an_unknown_unit_is_told() -> None:
    with pytest.raises(
        UntranslatableMessageError, match="E1EDL24/VRKME: the unit 'PAL' is neither"
    ):
        _shipments_of(desadv(item_fields={"VRKME": "PAL"}))
