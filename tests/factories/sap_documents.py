"""Deliveries and billing documents as SAP publishes them; say only what matters."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from tests.factories.sap import STAMP, Idoc, control, matnr

ORDER = "7K3Q9XZ4M2-001"
Item = tuple[int, str, int]


def desadv(
    number: str = "80000001",
    serial: str = STAMP,
    items: Iterable[Item] = ((10, "10123001", 5),),
    left: str = "20261201081500",
    *,
    deleted: bool = False,
    order: str = ORDER,
    sap_number: str = "4711",
    others: Iterable[tuple[str, str, Item]] = (),
    delivery_type: str = "LF",
    item_fields: Mapping[str, str] = MappingProxyType({}),
    **segments: Any,
) -> Idoc:
    """A delivery; an item is (position of the order, article, pieces).

    `left` is the goods issue (14 digits of SAP's clock), empty for none; `others` are items of
    other orders, each behind its PURCH_NO_C and sales order; `segments` are within E1EDL20.
    """
    rows = [(f"{order}/PO-42", sap_number, item) for item in items] + list(others)
    return {
        "EDI_DC40": control("DESADV", serial, IDOCTYP="DELVRY07"),
        "E1EDL20": [
            {
                "VBELN": number.zfill(10),
                "ROUTE": "DE0001",
                "BOLNR": "00340434161094",
                "E1EDL21": [{"LFART": delivery_type}],
                "E1EDL18": [{"QUALF": "DEL" if deleted else "ORI"}],
                "E1ADRM1": [
                    {"PARTNER_Q": "WE", "PARTNER_ID": "0000100001", "NAME1": "Sporthaus"},
                    {"PARTNER_Q": "SP", "PARTNER_ID": "0000300001", "NAME1": "DHL Freight"},
                ],
                "E1EDT13": [
                    {"QUALF": "007", "NTANF": "20261203"},
                    {
                        "QUALF": "006",
                        "NTANF": "20261201",
                        "ISDD": left[:8] or "00000000",
                        "ISDZ": left[8:] or "000000",
                    },
                ],
                "E1EDL24": [
                    {
                        "POSNR": f"{index:06}",
                        "MATNR": matnr(article),
                        "LFIMG": f"{pieces}.000",
                        "VRKME": "PCE",
                        "VGBEL": vbeln.zfill(10),
                        "VGPOS": f"{position:06}",
                        "E1EDL41": [{"QUALI": "001", "BSTNR": reference}],
                        **item_fields,
                    }
                    for index, (reference, vbeln, (position, article, pieces)) in enumerate(
                        rows, start=1
                    )
                ],
                **segments,
            }
        ],
    }


def invoic(
    number: str = "90000001",
    serial: str = STAMP,
    items: Iterable[tuple[int, int]] = ((10, 5),),
    cancels: str | None = None,
    *,
    order: str = ORDER,
    sap_number: str = "4711",
    net: str = "125.00",
    gross: str = "148.75",
    currency: str = "EUR",
    kind: str = "INVO",
    unit: str = "PCE",
    **segments: Any,
) -> Idoc:
    """A billing document; an item is (position of the order, pieces), `kind` is its BSART."""
    rows = list(enumerate(items, start=1))
    head = {"BELNR": number.zfill(10), "CURCY": currency, "BSART": kind}
    references = [{"QUALF": "009", "BELNR": number.zfill(10)}]
    if cancels is not None:
        head["ACTION"] = "001"
        references.append({"QUALF": "011", "BELNR": cancels.zfill(10)})
    return {
        "EDI_DC40": control("INVOIC", serial, IDOCTYP="INVOIC02"),
        "E1EDK01": [head],
        "E1EDK02": references,
        "E1EDK03": [{"IDDAT": "026", "DATUM": "20261202"}],
        "E1EDP01": [
            {
                "POSEX": f"{i:06}",
                "MENGE": f"{pieces}.000",
                "MENEE": unit,
                "E1EDP02": [
                    {"QUALF": "001", "BELNR": f"{order}/PO-42"},
                    {
                        "QUALF": "002",
                        "BELNR": sap_number.zfill(10),
                        "ZEILE": f"{position:06}",
                    },
                    {"QUALF": "016", "BELNR": "0080000001", "ZEILE": f"{i:06}"},
                ],
            }
            for i, (position, pieces) in rows
        ],
        "E1EDS01": [
            {"SUMID": "010", "SUMME": net, "WAERQ": currency},
            {"SUMID": "011", "SUMME": gross, "WAERQ": currency},
        ],
        **segments,
    }
