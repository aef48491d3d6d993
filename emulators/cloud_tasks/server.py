"""Starts the emulator: gRPC, the OIDC issuer and the dispatcher, in one process."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import grpc
from aiohttp import web

from emulators import oidc
from emulators.cloud_tasks import service
from emulators.cloud_tasks.driver import Clock, Driver, utc_now
from emulators.cloud_tasks.store import Store

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Config:
    """Ports (0 = any free one), the directory that keeps state (None = none is kept), the clock."""

    port: int = 0
    oidc_port: int = 0
    state: Path | None = None
    clock: Clock = utc_now


@dataclass(frozen=True, slots=True)
class Emulator:
    """A running emulator. `wake` must be called after a clock of the caller's was moved."""

    address: str
    oidc_url: str
    issuer: oidc.Issuer
    wake: Callable[[], None]

    @property
    def certs_url(self) -> str:
        """What OIDC_CERTS_URL is to be."""
        return f"{self.oidc_url}/certs"


async def run(config: Config, ready: Callable[[Emulator], None], stop: asyncio.Event) -> None:
    """Serves until `stop` is set; `ready` is called once everything listens."""
    issuer = oidc.load_issuer(config.state)
    with closing(Store(config.state)) as store:
        driver = Driver(store, issuer.mint, config.clock)
        async with (
            _grpc_server(driver, config.port) as address,
            # Last, as its /healthz tells that all is there.
            _oidc_site(issuer, config.oidc_port) as oidc_url,
            asyncio.TaskGroup() as running,
        ):
            driving = running.create_task(driver.run())
            ready(Emulator(address, oidc_url, issuer, driver.wake))
            await stop.wait()
            driving.cancel()


@asynccontextmanager
async def _oidc_site(issuer: oidc.Issuer, port: int) -> AsyncIterator[str]:
    runner = web.AppRunner(oidc.application(issuer), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _grpc_server(driver: Driver, port: int) -> AsyncIterator[str]:
    # Without the option a second emulator would share the port silently.
    server = grpc.server(ThreadPoolExecutor(8), options=[("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers((service.handler(driver),))
    bound = server.add_insecure_port(f"{HOST}:{port}")
    server.start()
    try:
        yield f"{HOST}:{bound}"
    finally:
        # Calls under way need this loop, so the wait must be elsewhere.
        await asyncio.to_thread(server.stop(grace=2).wait)


@contextmanager
def serve(config: Config) -> Iterator[Emulator]:
    """An emulator in a thread of this process, for as long as the context lasts."""
    started: Future[tuple[Emulator, Callable[[], object]]] = Future()

    async def main() -> None:
        stop = asyncio.Event()
        end = partial(asyncio.get_running_loop().call_soon_threadsafe, stop.set)
        await run(config, lambda emulator: started.set_result((emulator, end)), stop)

    def target() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=target, name="cloud-tasks-emulator", daemon=True)
    thread.start()
    emulator, stop = started.result(timeout=30)
    try:
        yield emulator
    finally:
        stop()
        thread.join()
