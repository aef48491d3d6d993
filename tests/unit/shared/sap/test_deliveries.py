from datetime import UTC, datetime
from typing import Any

import pytest

from shared.order.model import Shipment
from shared.sap.deliveries import SapShipment, shipments
from shared.sap.fault import UntranslatableMessageError
from tests.factories.sap import ECC, STAMP, Idoc, packet
from tests.factories.sap_documents import desadv
from tests.support.idocs import read_packet


def _told(idoc: Idoc) -> list[SapShipment]:
    return read_packet(packet(idoc), ECC, {"DESADV": shipments})[0]


def test_a_delivery() -> None:
    items = [(10, "10123001", 5), (20, "10123002", 3), (10, "10123001", 1)]
    assert _told(desadv(items=items)) == [
        SapShipment(
            number="7K3Q9XZ4M2-001",
            sap_number="4711",
            articles={10: "10123001", 20: "10123002"},
            shipment=Shipment(
                number="80000001",
                stamp=STAMP,
                carrier="DHL Freight",
                tracking="00340434161094",
                shipped_at=datetime(2026, 12, 1, 8, 15, tzinfo=UTC),
                quantities={10: 6, 20: 3},
            ),
        )
    ]


def test_a_delivery_that_has_not_left_or_was_deleted() -> None:
    [packed] = _told(desadv(left=""))
    assert (packed.shipment.shipped_at, packed.shipment.cancelled) == (None, False)
    [deleted] = _told(desadv(left="", deleted=True))
    assert deleted.shipment.cancelled


def test_each_of_several_orders_gets_its_part() -> None:
    others = [
        ("8K3Q9XZ4M2-001/PO 7", "4712", (10, "10123002", 2)),
        ("Fax of 12 May", "4713", (10, "10123003", 9)),
    ]
    told = _told(desadv(others=others))
    assert [(one.number, one.sap_number, one.shipment.quantities) for one in told] == [
        ("7K3Q9XZ4M2-001", "4711", {10: 5}),
        ("8K3Q9XZ4M2-001", "4712", {10: 2}),
    ]


def test_other_channels_deliveries_are_ignored() -> None:
    assert _told(desadv(order="Fax of 12 May")) == []
    assert _told(desadv(E1EDL41=[])) == []


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        ({"E1EDL20": []}, "E1EDL20"),
        ({"E1EDL24": []}, "E1EDL24"),
        ({"E1EDT13": [{"QUALF": "006", "ISDD": "20261301"}]}, "E1EDT13/006"),
        ({"E1EDT13": [{"QUALF": "006", "ISDD": "20261201", "ISDZ": "2561"}]}, "E1EDT13/006"),
        (
            {"E1EDL41": [{"POSNR": "000009", "QUALI": "001", "BSTNR": "7K3Q9XZ4M2-001/P"}]},
            "names an item that E1EDL24 has not",
        ),
    ],
)
def test_what_is_wrong_is_told(segments: dict[str, Any], reason: str) -> None:
    with pytest.raises(UntranslatableMessageError, match=reason):
        _told(desadv(**segments))
