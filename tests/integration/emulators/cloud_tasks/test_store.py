"""What a restart finds, after an orderly end and after a crash."""

from datetime import timedelta
from pathlib import Path

import pytest
from google.api_core import exceptions
from google.cloud import tasks_v2

from emulators.cloud_tasks.model import Attempt, HttpRequest, OidcToken, QueueSettings, Task
from emulators.cloud_tasks.rate import RateLimits
from emulators.cloud_tasks.registry import Registry
from emulators.cloud_tasks.retry import RetryPolicy
from emulators.cloud_tasks.server import Config, serve
from emulators.cloud_tasks.store import Store
from tests.integration.emulators.cloud_tasks.support import (
    HANG,
    LOCATION,
    START,
    ManualClock,
    World,
    http_target,
    tasks_client,
)

QUEUE = f"{LOCATION}/queues/export-orders"


def reloaded(directory: Path, registry: Registry) -> Registry:
    """What another process would load after `registry` was saved."""
    store = Store(directory)
    store.save(registry)
    store.close()
    return Store(directory).load()


def full_task(number: int) -> Task:
    return Task(
        name=f"{QUEUE}/tasks/{number}",
        request=HttpRequest(
            "https://example.com", "POST", {"A": "b"}, bytes(range(256)), OidcToken("e", "a")
        ),
        created=START + timedelta(seconds=number),
        scheduled=START + timedelta(hours=1),
        deadline=timedelta(milliseconds=15_500),
        retry=RetryPolicy(max_attempts=3),
        dispatches=2,
        responses=1,
        executions=1,
        previous_status=404,
        first_dispatched=START,
        last=Attempt(START, START, START, 404),
    )


def test_everything_of_queues_and_tasks_is_kept(tmp_path: Path) -> None:
    settings = QueueSettings(
        QUEUE, RateLimits(0.1, 3), RetryPolicy(max_attempts=-1), 0.5, paused=True, purged=START
    )
    registry = Registry()
    queue = registry.create(settings, START)
    for number in (2, 10, 1):
        queue.add(full_task(number), START)
    found = reloaded(tmp_path, registry).get(QUEUE)
    assert found.settings == settings
    assert found.by_name(START) == queue.by_name(START)
    assert [task.created for task in found.tasks.values()] == sorted(
        task.created for task in found.tasks.values()
    )


def test_what_was_removed_stays_removed_and_its_names_reserved(tmp_path: Path) -> None:
    registry = Registry()
    other = f"{LOCATION}/queues/other"
    queue = registry.create(QueueSettings(QUEUE), START)
    registry.create(QueueSettings(other), START)
    queue.add(full_task(1), START)
    found = reloaded(tmp_path, registry)
    found.get(QUEUE).delete(full_task(1).name, START)
    found.delete(other, START)
    again = reloaded(tmp_path, found)
    assert again.get(QUEUE).tasks == {}
    assert again.get(QUEUE).reserved == found.get(QUEUE).reserved
    assert other not in again.queues
    assert again.reserved == found.reserved


def test_a_recreated_queue_starts_empty(tmp_path: Path) -> None:
    registry = Registry()
    registry.create(QueueSettings(QUEUE), START).add(full_task(1), START)
    found = reloaded(tmp_path, registry)
    found.delete(QUEUE, START)
    found = reloaded(tmp_path, found)
    later = START + timedelta(days=4)
    found.create(QueueSettings(QUEUE), later)
    again = reloaded(tmp_path, found)
    assert (again.get(QUEUE).tasks, again.reserved) == ({}, {})


def test_a_task_cut_off_by_the_end_is_dispatched_again(tmp_path: Path) -> None:
    clock = ManualClock()
    config = Config(state=tmp_path, clock=clock)
    with http_target() as target:
        target.statuses = [HANG]
        with serve(config) as emulator, tasks_client(emulator.address) as client:
            world = World(emulator, client, clock, target, QUEUE)
            client.create_queue(parent=LOCATION, queue=tasks_v2.Queue(name=QUEUE))
            world.add("cut-off")
            world.wait_for_requests(1)
            world.add("later", schedule_time=START + timedelta(hours=1))
        with serve(config) as emulator, tasks_client(emulator.address) as client:
            world = World(emulator, client, clock, target, QUEUE)
            world.wait_until_gone("cut-off")
            retried = world.wait_for_requests(2)[1].headers
            assert retried["X-CloudTasks-TaskName"] == "cut-off"
            assert retried["X-CloudTasks-TaskRetryCount"] == "1"
            with pytest.raises(exceptions.AlreadyExists):
                world.add("cut-off")
            world.advance(timedelta(hours=1))
            world.wait_until_gone("later")
