"""Runs the state machine against the clock and the network, in one event loop."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeVar

import aiohttp

from emulators.cloud_tasks.dispatch import Mint, open_session, send
from emulators.cloud_tasks.model import Dispatch
from emulators.cloud_tasks.registry import Registry
from emulators.cloud_tasks.store import Store

T = TypeVar("T")
Clock = Callable[[], datetime]
Operation = Callable[[Registry, datetime], T]

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The clock outside tests: aware UTC."""
    return datetime.now(UTC)


class Driver:
    """Holds the state; all of it is touched in the event loop that `run` runs in."""

    def __init__(self, store: Store, mint: Mint, clock: Clock) -> None:
        self._store = store
        self._mint = mint
        self._clock = clock
        self._registry = store.load()
        self._sending: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def call(self, operation: Operation[T]) -> T:
        """What `operation` returns, after its changes are stored; for any other thread."""

        async def perform() -> T:
            try:
                return operation(self._registry, self._clock())
            finally:
                self._store.save(self._registry)
                self._changed.set()

        return asyncio.run_coroutine_threadsafe(perform(), self._loop).result()

    def wake(self) -> None:
        """Looks at the clock again, which somebody moved; for any other thread."""
        self._loop.call_soon_threadsafe(self._changed.set)

    async def run(self) -> None:
        """Dispatches until it is cancelled; requests under way are then given up."""
        async with open_session() as session:
            try:
                while True:
                    self._changed.clear()
                    self._tick(session)
                    await self._sleep()
            finally:
                for sending in self._sending.values():
                    sending.cancel()
                await asyncio.gather(*self._sending.values(), return_exceptions=True)

    def _tick(self, session: aiohttp.ClientSession) -> None:
        now = self._clock()
        for key in self._registry.expire(now):
            self._sending.pop(key).cancel()
        started = list(self._registry.start_due(now))
        self._store.save(self._registry)
        for dispatch in started:
            attempt = self._loop.create_task(self._attempt(session, dispatch))
            self._sending[dispatch.task, dispatch.number] = attempt

    async def _sleep(self) -> None:
        wake_at = self._registry.wake_at()
        seconds = None if wake_at is None else (wake_at - self._clock()).total_seconds()
        # Not wait_for, which before Python 3.12 may lose a cancellation.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()

    async def _attempt(self, session: aiohttp.ClientSession, dispatch: Dispatch) -> None:
        outcome = await send(session, dispatch, self._mint)
        del self._sending[dispatch.task, dispatch.number]
        self._registry.finish(dispatch, outcome, self._clock())
        _log.info("%s attempt %d: HTTP %d", dispatch.task, dispatch.number, outcome.status)
        self._changed.set()
