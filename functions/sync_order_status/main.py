"""sync_order_status: applies SAP's messages about what becomes of our orders (topic sap-orders)."""

from functools import cache

import functions_framework
from flask import Request

from functions.sync_order_status.handler import apply
from functions.sync_order_status.settings import Settings
from shared.event.boundary import Receiver, connect, receive


@cache
def _receiver() -> Receiver:
    return connect(Settings, "sap-orders", apply)


@functions_framework.http
def main(request: Request) -> tuple[str, int]:
    """The entry point."""
    return receive(_receiver(), request)
