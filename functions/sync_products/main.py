"""sync_products: applies SAP's messages about styles and assortments (topic sap-products)."""

from functools import cache

import functions_framework
from flask import Request

from functions.sync_products.handler import apply
from functions.sync_products.settings import Settings
from shared.event.boundary import Receiver, connect, receive


@cache
def _receiver() -> Receiver:
    return connect(Settings, "sap-products", apply)


@functions_framework.http
def main(request: Request) -> tuple[str, int]:
    """The entry point."""
    return receive(_receiver(), request)
