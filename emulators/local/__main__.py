"""The local cloud: `python -m emulators.local` (`make run`) until Ctrl-C."""

import argparse
import asyncio
import contextlib
import datetime
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from emulators.demo.systems import SYSTEMS
from emulators.local import demo, launcher, load, locking, report
from emulators.local.console import elapsed, failure, progress
from emulators.local.plan import Plan, PortInUseError, build_folder, make_plan
from emulators.local.process import PartFailedError, Processes
from infra.setup import programs
from infra.setup.step import MissingError

_EXPECTED = (
    demo.DemoDataError,
    load.LoadError,
    MissingError,
    PartFailedError,
    PortInUseError,
)


_WAIT_SECONDS = 60.0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulators.local", description=__doc__)
    parser.add_argument(
        "--system", default="ecc_eu", choices=SYSTEMS, help="the source system, and its region"
    )
    parser.add_argument("--port", type=int, default=8080, help="of the gateway; 0 for any")
    parser.add_argument("--keep", action="store_true", help="go on with the last run's data")
    parser.add_argument("--styles", type=int, default=520, help="how many the demo data has")
    parser.add_argument("--companies", type=int, default=40, help="how many the demo data has")
    parser.add_argument("--seed", type=int, default=1, help="of the demo data")
    parser.add_argument(
        "--today",
        type=datetime.date.fromisoformat,
        default=datetime.datetime.now(datetime.UTC).date(),
        help="the day the demo data is made for",
    )
    parser.add_argument(
        "--build", type=Path, help="folder for logs, data and local.json; one of its own by system"
    )
    options = parser.parse_args()
    options.build = options.build or build_folder(options.system)
    return options


@contextlib.contextmanager
def _only_one(build: Path) -> Iterator[TextIO]:
    """The lock of a build folder, with our process id in it; each part shares it.

    Raises PortInUseError while another launcher holds it. Of one that was killed the parts
    may still be ending: they are waited for, since they save their data and hold their ports.
    """
    build.mkdir(parents=True, exist_ok=True)
    with (build / "local.lock").open("a+") as lock:
        if not locking.acquired(lock):
            if locking.owner_lives(lock):
                raise PortInUseError("Sellin runs already: `make stop` ends it")
            progress("waiting for what the last run left to end")
            if not locking.acquired(lock, _WAIT_SECONDS):
                raise PortInUseError("What the last run left does not end: `make stop`")
        locking.sign(lock)
        yield lock


def _first(error: BaseException) -> BaseException:
    """The one failure that a person is told of."""
    while isinstance(error, BaseExceptionGroup):
        expected = error.subgroup(lambda each: isinstance(each, _EXPECTED))
        error = (expected or error).exceptions[0]
    return error


def _listen_for_the_end(ended: asyncio.Event, processes: Processes) -> None:
    """Ctrl-C and `make stop` end it cleanly, a second time by force."""

    def on_signal() -> None:
        if ended.is_set():
            processes.kill()
            os._exit(130)
        progress("stopping")
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, on_signal)


async def _first_of(*events: asyncio.Future[Any]) -> None:
    await asyncio.wait(events, return_when=asyncio.FIRST_COMPLETED)


async def _run(plan: Plan, today: datetime.date, lock: TextIO) -> int:
    ended, processes = asyncio.Event(), Processes(plan, lock)
    _listen_for_the_end(ended, processes)
    ending = asyncio.create_task(ended.wait())
    starting = asyncio.create_task(launcher.start(plan, today, processes))
    complete, code = False, 0
    try:
        await _first_of(starting, ending, processes.failed)
        if starting.done():
            await starting
            complete = True
            print(report.banner(plan, demo.accounts(plan)), flush=True)
            progress(f"started in {elapsed():.0f} s")
            await _first_of(ending, processes.failed)
        if processes.failed.done():
            raise processes.failed.result()
    except (*_EXPECTED, BaseExceptionGroup) as error:
        told = _first(error)
        if not isinstance(told, _EXPECTED):
            raise
        failure(str(told))
        complete, code = False, 1
    finally:
        starting.cancel()
        with contextlib.suppress(BaseException):
            await starting
        await launcher.stop(plan, processes, complete)
    return code


def main() -> int:
    """Runs the local cloud; answers the exit code."""
    programs.use()
    options = _arguments()
    try:
        with _only_one(options.build) as lock:
            plan = make_plan(
                options.build.resolve(),
                options.port,
                options.styles,
                options.companies,
                options.seed,
                options.keep,
                options.system,
            )
            launcher.prepare(plan)
            return asyncio.run(_run(plan, options.today, lock))
    except _EXPECTED as error:
        failure(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
