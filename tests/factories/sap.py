"""Messages as SAP publishes them: each builder is whole and valid; say only what matters."""

import base64
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from shared.sap.source_system import SourceSystem

STAMP = "20261122141800123456"
Idoc = dict[str, Any]
Rows = list[dict[str, Any]]

PUBLISHED_AT = datetime(2026, 11, 22, 14, 18, 0, 500_000, UTC)
_SYSTEMS = Path(__file__).parents[2] / "terraform" / "source_systems"


def source_system(name: str) -> SourceSystem:
    """One of the settings that the environments have."""
    return SourceSystem.model_validate_json((_SYSTEMS / f"{name}.json").read_text())


ECC, S4 = source_system("ecc_eu"), source_system("s4_na")
BUYER_TEXTS = ECC.buyer_texts

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
