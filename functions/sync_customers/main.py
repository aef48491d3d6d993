"""sync_customers: applies SAP's messages about companies and their credit (topic sap-customers)."""

import os
from functools import cache, partial

import functions_framework
from flask import Request
from google.cloud.firestore import Client

from functions.sync_customers.handler import apply
from functions.sync_customers.settings import Settings
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
    return connect(Settings, "sap-customers", partial(_apply, partial(enqueue_vat_check, checks)))


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
