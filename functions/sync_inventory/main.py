"""sync_inventory: applies SAP's messages about stock (topic sap-inventory)."""

from functools import cache

import functions_framework
from flask import Request

from functions.sync_inventory.handler import apply
from functions.sync_inventory.settings import Settings
from shared.event.boundary import Receiver, connect, receive


@cache
def _receiver() -> Receiver:
    return connect(Settings, "sap-inventory", apply)


@functions_framework.http
def main(request: Request) -> tuple[str, int]:
    """The entry point."""
    return receive(_receiver(), request)
