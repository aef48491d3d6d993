"""A small SAP: one style in two sizes, a customer in Germany, one in Hungary, one blocked."""

from typing import Any

from emulators.sap.master import Data

SOLD_TO = "0000100001"
SHIP_TO = "0000200001"
HUNGARIAN = "0000100002"
HUNGARIAN_DOOR = "0000200002"
BLOCKED = "0000100003"
GENERIC = "000000000000010123"
SMALL = "000000000010123001"
LARGE = "000000000010123002"
STAMP = "20260101000000000000"


def _idoc(message_type: str, segments: dict[str, Any]) -> dict[str, Any]:
    control = {
        "TABNAM": "EDI_DC40",
        "MANDT": "100",
        "DOCNUM": "0000000000000001",
        "MESTYP": message_type,
        "SERIAL": STAMP,
    }
    return {"EDI_DC40": control} | segments


def article() -> dict[str, Any]:
    """A style with two variants."""
    return _idoc(
        "ARTMAS",
        {
            "E1BPE1MATHEAD": [{"FUNCTION": "004", "MATERIAL": GENERIC, "MATL_CAT": "01"}],
            "E1BPE1VARKEY": [
                {"MATERIAL": GENERIC, "VARIANT": SMALL},
                {"MATERIAL": GENERIC, "VARIANT": LARGE},
            ],
            "E1BPE1MAKTRT": [
                {"MATERIAL": GENERIC, "LANGU": "E", "LANGU_ISO": "EN", "MATL_DESC": "Tech Tee"}
            ],
            "E1BPE1MARART": [{"MATERIAL": GENERIC, "BASE_UOM": "ST", "BASE_UOM_ISO": "PCE"}],
        },
    )


def customer(number: str, ship_to: str, currency: str = "EUR", blocked: str = "") -> dict[str, Any]:
    """A sold-to in sales area 1000/10/00 with one ship-to."""
    return _idoc(
        "DEBMAS",
        {
            "E1KNA1M": [
                {
                    "MSGFN": "005",
                    "KUNNR": number,
                    "NAME1": "Läufer",
                    "AUFSD": blocked,
                    "E1KNVVM": [
                        {
                            "VKORG": "1000",
                            "VTWEG": "10",
                            "SPART": "00",
                            "WAERS": currency,
                            "VWERK": "EU01",
                            "AUFSD": "",
                            "E1KNVPM": [{"PARVW": "WE", "KUNN2": ship_to, "DEFPA": "X"}],
                        }
                    ],
                    "Z1DOOR": [{"KUNNR": ship_to, "NAME1": "Läufer", "AUFSD": ""}],
                }
            ],
        },
    )


def credit(limit: str) -> dict[str, Any]:
    """A credit limit in EUR of the German customer."""
    row = {"KUNNR": SOLD_TO, "KKBER": "1000", "KLIMK": limit, "SKFOR": "0.00", "WAERS": "EUR"}
    return _idoc("ZCREDIT", {"Z1CREDIT": [row]})


def stock_row(material: str, stock: str, receipts: list[dict[str, str]]) -> dict[str, Any]:
    """A stock row in plant EU01."""
    return {
        "MATNR": material,
        "SATNR": GENERIC,
        "WERKS": "EU01",
        "LABST": stock,
        "OMENG": "0.000",
        "CHANGED": STAMP,
        "RECEIPTS": receipts,
    }


def small_data(credit_limit: str = "100000.00", **changes: Any) -> Data:
    """The whole of it; `changes` replace lists of Data."""
    content: dict[str, Any] = {
        "articles": [article()],
        "customers": [
            customer(SOLD_TO, SHIP_TO),
            customer(HUNGARIAN, HUNGARIAN_DOOR, "HUF"),
            customer(BLOCKED, "0000200003", blocked="01"),
        ],
        "credits": [credit(credit_limit)],
        "stock": [stock_row(SMALL, "100.000", []), stock_row(LARGE, "5.000", [])],
    }
    return Data(**(content | changes))


def order_call(purchase_order: str = "7K3Q9XZ4M2-001/PO 1", **changes: Any) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_CREATEFROMDAT2: 5 pieces of SMALL at 12.50 EUR.

    `changes` replace parameters; None leaves one out.
    """
    content: dict[str, Any] = {
        "ORDER_HEADER_IN": header(purchase_order),
        "ORDER_PARTNERS": partners(SOLD_TO, SHIP_TO),
        "ORDER_ITEMS_IN": [{"ITM_NUMBER": "000010", "MATERIAL": SMALL}],
        "ORDER_SCHEDULES_IN": [schedule("000010", "5")],
        "ORDER_CONDITIONS_IN": [price("000010", "12.50", "EUR")],
    } | changes
    return {name: value for name, value in content.items() if value is not None}


def header(purchase_order: str = "7K3Q9XZ4M2-001/PO 1", **changes: str) -> dict[str, Any]:
    """A header of sales area 1000/10/00."""
    return {
        "DOC_TYPE": "TA",
        "SALES_ORG": "1000",
        "DISTR_CHAN": "10",
        "DIVISION": "00",
        "PURCH_NO_C": purchase_order,
    } | changes


def partners(sold_to: str, ship_to: str) -> list[dict[str, Any]]:
    """Sold-to and ship-to."""
    return [
        {"PARTN_ROLE": "AG", "PARTN_NUMB": sold_to, "ITM_NUMBER": "000000"},
        {"PARTN_ROLE": "WE", "PARTN_NUMB": ship_to, "ITM_NUMBER": "000000"},
    ]


def schedule(item: str, quantity: str, **changes: Any) -> dict[str, Any]:
    """A schedule line of an item."""
    return {"ITM_NUMBER": item, "SCHED_LINE": "0001", "REQ_QTY": quantity} | changes


def price(item: str, value: str, currency: str) -> dict[str, Any]:
    """A wholesale price of an item."""
    return {
        "ITM_NUMBER": item,
        "COND_TYPE": "PR00",
        "COND_VALUE": value,
        "CURRENCY": currency,
        "COND_P_UNT": "1",
        "COND_UNIT": "ST",
    }
