"""sync_order_status: applies SAP's messages about what becomes of our orders (topic sap-orders)."""

import os
from functools import cache, partial

import functions_framework
from flask import Request
from google.cloud.firestore import Client

from functions.sync_order_status.handler import apply
from functions.sync_order_status.settings import Settings
from shared.event.boundary import Receiver, connect, receive
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome
from shared.queue import TaskQueue, enqueue_vat_check
from shared.sap.source_system import SourceSystem
from shared.vat.request import EnqueueVatCheck, request_vat_check


@cache
def _receiver() -> Receiver:
    settings = Settings.load(os.environ)
    checks = TaskQueue(settings.vat_queue, settings.vat_url, settings.vat_caller)
    return connect(Settings, "sap-orders", partial(_apply, partial(enqueue_vat_check, checks)))


def _apply(
    enqueue: EnqueueVatCheck, db: Client, system: SourceSystem, message: SapMessage
) -> MessageOutcome:
    outcome, requests = apply(db, system, message)
    for request in requests:
        request_vat_check(enqueue, request)
    return outcome


@functions_framework.http
def main(request: Request) -> tuple[str, int]:
    """The entry point."""
    return receive(_receiver(), request)
