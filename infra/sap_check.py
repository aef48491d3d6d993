"""Whether SAP is ready for Sellin: `make sap-check SYSTEM=ecc_eu DESTINATION=file`.

    python -m infra.sap_check --system ecc_eu --destination destination.json \\
        [--customer 100001 --door 200001 --article 10123001 --plant EU01
         --pair 10222001 --currency EUR --payment-terms NT30 --incoterms DAP]

It checks the connection's parameters (the JSON that the secret holds, "-" reads it from standard
input), logs on, and calls each function module that Sellin calls in a way that changes nothing:
test runs, simulations, and a commit after a rollback. With a customer, a door of it, an article and
its plant it has SAP check a whole order of one piece, of each order type in each sales area, part by
part (`infra.sap_trial`): so customizing is seen, too. Each line says what is there, MISSING, or
UNSEEN for want of an option; the exit status is 1 if something is missing. docs/source-systems.md
says what the user's role needs.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from infra.sap_sample import Sample
from infra.sap_trial import Finding, try_orders
from infra.setup.step import ROOT
from shared.sap.destination import Destination
from shared.sap.enquiry import SD_CHECK
from shared.sap.failure import Failure
from shared.sap.rfc import Connect, SapCallError, connector
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
    yield from try_orders(connect, system, sample)


def _probe(connect: Connect, module: str, parameters: Mapping[str, Any]) -> Finding:
    try:
        with connect() as call:
            call(module, **parameters)
    except SapCallError as error:
        if error.failure is Failure.DENIED:
            return Finding(module, f"{error}; see authorization object S_RFC, and SE37")
        return Finding(module, f"{error}; see {_MENDING[error.failure]}")
    return Finding(module)


def _sample(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Sample | None:
    named = {one.name: getattr(options, one.name) for one in fields(Sample)}
    given = {name: value for name, value in named.items() if value is not None}
    lacking = [
        one.name for one in fields(Sample) if one.default is MISSING and one.name not in given
    ]
    if given and lacking:
        parser.error(f"for an order name {', '.join(lacking)}, too")
    return Sample(**given) if given else None


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.sap_check", description=__doc__)
    parser.add_argument("--system", required=True, help="a document of terraform/source_systems")
    parser.add_argument("--destination", required=True, help="a file with the secret's JSON, or -")
    for option in fields(Sample):
        parser.add_argument(f"--{option.name.replace('_', '-')}")
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
    sample = _sample(parser, options)
    wrong = 0
    for finding in check(connector(parameters), system, sample):
        print(finding)
        wrong += bool(finding.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
