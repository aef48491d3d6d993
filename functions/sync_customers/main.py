"""sync_customers: applies SAP's messages about companies and their credit (topic sap-customers)."""

from functools import cache

import functions_framework
from flask import Request

from functions.sync_customers.handler import apply
from functions.sync_customers.settings import Settings
from shared.event.boundary import Receiver, connect, receive


@cache
def _receiver() -> Receiver:
    return connect(Settings, "sap-customers", apply)


@functions_framework.http
def main(request: Request) -> tuple[str, int]:
    """The entry point."""
    return receive(_receiver(), request)
