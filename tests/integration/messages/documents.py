"""ORDRSP, DESADV and INVOIC: what becomes of orders."""

from collections.abc import Mapping
from typing import Any

from shared.order.model import Order
from shared.sap.source_system import SourceSystem
from shared.store import to_document
from tests.factories.company import company
from tests.factories.order import order, order_line
from tests.factories.sap import Idoc
from tests.factories.sap_documents import desadv, invoic, ordrsp
from tests.integration.messages.family import Documents, Family, of, styles
from tests.support.sap_fields import (
    ANY,
    IGNORED,
    MISSING,
    REFUSED,
    SAME,
    TOLD,
    Effects,
    Values,
    block,
    code,
    day,
    key,
    number,
    refused,
    unread,
)

NUMBERS = ("7K3Q9XZ4M2-001", "7K3Q9XZ4M2-002")
"""Orders: the one that messages are about, and another."""


def _before(system: SourceSystem) -> Documents:
    medium = order_line("10123-010-M", "10123002", 5, position=20)
    placed = (order(one, [order_line(quantity=12), medium]) for one in NUMBERS)
    return {
        **styles(system),
        "companies/100001": to_document(company()),
        **{f"orders/{one.number}": to_document(one) for one in placed},
    }


def _order_view(stored: Mapping[str, Any]) -> Any:
    one = Order.model_validate(stored)
    lines = [
        {"pieces": line.quantity, "rejected": line.rejected,
         "confirmed": [f"{c.on} {c.quantity}" for c in line.confirmed]}
        for line in one.lines
    ]  # fmt: skip
    return {
        "lines": lines,
        "status": one.status.value,
        "net": one.net.amount,
        "holds": [hold.kind.value for hold in one.holds],
        "versions": len(one.versions),
        "sap_number": one.sap_number,
        "related": [to_document(each) | {"stamp": ""} for each in one.related],
        "shipments": [to_document(each) | {"stamp": ""} for each in one.shipments],
        "invoices": [to_document(each) | {"stamp": ""} for each in one.invoices],
    }


_ITEMS = ((10, "10123001", 12, ""), (20, "10123002", 3, ""))


def _ordrsp(system: SourceSystem, number: str = NUMBERS[0]) -> Idoc:
    return of(
        system,
        ordrsp(
            number,
            lines=_ITEMS,
            ordered={10: 12, 20: 5},
            order_type=system.order_types.at_once,
            sap_number="4711" if number == NUMBERS[0] else "4712",
        ),
    )


def _held(kind: str) -> Mapping[str, Any]:
    return {"holds": [kind]}


def _response_fields(system: SourceSystem) -> Mapping[str, Values]:
    item = "E1EDP01#1"
    rejected = {"lines.1.rejected": True, "lines.1.confirmed": []}
    kinds = system.documents.order_types
    return {
        "E1EDK01/BELNR": key({"4711": SAME}, bad=("9999",)),
        "E1EDK01/CURCY": code({"EUR": SAME, "USD": REFUSED, "eur": REFUSED}),
        "E1EDK01/ACTION": unread(),
        "E1EDK01/LIFSK": block(_held("delivery_block")),
        "E1EDK14#1/ORGID": [
            ("ZZ", (SAME,)), ("", (SAME,)),
            *((one, ({"related": ANY, "lines.0.confirmed": [], "lines.1.confirmed": [],
                      "status": "accepted", "sap_number": None},)) for one in kinds),
        ],
        "E1EDK02/QUALF": code({}, other=IGNORED, empty=IGNORED),
        "E1EDK02/BELNR": [
            (f"{NUMBERS[0]}/", (SAME,)), ("PO 4711", (IGNORED,)), ("", (IGNORED,)), ("\x00", (IGNORED,)),
            ("AAAAAAAAAA-001/x", (REFUSED,)), ([], (REFUSED,)), (MISSING, (REFUSED,)),
        ],
        "E1EDK02#1/BELNR": [("4711", (SAME,)), ("9999", (REFUSED,)), ("", (REFUSED,)), ([], (REFUSED,))],
        "E1EDK03/UZEIT": unread(),
        "E1EDK03/DATUM": [("20261121", (SAME,)), *refused("abc", "20260230")],
        "Z1CREATED/ERDAT_TS": [
            ("20261122141600000000", (SAME,)), ("20261122141600", (SAME,)),
            *refused("", "2026", "abc", "9" * 20, "9" * 5_000,
                                            "２０２６１１２２１４１６００００００００", [], True, MISSING),
        ],
        "Z1STATUS/CMGST": [("B", (_held("credit"),)), ("C", (_held("credit"),)), ("D", (SAME,)),
                           ("", (SAME,)), ([], (REFUSED,))],
        "Z1STATUS/UVALL": [("A", (_held("incomplete"),)), ("B", (_held("incomplete"),)), ("", (SAME,))],
        "Z1STATUS/FAKSK": block(_held("billing_block")),
        f"{item}/POSEX": number({"20": SAME, 20: SAME}, bad=("10", "1.5", "000010")),
        f"{item}/MENGE": number({"5.000": SAME, 5: SAME, "4": {"lines.1.pieces": 4, "versions": 2,
                                 "net": 12 * 2500 + 4 * 2500}}, bad=("1.5",)),
        f"{item}/MENEE": code({"PCE": SAME, "": SAME, "KGM": REFUSED}, missing=SAME),
        f"{item}/ABGRU": [("Z1" if system.withdrawn == "ZS" else "ZS", (rejected,)), ("", (SAME,)),
                          ([], (REFUSED,))],
        f"{item}/E1EDP20/WMENG": number(
            {"2.000": {"lines.1.confirmed": ["2026-12-01 2"]}, "0": {"lines.1.confirmed": []}},
            bad=("1.5",)),
        f"{item}/E1EDP20/EDATU": day({"20261224": {"lines.1.confirmed": ["2026-12-24 3"]}}),
        f"{item}/E1EDP19/IDTNR": unread(),
        f"{item}/E1EDP19#1/QUALF": code({}),
        f"{item}/E1EDP19#1/IDTNR": key({"10123002": SAME}, bad=("99999999",)),
    }  # fmt: skip


_RESPONSE_STRUCTURE: dict[tuple[str, str], Effects] = {
    ("E1EDK14", "dropped"): (SAME,),
    ("E1EDK14", "doubled"): (SAME,),
    ("E1EDK02", "doubled"): (SAME,),
    ("E1EDK03", "dropped"): (SAME,),
    ("E1EDK03", "doubled"): (SAME,),
    ("Z1STATUS", "dropped"): (SAME,),
    ("E1EDP01/E1EDP20", "dropped"): ({"lines.0.confirmed": []},),
    ("E1EDP01/E1EDP20", "doubled"): ({"lines.0.confirmed": ["2026-12-01 12", "2026-12-01 12"]},),
    ("E1EDP01/E1EDP19", "doubled"): (SAME,),
}


def _desadv(system: SourceSystem, number: str = NUMBERS[0]) -> Idoc:
    is_own = number == NUMBERS[0]
    return of(
        system,
        desadv(
            "80000001" if is_own else "80000002",
            items=[(10, "10123001", 12), (20, "10123002", 3)],
            order=number,
            sap_number="4711" if is_own else "4712",
        ),
    )


def _delivery_fields(system: SourceSystem) -> Mapping[str, Values]:
    item, sent = "E1EDL20/E1EDL24#1", "shipments.0.quantities.20"
    none = {"shipments.0.quantities.20": 0}
    case = {sent: 36, "status": "shipped"}
    return {
        "E1EDL20/VBELN": key({"80000001": SAME, "80000009": {"shipments.0.number": "80000009"}}),
        "E1EDL20/ROUTE": unread(),
        "E1EDL20/BOLNR": [("T1", ({"shipments.0.tracking": "T1"},)), ("x" * 36, (REFUSED,)),
                          ("", ({"shipments.0.tracking": ""},)), ([], (REFUSED,))],
        "E1EDL20/E1EDL21/LFART": [
            (system.documents.returns[0], ({"shipments.0.returns": True, "status": ANY,
                                            "lines": ANY, "sap_number": ANY,
                                            "shipments.0.sales_order": "4711"},)),
            ("ZZ", (SAME,)), ("", (SAME,)),
        ],
        "E1EDL20/E1EDL18/QUALF": [("DEL", ({"shipments.0.cancelled": True, "status": "confirmed"},)),
                                  ("ZZ", (SAME,)), (MISSING, (REFUSED,))],
        "E1EDL20/E1ADRM1#1/NAME1": [("UPS", ({"shipments.0.carrier": "UPS"},)), ("x" * 41, (REFUSED,))],
        "E1EDL20/E1ADRM1/NAME1": [("Elsewhere", (SAME,)), ("", (SAME,))],
        "E1EDL20/E1EDT13#1/ISDD": [
            ("00000000", ({"shipments.0.shipped_at": None, "status": "confirmed"},)),
            ("", ({"shipments.0.shipped_at": None, "status": "confirmed"},)),
            *refused("20260230", "abc", "２０２６１２０１", "9" * 5_000, [], True),
        ],
        "E1EDL20/E1EDT13#1/ISDZ": [
            *refused("250000", "abc", "９９", "9" * 5_000, [], True, "08:15:00.5"),
        ],
        f"{item}/POSNR": number({"2": SAME, "000002": SAME}, bad=("1", "1.5")),
        f"{item}/MATNR": key({"10123002": SAME}),
        f"{item}/LFIMG": number({"2.000": {sent: 2}, "0": none}, bad=("1.5",)),
        f"{item}/VRKME": code({"": SAME, "ST": SAME, "CT": case, system.articles.case: case,
                               "KGM": REFUSED}, missing=SAME),
        f"{item}/LGMNG": number({"": SAME, "3.000": SAME}, missing=SAME, bad=("1.5",)),
        f"{item}/VGBEL": key({"4711": SAME}),
        f"{item}/VGPOS": number({"20": SAME}, bad=("1.5",)),
        f"{item}/E1EDL41/BSTNR": [("PO of a shop", ({sent: ANY},)), ([], (REFUSED,)),
                                  ("AAAAAAAAAA-001/x", ({"": TOLD, sent: ANY},))],
    }  # fmt: skip


_DELIVERY_STRUCTURE: dict[tuple[str, str], Effects] = {
    # Of no order of ours: nobody can tell whose a delivery without items is.
    ("E1EDL20/E1EDL24", "dropped"): (IGNORED,),
    ("E1EDL20/E1EDL21", "dropped"): (SAME,),
    ("E1EDL20/E1EDL21", "doubled"): (SAME,),
    ("E1EDL20/E1EDL18", "dropped"): (SAME,),
    ("E1EDL20/E1EDL18", "doubled"): (SAME,),
    ("E1EDL20/E1ADRM1", "dropped"): ({"shipments.0.carrier": ""},),
    ("E1EDL20/E1ADRM1", "doubled"): (SAME,),
    ("E1EDL20/E1EDT13", "dropped"): ({"shipments.0.shipped_at": None, "status": "confirmed"},),
    ("E1EDL20/E1EDT13", "doubled"): (SAME,),
    ("E1EDL20/E1EDL24/E1EDL41", "dropped"): ({"shipments.0.quantities.10": ANY},),
    ("E1EDL20/E1EDL24/E1EDL41", "doubled"): (SAME,),
}


def _invoic(system: SourceSystem, number: str = NUMBERS[0]) -> Idoc:
    is_own = number == NUMBERS[0]
    return of(
        system,
        invoic(
            "90000001" if is_own else "90000002",
            items=[(10, 12), (20, 3)],
            order=number,
            sap_number="4711" if is_own else "4712",
            net="375.00",
            gross="446.25",
        ),
    )


def _invoice_fields(system: SourceSystem) -> Mapping[str, Values]:
    item, billed = "E1EDP01#1", "invoices.0.quantities.20"
    case = {billed: 36}
    return {
        "E1EDK01/BELNR": key({"90000001": SAME, "90000009": {"invoices.0.number": "90000009"}}),
        "E1EDK01/CURCY": code({"EUR": SAME, "eur": REFUSED, "USD": REFUSED}),
        "E1EDK01/BSART": [("INVO", (SAME,)), (system.documents.credit_memos[0], (
            {"invoices.0.credit_memo": True},))],
        "E1EDK01/ACTION": [("000", (SAME,)), ("", (SAME,)), ("001", (REFUSED,))],
        "E1EDK02/BELNR": [("", (SAME,)), ("x", (SAME,)), (MISSING, (REFUSED,))],
        "E1EDK03/IDDAT": code({"012": REFUSED}),
        "E1EDK03/DATUM": day({"20261224": {"invoices.0.on": "2026-12-24"}}),
        f"{item}/POSEX": number({"2": SAME, 2: SAME}, bad=("1", "1.5")),
        f"{item}/MENGE": number({"2.000": {billed: 2}, 2: {billed: 2}}, bad=("1.5",)),
        f"{item}/MENEE": code({"": SAME, "ST": SAME, "CT": case, system.articles.case: case,
                               "KGM": REFUSED}, missing=SAME),
        f"{item}/E1EDP02#1/BELNR": key({"4711": SAME}),
        f"{item}/E1EDP02#1/ZEILE": number({"20": SAME}, bad=("1.5",)),
        f"{item}/E1EDP02/BELNR": [("PO of a shop", ({billed: ANY},)), ([], (REFUSED,))],
        f"{item}/E1EDP02#2/ZEILE": unread(),
        "E1EDS01/SUMID": code({}),
        "E1EDS01/SUMME": number(
            {"300.00": {"invoices.0.net.amount": 30_000}, 300: {"invoices.0.net.amount": 30_000},
             "300.00-": {"invoices.0.net.amount": -30_000}},
            bad=("1.005", "9" * 18 + ".00"), negative=True),
    }  # fmt: skip


_INVOICE_STRUCTURE: dict[tuple[str, str], Effects] = {
    ("E1EDP01", "dropped"): (IGNORED,),
    ("E1EDK02", "dropped"): (SAME,),
    ("E1EDK02", "doubled"): (SAME,),
    ("E1EDK03", "doubled"): (SAME,),
    ("E1EDP01/E1EDP02", "dropped"): ({"invoices.0.quantities.10": ANY},),
    ("E1EDP01/E1EDP02", "doubled"): (SAME,),
    ("E1EDS01", "doubled"): (SAME,),
}


ORDRSP = Family(
    "ORDRSP",
    "sync_order_status",
    "sap-orders",
    _ordrsp,
    lambda system: _ordrsp(system, NUMBERS[1]),
    f"orders/{NUMBERS[0]}",
    f"orders/{NUMBERS[1]}",
    _response_fields,
    _order_view,
    _before,
    _RESPONSE_STRUCTURE,
)

DESADV = Family(
    "DESADV",
    "sync_order_status",
    "sap-orders",
    _desadv,
    lambda system: _desadv(system, NUMBERS[1]),
    f"orders/{NUMBERS[0]}",
    f"orders/{NUMBERS[1]}",
    _delivery_fields,
    _order_view,
    _before,
    _DELIVERY_STRUCTURE,
)

INVOIC = Family(
    "INVOIC",
    "sync_order_status",
    "sap-orders",
    _invoic,
    lambda system: _invoic(system, NUMBERS[1]),
    f"orders/{NUMBERS[0]}",
    f"orders/{NUMBERS[1]}",
    _invoice_fields,
    _order_view,
    _before,
    _INVOICE_STRUCTURE,
)
