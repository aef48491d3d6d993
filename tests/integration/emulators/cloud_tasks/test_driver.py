"""The loop that dispatches."""

import asyncio
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from emulators.cloud_tasks.driver import Driver
from emulators.cloud_tasks.model import HttpRequest, QueueSettings, Task
from emulators.cloud_tasks.registry import Registry
from emulators.cloud_tasks.store import Store
from tests.integration.emulators.cloud_tasks.support import LOCATION

QUEUE = f"{LOCATION}/queues/export-orders"


def scheduled_task() -> Registry:
    """One task that is due in an hour, so that the loop waits with a time limit."""
    now, registry = datetime.now(UTC), Registry()
    request = HttpRequest("http://127.0.0.1:1/", "POST", {}, b"", None)
    task = Task(f"{QUEUE}/tasks/1", request, now, now + timedelta(hours=1), timedelta(minutes=1))
    registry.create(QueueSettings(QUEUE), now).add(task, now)
    return registry


@pytest.mark.parametrize("steps", range(6))
def test_it_ends_even_if_something_changes_at_that_moment(steps: int) -> None:
    async def main() -> bool:
        with closing(Store(None)) as store:
            store.save(scheduled_task())
            driver = Driver(store, lambda audience, email: "", lambda: datetime.now(UTC))
            driving = asyncio.create_task(driver.run())
            for _ in range(10):
                await asyncio.sleep(0)
            driver.wake()
            for _ in range(steps):
                await asyncio.sleep(0)
            driving.cancel()
            done, _ = await asyncio.wait({driving}, timeout=10)
            driving.cancel()
            return driving in done

    assert asyncio.run(main())
