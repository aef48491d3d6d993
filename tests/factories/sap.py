"""Messages as SAP publishes them: each builder is whole and valid; say only what matters."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from shared.sap.source_system import SourceSystem
from tests.factories.style import gtin

STAMP = "20261122141800123456"
_SEASONS: tuple[tuple[str, Literal["SS", "FW"]], ...] = (("2026", "FW"), ("2027", "SS"))
Idoc = dict[str, Any]
Rows = list[dict[str, Any]]

PUBLISHED_AT = datetime(2026, 11, 22, 14, 18, 0, 500_000, UTC)
_SYSTEMS = Path(__file__).parents[2] / "terraform" / "source_systems"


def source_system(name: str) -> SourceSystem:
    """One of the settings that the environments have."""
    return SourceSystem.model_validate_json((_SYSTEMS / f"{name}.json").read_text())


ECC, S4 = source_system("ecc_eu"), source_system("s4_na")

EXTERNAL_NUMBERS = ("0500000000", "0599999999")
"""The first and the last sales order number that the ECC leaves to Sellin, as its settings say."""


def stamp(second: int) -> str:
    """A source stamp; greater seconds are newer."""
    return f"20261122{14 + second // 3600:02}{second // 60 % 60:02}{second % 60:02}000000"


def clock(system: SourceSystem, when: str) -> str:
    """What the system's clock shows at a stamp, 14 digits."""
    moment = datetime.strptime(when, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
    return f"{moment.astimezone(system.zone):%Y%m%d%H%M%S}"


def control(mestyp: str, serial: str = STAMP, **fields: str) -> dict[str, str]:
    """A control record (EDI_DC40)."""
    return {
        "TABNAM": "EDI_DC40",
        "MANDT": "100",
        "DOCNUM": "0000000000001234",
        "IDOCTYP": f"{mestyp}09",
        "MESTYP": mestyp,
        "SNDPRN": "ECPCLNT100",
        "RCVPRN": "SELLIN",
        "CREDAT": serial[:8],
        "CRETIM": serial[8:14],
        "SERIAL": serial,
        **fields,
    }


def packet(*idocs: Idoc) -> bytes:
    """A message with these IDocs."""
    return json.dumps({"IDOCS": idocs}, ensure_ascii=False).encode()


def push_body(data: bytes, message_id: str = "1234", topic: str = "sap-products") -> dict[str, Any]:
    """What Pub/Sub posts to a function."""
    return {
        "message": {
            "data": base64.b64encode(data).decode(),
            "messageId": message_id,
            "message_id": message_id,
            "publishTime": "2026-11-22T14:18:00.500Z",
            "publish_time": "2026-11-22T14:18:00.500Z",
            "attributes": {"sender": "ECPCLNT100"},
        },
        "subscription": f"projects/demo-sellin/subscriptions/{topic.replace('sap-', 'sync_')}",
        "deliveryAttempt": 1,
    }


def matnr(number: str) -> str:
    """A material number as SAP pads it: only what is digits (conversion exit ALPHA)."""
    return number.zfill(18) if number.isdigit() else number


def kunnr(number: str) -> str:
    """A customer number as SAP pads it."""
    return number.zfill(10)


def curr(amount: str, currency: str) -> str:
    """A real amount as a CURR field stores it: HUF and JPY shifted by their missing decimals."""
    shift = 2 if currency in ("HUF", "JPY", "KRW", "CLP") else 0
    return f"{Decimal(amount).scaleb(-shift):.2f}"


def variants(
    number: str = "10123", colours: Sequence[str] = ("010",), sizes: Sequence[str] = ("S", "M")
) -> list[tuple[str, str, str]]:
    """(article, colour, size) of each variant: colour by colour, sizes in wearing order."""
    cells = [(colour, size) for colour in colours for size in sizes]
    return [(f"{number}{i:03}", colour, size) for i, (colour, size) in enumerate(cells, start=1)]


def artmas(
    number: str = "10123",
    serial: str = STAMP,
    colours: Sequence[str] = ("010",),
    sizes: Sequence[str] = ("S", "M"),
    system: SourceSystem | None = None,
    **segments: Any,
) -> Idoc:
    """A generic article of ECC, or another `system`; a size such as "30x32" is two of them."""
    settings = (system or ECC).articles
    halves = {half: code for code, half in settings.seasons.items()}
    cells = variants(number, colours, sizes)
    own = {"MATERIAL": matnr(number)}
    characteristics: Rows = []
    for article, colour, size in cells:
        first, _, second = size.partition("x")
        names = (settings.colour, *settings.sizes)
        values = [one for one in zip(names, (colour, first, second), strict=False) if one[1]]
        characteristics += [
            {"MATERIAL": matnr(article), "CHAR_NAME": name, "CHAR_VALUE": value}
            for name, value in values
        ]
    return {
        "EDI_DC40": control("ARTMAS", serial, SNDPRN=(system or ECC).logical_system),
        "E1BPE1MATHEAD": [
            {
                "FUNCTION": "004",
                **own,
                "MATL_TYPE": "HAWA",
                "MATL_GROUP": "TOPS",
                "MATL_CAT": "01",
            }
        ],
        "E1BPE1VARKEY": [{**own, "VARIANT": matnr(article)} for article, _, _ in cells],
        "E1BPE1AUSPRT": characteristics,
        "E1BPE1MAKTRT": [
            {**own, "LANGU": "E", "LANGU_ISO": "EN", "MATL_DESC": "Tech Tee 2.0"},
            {**own, "LANGU": "O", "LANGU_ISO": "NO", "MATL_DESC": "Teknisk T-skjorte"},
        ],
        "E1BPE1MARART": [{**own, "BASE_UOM": "ST", "BASE_UOM_ISO": "PCE", "DIVISION": "20"}],
        "E1BPE1MARART1": [{**own, "BRAND_ID": "NORD", "FASHION_GRADE": "A"}],
        "E1BPE1MARMRT": [
            {
                "MATERIAL": matnr(article),
                "ALT_UNIT": "ST",
                "NUMERATOR": "1",
                "DENOMINATR": "1",
                "EAN_UPC": gtin(article),
                "EAN_CAT": "HE",
            }
            for article, _, _ in cells
        ],
        "E1BPFSHSEASONS": [
            {"MATERIAL": matnr(article), "SEASON_YR": year, "SEASON": halves[half]}
            for article, _, _ in cells
            for year, half in _SEASONS
        ],
        "Z1STYLE": [
            {
                **own,
                "GENDER": "M",
                "EXCLUSIVE": "",
                "MINQTY": "0",
                "LAUNCH": "20260701",
                "RANK": "1",
            }
        ],
        "Z1COLOR": [
            {
                **own,
                "COLOR": colour,
                "FAMILY": "BLACK",
                "HEX": "1A1A1A",
                "PICTURE": f"{number}-{colour}.webp",
            }
            for colour in colours
        ],
        "Z1TEXT": [
            {**own, "SPRAS_ISO": "EN", "KIND": "DESC", "KEY": "", "TEXT": "Light and quick."},
            *(
                {**own, "SPRAS_ISO": "EN", "KIND": "COLOR", "KEY": colour, "TEXT": f"No {colour}"}
                for colour in colours
            ),
        ],
        "Z1PREPACK": [],
        **segments,
    }


def artmas_deleted(number: str = "10123", serial: str = STAMP) -> Idoc:
    """The deletion of a generic article."""
    return {
        "EDI_DC40": control("ARTMAS", serial),
        "E1BPE1MATHEAD": [{"FUNCTION": "003", "MATERIAL": matnr(number)}],
    }


def zlisting(id: str = "SPORT", serial: str = STAMP, **segments: Any) -> Idoc:  # noqa: A002
    """An assortment: everything of the brand NORD, at once and for SS27."""
    own = {"ASORT": id}
    return {
        "EDI_DC40": control("ZLISTING", serial),
        "Z1LISTHEAD": [{**own, "FUNCTION": "004"}],
        "Z1LISTRULE": [{**own, "RULE": "01", "FIELD": "BRAND", "VALUE": "NORD"}],
        "Z1LISTITEM": [],
        "Z1LISTWINDOW": [
            {
                **own,
                "WINDOW": "SS27-1",
                "KIND": "P",
                "SEASON": "SS27",
                "SHIPFROM": "20270201",
                "SHIPTO": "20270228",
                "OPENFROM": "20260901",
                "CUTOFF": "20261215",
            }
        ],
        **segments,
    }


def cond_a(
    style: str = "10123",
    serial: str = STAMP,
    amount: str = "25.00",
    scales: Iterable[tuple[str, str]] = (),
    system: SourceSystem | None = None,
    **key: str,
) -> Idoc:
    """The market's wholesale price in EUR; `amount` is real, `scales` (from, amount) too.

    Of ECC, unless it is another `system`'s: then in its condition type, table and amounts.
    """
    of = system or ECC
    komg = {
        "KVEWE": "A",
        "KAPPL": of.prices.application,
        "KSCHL": next(name for name, kind in of.prices.types.items() if kind == "wholesale"),
        "KOTABNR": next(one.number for one in of.prices.tables if one.holder == "market"),
        "VKORG": of.sales_areas[0].organisation,
        "VTWEG": of.sales_areas[0].channel,
        "KUNNR": "",
        "PLTYP": "",
        "WAERK": "EUR",
        "MATNR": matnr(style),
        **key,
    }
    currency = komg["WAERK"]

    def stored(real: str) -> str:
        return curr(real, currency) if of.amounts == "shifted" else real

    position = {
        "KOPOS": "01",
        "KSCHL": komg["KSCHL"],
        "STFKZ": "A",
        "KZBZG": "C",
        "KRECH": "C",
        "KBETR": stored(amount),
        "KONWA": currency,
        "KPEIN": "1",
        "KMEIN": "ST" if "ST" in of.articles.units else "PC",
        "LOEVM_KO": "",
        "E1KONM": [
            {"KOPOS": "01", "KLFN1": f"{i:04}", "KSTBM": quantity, "KBETR": stored(less)}
            for i, (quantity, less) in enumerate(scales, start=1)
        ],
    }
    header = {"KNUMH": "0000012345", "DATAB": "20260101", "DATBI": "99991231", "E1KONP": [position]}
    return {
        "EDI_DC40": control("COND_A", serial, SNDPRN=of.logical_system),
        "E1KOMG": [{**komg, "E1KONH": [header]}],
    }


def record_of(idoc: Idoc) -> dict[str, Any]:
    """The first condition record (E1KONH) of a COND_A, to be changed."""
    header: dict[str, Any] = idoc["E1KOMG"][0]["E1KONH"][0]
    return header


def position_of(idoc: Idoc) -> dict[str, Any]:
    """The amount (E1KONP) of that record, to be changed."""
    position: dict[str, Any] = record_of(idoc)["E1KONP"][0]
    return position


def debmas(
    number: str = "100001",
    serial: str = STAMP,
    doors: Sequence[str] = ("200001", "200002"),
    customer: Mapping[str, str] | None = None,
    area: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
) -> Idoc:
    """A German retailer with its doors, the first of them the default; `own` is of Z1KNVV."""
    return {
        "EDI_DC40": control("DEBMAS", serial),
        "E1KNA1M": [
            {
                "MSGFN": "004",
                "KUNNR": kunnr(number),
                "NAME1": "Läufer GmbH",
                **PLACE,
                "SPRAS": "D",
                "SPRAS_ISO": "DE",
                "STCEG": "DE136695976",
                **(customer or {}),
                "E1KNVVM": [sales_area(doors, area, own)],
                "Z1DOOR": [
                    {"KUNNR": kunnr(door), "NAME1": f"Door {door}", **PLACE} for door in doors
                ],
            }
        ],
    }


PLACE = {
    "STRAS": "Laufweg 1",
    "PSTLZ": "10115",
    "ORT01": "Berlin",
    "REGIO": "BE",
    "LAND1": "DE",
    "AUFSD": "",
}


def sales_area(
    doors: Sequence[str] = ("200001", "200002"),
    area: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A row of E1KNVVM with its partners."""
    return {
        "VKORG": "1000",
        "VTWEG": "10",
        "SPART": "00",
        "WAERS": "EUR",
        "PLTYP": "W1",
        "KDGRP": "01",
        "ZTERM": "ZN30",
        "INCO1": "DAP",
        "INCO2": "Berlin",
        "VWERK": "EU01",
        "AUFSD": "",
        **(area or {}),
        "E1KNVPM": [
            {"PARVW": "WE", "KUNN2": kunnr(door), "DEFPA": "" if i else "X"}
            for i, door in enumerate(doors)
        ],
        "Z1KNVV": [{"ASORT": "SPORT", "ATPDISP": "E", "MINORD": "0.00", **(own or {})}],
    }


def debmas_deleted(number: str = "100001", serial: str = STAMP) -> Idoc:
    """The deletion of a customer."""
    return {
        "EDI_DC40": control("DEBMAS", serial),
        "E1KNA1M": [{"MSGFN": "003", "KUNNR": kunnr(number)}],
    }


def zcredit(
    number: str = "100001",
    serial: str = STAMP,
    limit: str = "100000.00",
    exposure: str = "0.00",
    currency: str = "EUR",
    **fields: str,
) -> Idoc:
    """Credit figures; the amounts are real."""
    return {
        "EDI_DC40": control("ZCREDIT", serial),
        "Z1CREDIT": [
            {
                "KUNNR": kunnr(number),
                "KKBER": "1000",
                "KLIMK": curr(limit, currency),
                "SKFOR": curr(exposure, currency),
                "WAERS": currency,
                **fields,
            }
        ],
    }


def stock_row(
    article: str = "10123001",
    changed: str = STAMP,
    on_hand: int = 12,
    ordered: int = 0,
    receipts: Iterable[tuple[str, int]] = (),
    plant: str = "EU01",
) -> dict[str, Any]:
    """The stock of a variant (generic number and three digits); receipts are (date, pieces)."""
    return {
        "MATNR": matnr(article),
        "SATNR": matnr(article[:-3]),
        "WERKS": plant,
        "LABST": f"{on_hand}.000" if on_hand >= 0 else f"{-on_hand}.000-",
        "OMENG": f"{ordered}.000",
        "CHANGED": changed,
        "RECEIPTS": [{"DAT00": day, "MNG01": f"{pieces}.000"} for day, pieces in receipts],
    }


def stock_message(*rows: dict[str, Any]) -> bytes:
    """A message of topic sap-inventory."""
    return json.dumps({"ROWS": rows}).encode()


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


def discount(
    kind: str,
    table: str,
    kbetr: str,
    serial: str = STAMP,
    system: SourceSystem | None = None,
    position: Mapping[str, Any] | None = None,
    **key: str,
) -> Idoc:
    """COND_A of a discount; `kbetr` as SAP writes it, `key` are the fields of its table.

    A percentage, unless `position` (fields of E1KONP) says something else.
    """
    of = system or ECC
    komg = {
        "KVEWE": "A",
        "KAPPL": of.prices.application,
        "KSCHL": kind,
        "KOTABNR": table,
        "VKORG": of.sales_areas[0].organisation,
        "VTWEG": of.sales_areas[0].channel,
        **key,
    }
    row = {
        "KOPOS": "01",
        "KSCHL": kind,
        "KRECH": "A",
        "KBETR": kbetr,
        "KONWA": "%",
        "KPEIN": "0",
        **(position or {}),
    }
    header = {"KNUMH": "0000054321", "DATAB": "20260101", "DATBI": "99991231", "E1KONP": [row]}
    return {
        "EDI_DC40": control("COND_A", serial, SNDPRN=of.logical_system),
        "E1KOMG": [{**komg, "E1KONH": [header]}],
    }
