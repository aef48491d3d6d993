"""sync_products: applies SAP's messages about styles and assortments (topic sap-products)."""

from functools import cache

import functions_framework
from cloudevents.http import CloudEvent

from functions.sync_products.handler import apply
from functions.sync_products.settings import Settings
from shared.event.boundary import Receiver, connect, receive


@cache
def _receiver() -> Receiver:
    return connect(Settings, "sap-products", apply)


@functions_framework.cloud_event
def main(event: CloudEvent) -> None:
    """The entry point."""
    receive(_receiver(), event)
