"""Sales orders, deliveries and billing documents as SAP publishes them; say only what matters."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from tests.factories.sap import STAMP, Idoc, control, matnr

ORDER = "7K3Q9XZ4M2-001"
Item = tuple[int, str, int]


def ordrsp(
    order: str = "7K3Q9XZ4M2-001",
    serial: str = STAMP,
    sap_number: str = "4711",
    created: str = "20261122141700000000",
    lines: Iterable[tuple[int, str, int, str]] = ((10, "10123001", 5, ""),),
    ordered: Mapping[int, int] | None = None,
    *,
    order_type: str = "TA",
    items: Mapping[int, Mapping[str, str]] | None = None,
    header: Mapping[str, str] | None = None,
    status: Mapping[str, str] | None = None,
    **segments: Any,
) -> Idoc:
    """A sales order; a line is (position, article, confirmed pieces, reason for rejection).

    Five pieces of each are `ordered`, unless said else; `items` are more fields of E1EDP01 by
    position, `header` of E1EDK01, `status` of Z1STATUS.
    """
    vbeln = sap_number.zfill(10)
    return {
        "EDI_DC40": control("ORDRSP", serial, IDOCTYP="ORDERS05"),
        "E1EDK01": [{"BELNR": vbeln, "CURCY": "EUR", "ACTION": "000", **(header or {})}],
        "E1EDK14": [{"QUALF": "008", "ORGID": "1000"}, {"QUALF": "012", "ORGID": order_type}],
        "E1EDK02": [
            {"QUALF": "001", "BELNR": f"{order}/PO-42"},
            {"QUALF": "002", "BELNR": vbeln},
        ],
        "E1EDK03": [{"IDDAT": "012", "DATUM": created[:8], "UZEIT": created[8:14]}],
        "Z1CREATED": [{"ERDAT_TS": created}],
        "Z1STATUS": [{"CMGST": "A", "UVALL": "C", "FAKSK": "", **(status or {})}],
        "E1EDP01": [
            {
                "POSEX": f"{position:06}",
                "MENGE": f"{(ordered or {}).get(position, 5)}.000",
                "MENEE": "PCE",
                "ABGRU": reason,
                "E1EDP20": [{"WMENG": f"{pieces}.000", "EDATU": "20261201"}],
                "E1EDP19": [
                    {"QUALF": "001", "IDTNR": "OF THE BUYER"},
                    {"QUALF": "002", "IDTNR": matnr(article)},
                ],
                **(items or {}).get(position, {}),
            }
            for position, article, pieces, reason in lines
        ],
        **segments,
    }


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
    issue = {"QUALF": "006", "NTANF": "20261201"}
    clock = {"ISDD": left[:8] or "00000000", "ISDZ": left[8:] or "000000"}
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
                "E1EDT13": [{"QUALF": "007", "NTANF": "20261203"}, {**issue, **clock}],
                "E1EDL24": [
                    {"POSNR": f"{i:06}", **_delivered(*row), **item_fields}
                    for i, row in enumerate(rows, start=1)
                ],
                **segments,
            }
        ],
    }


def _delivered(reference: str, sap_number: str, item: Item) -> dict[str, Any]:
    position, article, pieces = item
    return {
        "MATNR": matnr(article),
        "LFIMG": f"{pieces}.000",
        "VRKME": "PCE",
        "VGBEL": sap_number.zfill(10),
        "VGPOS": f"{position:06}",
        "E1EDL41": [{"QUALI": "001", "BSTNR": reference}],
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
