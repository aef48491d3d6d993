"""Command line: `python -m emulators.vies` runs the stand-in of VIES."""

import argparse
import logging
import sys
from pathlib import Path

from werkzeug.serving import run_simple

from emulators.local.sdk import HOST
from emulators.vies.app import make_app
from emulators.vies.faults import Faults
from emulators.vies.register import Register, read_register
from shared.market.model import SALES_ORGANISATIONS


def main(arguments: list[str]) -> int:
    """Serves until it is ended; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m emulators.vies", description=__doc__)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--data", required=True, type=Path, help="master data (JSON)")
    options = parser.parse_args(arguments)
    # Not a line for every request.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    sellers = {one.seller.vat_id for one in SALES_ORGANISATIONS.values()} - {""}
    register = Register(read_register(options.data), frozenset(sellers))
    run_simple(HOST, options.port, make_app(register, Faults()), threaded=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
