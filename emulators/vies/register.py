"""The VAT ids that member states know, and how the stand-in answers for one."""

import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stdnum.eu import vat as eu_vat

from emulators.vies.faults import Code

# What VIES's own test service answers for these numbers, whatever the member state
# (checkVatTestService.wsdl).
_MAGIC_VALID, _MAGIC_INVALID = "100", "200"
MAGIC_FAULTS: dict[str, Code] = {
    "201": "INVALID_INPUT",
    "202": "INVALID_REQUESTER_INFO",
    "300": "SERVICE_UNAVAILABLE",
    "301": "MS_UNAVAILABLE",
    "302": "TIMEOUT",
    "400": "VAT_BLOCKED",
    "401": "IP_BLOCKED",
    "500": "GLOBAL_MAX_CONCURRENT_REQ",
    "501": "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "600": "MS_MAX_CONCURRENT_REQ",
    "601": "MS_MAX_CONCURRENT_REQ_TIME",
}
_DISCLOSES_NOTHING = {"DE", "ES"}
"""Member states that tell no name and address."""


@dataclass(frozen=True)
class Trader:
    """Who has an id."""

    name: str
    address: str


@dataclass
class Register:
    """Ids with their traders, and the questions that were answered."""

    traders: dict[str, Trader] = field(default_factory=dict)
    requesters: frozenset[str] = frozenset()
    asked: list[dict[str, Any]] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def answer(self, state: str, number: str, requester: str) -> dict[str, Any]:
        """What VIES says of an id; a valid one gets a consultation number."""
        trader = self.traders.get(state + number)
        if number == _MAGIC_VALID:
            trader = Trader("John Doe", "123 Main St, Anytown")
        valid = trader is not None and number != _MAGIC_INVALID
        hidden = trader is None or state in _DISCLOSES_NOTHING
        told = {
            "countryCode": state,
            "vatNumber": number,
            "requestDate": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "valid": valid,
            "requestIdentifier": f"WAPIAAAAZ{next(self._numbers):07d}" if valid else "",
            "name": "---" if hidden or trader is None else trader.name,
            "address": "---" if hidden or trader is None else trader.address,
        }
        self.asked.append({**told, "requester": requester})
        return told


def read_register(data: Path) -> dict[str, Trader]:
    """The ids of the customers in the demo's master data, but for those whose form is wrong."""
    master = json.loads(data.read_text())
    found = {}
    for customer in master["customers"]:
        head = customer["E1KNA1M"][0]
        if eu_vat.is_valid(head.get("STCEG", "")):
            address = f"{head['STRAS']}\n{head['PSTLZ']} {head['ORT01']}"
            found[eu_vat.compact(head["STCEG"])] = Trader(head["NAME1"], address)
    return found
