"""Whether SAP is ready for Sellin: `make sap-check SYSTEM=ecc_eu DESTINATION=file`.

    python -m infra.sap_check --system ecc_eu --destination destination.json \\
        [--customer 100001 --door 200001 --article 10123001 --plant EU01]

It checks the connection's parameters (the JSON that the secret holds, "-" reads it from standard
input), logs on, and calls each function module that Sellin calls in a way that changes nothing:
test runs, simulations, and a commit after a rollback. With a customer, a door of it and an article
it has SAP check an order of one piece for each order type, so customizing is seen, too. Each line
says what is there or MISSING; the exit status is 1 if something is. docs/source-systems.md says
what the user's role needs.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from infra.setup.step import ROOT
from shared.sap.destination import Destination
from shared.sap.enquiry import SD_CHECK
from shared.sap.failure import Failure
from shared.sap.rfc import Connect, SapCallError, connector
from shared.sap.sales_order import ENGLISH, padded
from shared.sap.source_system import SourceSystem

SYSTEMS = ROOT / "terraform" / "source_systems"

NOWHERE = "0000000000"
"""Number of a sales order and a customer that no SAP has."""

PROBES: Mapping[str, Mapping[str, Any]] = {
    "RFC_PING": {},
    "BAPI_SALESORDER_GETLIST": {"CUSTOMER_NUMBER": NOWHERE, "SALES_ORGANIZATION": ""},
    "BAPI_SALESORDER_GETSTATUS": {"SALESDOCUMENT": NOWHERE},
    "BAPI_SALESORDER_CREATEFROMDAT2": {
        "TESTRUN": "X",
        "ORDER_HEADER_IN": {"DOC_TYPE": ""},
        "ORDER_PARTNERS": [],
    },
    "BAPI_SALESORDER_CHANGE": {
        "SIMULATION": "X",
        "SALESDOCUMENT": NOWHERE,
        "ORDER_HEADER_INX": {"UPDATEFLAG": "U"},
    },
    "BAPI_SALESORDER_SIMULATE": {
        "ORDER_HEADER_IN": {"DOC_TYPE": ""},
        "ORDER_ITEMS_IN": [],
        "ORDER_PARTNERS": [],
    },
    "BAPI_MATERIAL_AVAILABILITY": {
        "PLANT": "",
        "MATERIAL": "",
        "UNIT": "",
        "CHECK_RULE": SD_CHECK,
        "WMDVSX": [{"REQ_DATE": "20300101", "REQ_QTY": Decimal(1)}],
        "WMDVEX": [],
    },
    "BAPI_TRANSACTION_ROLLBACK": {},
    "BAPI_TRANSACTION_COMMIT": {"WAIT": "X"},
}
"""Each function module that Sellin calls, and how it is called here."""

_MENDING = {
    Failure.LOGON: "user, password and client in SU01; a locked user is unlocked there",
    Failure.UNREACHABLE: "address, firewall, saprouter; whether the gateway listens (SMGW)",
    Failure.TRANSIENT: "the short dump in ST22",
}


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, and what is wrong with it ("" for nothing)."""

    what: str
    wrong: str = ""

    def __str__(self) -> str:
        return f"MISSING  {self.what}: {self.wrong}" if self.wrong else f"ok       {self.what}"


@dataclass(frozen=True)
class Sample:
    """What an order is tried with."""

    customer: str
    door: str
    article: str
    plant: str


def check(connect: Connect, system: SourceSystem, sample: Sample | None) -> Iterator[Finding]:
    """All findings, nothing changed in SAP; the log-on ends them where it fails."""
    try:
        with connect():
            pass
    except SapCallError as error:
        yield Finding("log-on", f"{error}; see {_MENDING.get(error.failure, 'the role')}")
        return
    yield Finding("log-on")
    for module, parameters in PROBES.items():
        yield _probe(connect, module, parameters)
    if sample is None:
        return
    for area in system.sales_areas:
        for name, code in system.order_types.model_dump().items():
            header = {
                "DOC_TYPE": code,
                "SALES_ORG": area.organisation,
                "DISTR_CHAN": area.channel,
                "DIVISION": area.division,
            }
            what = f"{name} order {code} in {area.organisation}/{area.channel}/{area.division}"
            yield from _try_order(connect, system, sample, header, what)


def _probe(connect: Connect, module: str, parameters: Mapping[str, Any]) -> Finding:
    try:
        with connect() as call:
            call(module, **parameters)
    except SapCallError as error:
        if error.failure is Failure.DENIED:
            return Finding(module, f"{error}; see authorization object S_RFC, and SE37")
        return Finding(module, f"{error}; see {_MENDING[error.failure]}")
    return Finding(module)


def _try_order(
    connect: Connect,
    system: SourceSystem,
    sample: Sample,
    header: Mapping[str, str],
    what: str,
) -> Iterator[Finding]:
    parameters = _order(system, sample, header)
    try:
        with connect() as call:
            answer = call("BAPI_SALESORDER_CREATEFROMDAT2", TESTRUN="X", **parameters)
            call("BAPI_TRANSACTION_ROLLBACK")
    except SapCallError as error:
        yield Finding(what, str(error))
        return
    told = [row for row in answer["RETURN"] if row["TYPE"] in ("E", "A")]
    if not told:
        yield Finding(what)
    for row in told:
        yield Finding(what, f"{row['MESSAGE']} ({row['ID']} {row['NUMBER']})")


def _order(system: SourceSystem, sample: Sample, header: Mapping[str, str]) -> dict[str, Any]:
    item, partners = {"ITM_NUMBER": "000010"}, system.partners
    day = datetime.now(UTC).date() + timedelta(days=30)
    unit = system.orders.units["PCE"]
    return {
        "ORDER_HEADER_IN": {
            **header,
            "REQ_DATE_H": f"{day:%Y%m%d}",
            "PURCH_NO_C": "sap-check",
        },
        "LOGIC_SWITCH": {"PRICING": system.orders.pricing, "COND_HANDL": "X"},
        "ORDER_PARTNERS": [
            {"PARTN_ROLE": partners.sold_to, "PARTN_NUMB": padded(sample.customer, 10)},
            {"PARTN_ROLE": partners.ship_to, "PARTN_NUMB": padded(sample.door, 10)},
        ],
        "ORDER_ITEMS_IN": [
            {
                **item,
                "MATERIAL": padded(sample.article, 18),
                "PLANT": sample.plant,
                "SALES_UNIT": unit,
            }
        ],
        "ORDER_SCHEDULES_IN": [{**item, "SCHED_LINE": "0001", "REQ_QTY": "1"}],
        "ORDER_CONDITIONS_IN": [
            {**item, "COND_TYPE": system.orders.condition, "COND_VALUE": "1", "COND_P_UNT": "1"}
        ],
        "ORDER_TEXT": [
            {
                **item,
                "TEXT_ID": system.orders.texts.item,
                "LANGU": ENGLISH,
                "FORMAT_COL": "*",
                "TEXT_LINE": "sap-check",
            }
        ],
    }


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.sap_check", description=__doc__)
    parser.add_argument("--system", required=True, help="a document of terraform/source_systems")
    parser.add_argument("--destination", required=True, help="a file with the secret's JSON, or -")
    for name in ("customer", "door", "article", "plant"):
        parser.add_argument(f"--{name}")
    options = parser.parse_args(arguments)
    system = SourceSystem.model_validate_json((SYSTEMS / f"{options.system}.json").read_text())
    text = sys.stdin.read() if options.destination == "-" else Path(options.destination).read_text()
    given: dict[str, str] = json.loads(text)
    given.pop("external_numbers", None)
    try:
        parameters = Destination.model_validate(given).parameters
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=False, include_input=False):
            place = ".".join(map(str, one["loc"])) or "destination"
            print(Finding(place, one["msg"]))
        return 1
    named = [getattr(options, name) for name in ("customer", "door", "article", "plant")]
    sample = Sample(*named) if all(named) else None
    wrong = 0
    for finding in check(connector(parameters), system, sample):
        print(finding)
        wrong += bool(finding.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
