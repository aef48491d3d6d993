"""A running emulator for the tests that speak to it."""

from collections.abc import Iterator

import pytest
from google.cloud import tasks_v2

from emulators.cloud_tasks.server import Config, serve
from tests.integration.emulators.cloud_tasks.support import (
    LOCATION,
    ManualClock,
    World,
    http_target,
    tasks_client,
)


@pytest.fixture
def world() -> Iterator[World]:
    """An emulator whose clock stands still, with one queue of default settings."""
    clock = ManualClock()
    with (
        serve(Config(clock=clock)) as emulator,
        http_target() as target,
        tasks_client(emulator.address) as client,
    ):
        queue = f"{LOCATION}/queues/export-orders"
        client.create_queue(parent=LOCATION, queue=tasks_v2.Queue(name=queue))
        yield World(emulator, client, clock, target, queue)
