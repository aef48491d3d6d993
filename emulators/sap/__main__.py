"""Command line: `python -m emulators.sap` runs the stand-in, `… orders` lists its orders.

`… ship VBELN` and `… invoice VBELN` do that to one of them.
"""

import argparse
import json
import logging
import os
import signal
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from emulators.sap.customizing import names, read_settings
from emulators.sap.master import read_data
from emulators.sap.publisher import to_pubsub
from emulators.sap.rfc import HOST
from emulators.sap.server import serve

_log = logging.getLogger(__name__)

_GRACE_SECONDS = 10.0
"""For an orderly end; what it has saved is in its file all the time."""

_COLUMNS = ("VBELN", "PURCH_NO_C", "KUNNR", "SHIP_TO", "NET_VALUE", "CURRENCY", "CMGST")


def main(arguments: list[str]) -> int:
    """Runs one command and returns the exit code."""
    if arguments[:1] == ["orders"]:
        return _list_orders(arguments[1:])
    if arguments[:1] in (["ship"], ["invoice"]):
        return _follow(*arguments)
    return _run(arguments)


def _follow(command: str, *arguments: str) -> int:
    parser = argparse.ArgumentParser(prog=f"python -m emulators.sap {command}")
    parser.add_argument("vbeln", help="the sales order")
    parser.add_argument("--control-port", required=True, type=int)
    options = parser.parse_args(arguments)
    url = f"http://{HOST}:{options.control_port}/orders/{options.vbeln}/{command}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="POST")) as answer:
            print(json.load(answer)["number"])
    except urllib.error.HTTPError as error:
        print(json.load(error)["detail"], file=sys.stderr)
        return 1
    return 0


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m emulators.sap", description=__doc__)
    parser.add_argument("--sysnr", required=True, type=int, help="RFC listens on 3300 + this")
    parser.add_argument("--control-port", required=True, type=int)
    parser.add_argument("--data", required=True, type=Path, help="master data (JSON)")
    parser.add_argument("--state", required=True, type=Path, help="folder for orders and stock")
    parser.add_argument("--project", help="publish there; PUBSUB_EMULATOR_HOST applies")
    parser.add_argument(
        "--external-numbers",
        nargs=2,
        metavar=("FIRST", "LAST"),
        help="sales order numbers that callers may choose, ten digits each; else none",
    )
    parser.add_argument(
        "--system", default="ecc_eu", choices=names(), help="whose customizing it has"
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # Not a line for every request.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with serve(
        read_data(options.data),
        options.state,
        publish=to_pubsub(options.project) if options.project else None,
        system_number=options.sysnr,
        control_port=options.control_port,
        external_numbers=tuple(options.external_numbers) if options.external_numbers else None,
        settings=read_settings(options.system),
    ) as sap:
        _log.info("SAP stand-in %s, control port %s", sap.system_number, sap.control_url)
        ended.wait()
        # Where the emulator that it publishes to ended first, its client would try for minutes.
        last = threading.Timer(_GRACE_SECONDS, os._exit, [0])
        last.daemon = True
        last.start()
    return 0


def _list_orders(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m emulators.sap orders")
    parser.add_argument("--control-port", required=True, type=int)
    options = parser.parse_args(arguments)
    with urllib.request.urlopen(f"http://{HOST}:{options.control_port}/orders") as answer:
        orders = json.load(answer)
    for line in _table(orders):
        print(line)
    return 0


def _table(orders: list[dict[str, Any]]) -> list[str]:
    rows = [_COLUMNS, *(tuple(str(order[name]) for name in _COLUMNS) for order in orders)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
