"""The Cloud Tasks queues: accepted orders go to SAP through one, VIES is asked through another."""

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from google.api_core.exceptions import AlreadyExists

from shared.vat.request import VatRequest

if TYPE_CHECKING:
    from google.cloud.tasks_v2 import CloudTasksClient

DISPATCH_SECONDS = 720
"""How long one task may take: SAP works minutes on an order of thousands of lines. An export that
is slower than its lease leaves its commit, so two never save at once."""


@dataclass(frozen=True)
class TaskQueue:
    """`queue` is its resource name; `url` the root of the function that it calls and the token's
    audience; `caller` the service account that the task's OIDC token is made for."""

    queue: str
    url: str
    caller: str


def enqueue_export(target: TaskQueue, order: str, sweep: str = "") -> None:
    """Ask for the export of an order, once per `sweep`.

    The task is named by the order, so asking twice makes one task (Cloud Tasks keeps a
    name for up to a day after its task is gone; a later sweep therefore has its own).
    """
    name = f"{order}-{sweep}" if sweep else order
    _enqueue(target, name, "export_order", {"order": order})


def enqueue_vat_check(target: TaskQueue, request: VatRequest) -> None:
    """Ask for a check of a company's VAT id, once for each occasion."""
    # A hash, since a name has letters, digits and hyphens only.
    name = hashlib.sha256(f"{request.company}/{request.occasion}".encode()).hexdigest()
    _enqueue(target, name, "check_vat_id", {"company": request.company})


def _enqueue(target: TaskQueue, name: str, function: str, body: dict[str, str]) -> None:
    task: dict[str, Any] = {
        "name": f"{target.queue}/tasks/{name}",
        "dispatch_deadline": {"seconds": DISPATCH_SECONDS},
        "http_request": {
            "http_method": "POST",
            "url": f"{target.url}/v1/{function}",
            "headers": {"Content-Type": "application/json"},
            "body": json.dumps(body).encode(),
            "oidc_token": {"service_account_email": target.caller, "audience": target.url},
        },
    }
    try:
        _client().create_task(request={"parent": target.queue, "task": task})
    except AlreadyExists:
        return


@cache
def _client() -> "CloudTasksClient":
    # Imported when first needed: it would be a third of a function's cold start.
    import grpc  # noqa: PLC0415
    from google.cloud.tasks_v2 import CloudTasksClient  # noqa: PLC0415
    from google.cloud.tasks_v2.services.cloud_tasks.transports import (  # noqa: PLC0415
        CloudTasksGrpcTransport,
    )

    # Google's client knows no emulator variable for Cloud Tasks, so this is ours.
    if emulator := os.environ.get("CLOUD_TASKS_EMULATOR_HOST"):
        channel = grpc.insecure_channel(emulator)
        return CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
    return CloudTasksClient()
