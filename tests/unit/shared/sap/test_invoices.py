from datetime import date
from typing import Any

import pytest

from shared.money import Money
from shared.order.documents import Invoice
from shared.sap.fault import UntranslatableMessageError
from shared.sap.invoices import SapInvoice, invoices
from tests.factories.sap import ECC, STAMP, Idoc, packet
from tests.factories.sap_documents import invoic
from tests.support.idocs import read_packet


def _invoices_of(idoc: Idoc) -> list[SapInvoice]:
    return read_packet(packet(idoc), ECC, {"INVOIC": invoices})[0]


def test_an_invoice() -> None:
    assert _invoices_of(invoic(items=[(10, 5), (20, 3), (10, 1)])) == [
        SapInvoice(
            number="7K3Q9XZ4M2-001",
            sap_number="4711",
            invoice=Invoice(
                number="90000001",
                stamp=STAMP,
                on=date(2026, 12, 2),
                net=Money(amount=12500, currency="EUR"),
                gross=Money(amount=14875, currency="EUR"),
                quantities={10: 6, 20: 3},
            ),
        )
    ]


def test_sums_have_the_currencys_own_decimals() -> None:
    """SUMME is not shifted as SAP's CURR fields are."""
    [told] = _invoices_of(invoic(net="12990", gross="16497", currency="HUF"))
    assert told.invoice.net == Money(amount=1299000, currency="HUF")
    [told] = _invoices_of(invoic(net="12990", gross="16497", currency="JPY"))
    assert told.invoice.gross == Money(amount=16497, currency="JPY")


def test_a_reversal_names_what_it_takes_back() -> None:
    [told] = _invoices_of(invoic("90000002", cancels="90000001"))
    assert (told.invoice.number, told.invoice.cancels) == ("90000002", "90000001")


def test_other_channels_invoices_are_ignored() -> None:
    assert _invoices_of(invoic(order="Fax of 12 May")) == []


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        ({"E1EDK01": []}, "E1EDK01"),
        ({"E1EDS01": [{"SUMID": "010", "SUMME": "1.00"}]}, "no sum 011"),
        ({"E1EDS01": [{"SUMID": s, "SUMME": "1.001"} for s in ("010", "011")]}, "finer than"),
        ({"E1EDK03": [{"IDDAT": "012", "DATUM": "20261202"}]}, "no billing date"),
        (
            {
                "E1EDP01": [
                    {
                        "POSEX": "000001",
                        "MENGE": "1.000",
                        "E1EDP02": [{"QUALF": "001", "BELNR": "7K3Q9XZ4M2-001/P"}],
                    }
                ]
            },
            "no sales order of item 1",
        ),
        ({"E1EDK01": [{"BELNR": "1", "CURCY": "EUR", "ACTION": "001"}]}, "names no document"),
    ],
)
def test_what_is_wrong_is_told(segments: dict[str, Any], reason: str) -> None:
    with pytest.raises(UntranslatableMessageError, match=reason):
        _invoices_of(invoic(**segments))


def test_a_credit_memo_is_none_of_the_invoices() -> None:
    [told] = _invoices_of(invoic(kind="CRME", sap_number="60000017"))
    assert (told.invoice.credit_memo, told.sap_number) == (True, "60000017")


def test_cases_are_told_as_cases() -> None:
    [told] = _invoices_of(invoic(items=[(10, 2)], unit="CT"))
    assert (told.invoice.quantities, told.cases) == ({}, {10: 2})
