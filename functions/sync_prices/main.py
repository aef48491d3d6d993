"""sync_prices: applies SAP's messages about prices (topic sap-prices)."""

from functools import cache

import functions_framework
from flask import Request

from functions.sync_prices.handler import apply
from functions.sync_prices.settings import Settings
from shared.event.boundary import Receiver, connect, receive


@cache
def _receiver() -> Receiver:
    return connect(Settings, "sap-prices", apply)


@functions_framework.http
def main(request: Request) -> tuple[str, int]:
    """The entry point."""
    return receive(_receiver(), request)
