"""Starts the local cloud in the right order, and stops it in the right order."""

import asyncio
import datetime
import shutil
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp

from emulators.local import demo, firebase, keep, load, parts, provision, report
from emulators.local.console import progress
from emulators.local.plan import Plan, remember_ports
from emulators.local.process import Processes

_EMULATORS = ["firestore", "pubsub", "auth", "tasks", "sap"]
_SAVING_SECONDS = 60.0


def prepare(plan: Plan) -> None:
    """Makes the folders that a run writes to, without what the last run left."""
    shutil.rmtree(plan.logs, ignore_errors=True)
    plan.logs.mkdir(parents=True)
    (plan.build / "local.json").unlink(missing_ok=True)
    keep.prepare_state(plan)
    if plan.kept:
        progress(f"going on with the last run; Firestore's data is of {keep.described(plan)}")


async def _all(*work: Coroutine[Any, Any, None]) -> None:
    """Does things at the same time; the first failure cancels the others."""
    async with asyncio.TaskGroup() as group:
        for each in work:
            group.create_task(each)


@dataclass(frozen=True)
class _Start:
    """One start: its steps, of which some wait for others."""

    plan: Plan
    today: datetime.date
    processes: Processes
    session: aiohttp.ClientSession

    async def up(self, *names: str) -> None:
        for name in names:
            await self.processes.healthy(self.session, name)
            progress(f"{name} is up")

    async def google(self) -> None:
        await self.processes.start(partial(parts.firestore, self.plan))
        await self.processes.start(partial(parts.pubsub, self.plan), restore=self.topics)
        await self.up("pubsub")
        await self.topics()
        await self.up("firestore")

    async def topics(self) -> None:
        await asyncio.to_thread(provision.make_topics, self.plan)

    async def tasks(self) -> None:
        await self.processes.start(partial(parts.tasks_emulator, self.plan))
        await self.up("tasks")
        await asyncio.to_thread(provision.make_queues, self.plan)

    async def auth(self) -> None:
        await firebase.install()
        await self.processes.start(partial(parts.auth_emulator, self.plan))
        await self.up("auth")

    async def sap(self) -> None:
        await demo.ensure_demo_data(self.plan, self.today)
        await self.processes.start(partial(parts.sap, self.plan))
        await self.processes.start(partial(parts.vies, self.plan))
        await self.up("sap", "vies")

    async def functions(self) -> None:
        for name in self.plan.functions:
            await self.processes.start(partial(parts.function, name, self.plan))
        await self.processes.start(partial(parts.push_relay, self.plan))
        await self.up("push", *self.plan.functions)
        if "reconcile" in self.plan.functions:
            await self.processes.start(partial(parts.scheduler, self.plan))

    async def gateway(self) -> None:
        report.write_home_page(self.plan, demo.accounts(self.plan))
        await self.processes.start(partial(parts.gateway, self.plan))
        await self.up("gateway")

    async def load(self) -> None:
        """The people, and what SAP publishes; returns when it can be seen."""
        people = demo.accounts(self.plan)
        await asyncio.to_thread(provision.make_accounts, self.plan, people)
        progress("SAP publishes the demo data")
        await load.publish_and_wait(self.session, self.plan)
        if "catalog" in self.plan.functions:
            await load.wait_for_catalogue(self.session, self.plan, report.buyer(people))
        await keep.save_accounts(self.session, self.plan)
        await asyncio.to_thread(keep.save_firestore, self.plan)
        progress("the demo data has arrived")


async def start(plan: Plan, today: datetime.date, processes: Processes) -> None:
    """Starts everything, loads the demo data, and writes what runs where.

    Raises an ExceptionGroup of what went wrong; the caller stops what was started.
    """
    async with aiohttp.ClientSession() as session:
        step = _Start(plan, today, processes, session)
        await _all(step.google(), step.tasks(), step.auth(), step.sap(), step.functions())
        await step.gateway()
        if not plan.kept:
            await step.load()
    remember_ports(plan)
    processes.everything_runs()
    report.write_json(plan, demo.accounts(plan))


async def stop(plan: Plan, processes: Processes, complete: bool) -> None:
    """Ends everything; if the start was `complete`, the emulators have time to save their data."""
    (plan.build / "local.json").unlink(missing_ok=True)
    await processes.stop([name for name in processes.names() if name not in _EMULATORS])
    await processes.stop(grace=_SAVING_SECONDS if complete else 0.5)
