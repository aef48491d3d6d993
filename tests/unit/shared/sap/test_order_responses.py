from datetime import date

import pytest

from shared.order.model import Confirmation
from shared.sap.fault import UntranslatableMessageError
from shared.sap.order_responses import SapOrderLine, SapOrderStatus, order_status
from tests.factories.sap import ECC, STAMP, packet
from tests.factories.sap_documents import ordrsp
from tests.support.idocs import read_packet


def _status(idoc: dict) -> SapOrderStatus | None:
    return read_packet(packet(idoc), ECC, {"ORDRSP": order_status})[0]


def test_an_order_response() -> None:
    idoc = ordrsp(lines=[(10, "10123001", 5, ""), (20, "10123002", 0, "Z1")])
    idoc["E1EDP01"][0]["E1EDP20"].append({"WMENG": "2.000", "EDATU": "20261115"})
    idoc["E1EDP01"][0]["E1EDP19"].append({"QUALF": "003", "IDTNR": "4006381333931"})
    assert _status(idoc) == SapOrderStatus(
        number="7K3Q9XZ4M2-001",
        stamp=STAMP,
        sap_number="4711",
        sap_stamp="20261122141700000000",
        currency="EUR",
        on=date(2026, 11, 22),
        lines={
            10: SapOrderLine(
                article="10123001",
                ordered=5,
                rejection="",
                confirmed=[
                    Confirmation(on=date(2026, 11, 15), quantity=2),
                    Confirmation(on=date(2026, 12, 1), quantity=5),
                ],
            ),
            20: SapOrderLine(article="10123002", ordered=5, rejection="Z1", confirmed=[]),
        },
    )


@pytest.mark.parametrize("reference", ["", "PO 4711", "7K3Q9XZ4M2-001", "7k3q9xz4m2-001/PO"])
def test_orders_of_other_channels_are_not_ours(reference: str) -> None:
    idoc = ordrsp(E1EDK02=[{"QUALF": "001", "BELNR": reference}])
    del idoc["Z1CREATED"]
    assert _status(idoc) is None


def test_faults_are_named() -> None:
    idoc = ordrsp()
    idoc["E1EDK02"][1]["BELNR"] = "0000004712"
    idoc["E1EDP01"][0]["E1EDP19"] = []
    with pytest.raises(UntranslatableMessageError) as raised:
        _status(idoc)
    text = "\n".join(raised.value.reasons)
    assert "refers to 0000004712, not to 4711" in text
    assert "no article of position 10" in text
