"""The export queue of the local cloud, through Google's own client."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import grpc
from google.api_core.exceptions import NotFound
from google.cloud.tasks_v2 import CloudTasksClient
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport

Cloud = Mapping[str, Any]


@contextmanager
def _client(cloud: Cloud) -> Iterator[CloudTasksClient]:
    host = cloud["emulators"]["CLOUD_TASKS_EMULATOR_HOST"]
    channel = grpc.insecure_channel(host)
    with CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel)) as client:
        yield client


@contextmanager
def paused(cloud: Cloud) -> Iterator[None]:
    """No task is dispatched for a while."""
    with _client(cloud) as client:
        client.pause_queue(name=cloud["queue"])
    try:
        yield
    finally:
        with _client(cloud) as client:
            client.resume_queue(name=cloud["queue"])


def dispatches(cloud: Cloud, order: str) -> int | None:
    """How often an order's own task was tried; None once it is done, or if there is none."""
    with _client(cloud) as client:
        try:
            return int(client.get_task(name=_task(cloud, order)).dispatch_count)
        except NotFound:
            return None


def forget(cloud: Cloud, order: str) -> None:
    """Makes sure that there is no task of the order's own."""
    with _client(cloud) as client:
        try:
            client.delete_task(name=_task(cloud, order))
        except NotFound:
            return


def _task(cloud: Cloud, order: str) -> str:
    return f"{cloud['queue']}/tasks/{order}"
