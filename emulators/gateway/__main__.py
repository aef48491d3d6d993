"""The one way in, as the cloud's load balancer is: one port, routed by path.

    python -m emulators.gateway --port N --route NAME=URL … --identity URL
        --media DIR --portal DIR --home FILE

`/v1/<service>/…` goes to the function of that name (only those given), `/media/…` is
files, `/identity/…` the Auth emulator, everything else the portal, or a page that says
what runs as long as there is no portal.
"""

import argparse
from pathlib import Path

from aiohttp import web

from emulators.gateway.app import Sites, make_app


def main() -> None:
    """Parses the command line and serves until told to end."""
    parser = argparse.ArgumentParser(prog="python -m emulators.gateway")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--route", action="append", default=[], metavar="NAME=URL")
    parser.add_argument("--identity", required=True)
    parser.add_argument("--media", type=Path, required=True)
    parser.add_argument("--portal", type=Path, required=True)
    parser.add_argument("--home", type=Path, required=True)
    options = parser.parse_args()
    sites = Sites(
        services=dict(route.split("=", 1) for route in options.route),
        identity=options.identity,
        media=options.media,
        portal=options.portal,
        home=options.home,
    )
    web.run_app(make_app(sites), host="127.0.0.1", port=options.port, print=None, access_log=None)


if __name__ == "__main__":
    main()
