"""Loads the demo data through the front door: SAP publishes, the functions take it in."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import aiohttp

from emulators.local.console import failure, progress
from emulators.local.plan import Plan

_STAGES = (("products",), ("customers", "prices", "inventory"))
"""Kinds published at once: what comes before its article waits, and costs three writes for one."""
_LOAD_SECONDS = 240.0
_POLL_SECONDS = 0.25
_PROGRESS_SECONDS = 5.0


class LoadError(Exception):
    """The demo data did not arrive; the text says how far it came."""


async def _publish(session: aiohttp.ClientSession, plan: Plan, kinds: Sequence[str]) -> int:
    """Has the stand-in publish all that it knows of these, stock as a full snapshot; answers how many
    messages that were."""
    plain = [kind for kind in kinds if kind != "inventory"]
    sent = sum((await _ask(session, plan, "publish", {"kinds": plain}))["messages"].values())
    if "inventory" in kinds:
        sent += (await _ask(session, plan, "snapshots", {"family": "stock"}))["parts"]
    return int(sent)


async def _ask(
    session: aiohttp.ClientSession, plan: Plan, path: str, body: dict[str, Any]
) -> dict[str, Any]:
    url = f"{plan.url('sap_control')}/{path}"
    timeout = aiohttp.ClientTimeout(total=_LOAD_SECONDS)
    async with session.post(url, json=body, timeout=timeout) as answer:
        if answer.status >= 300:
            raise LoadError(
                f"the SAP stand-in could not publish the demo data ({await answer.text()}): "
                f"see {plan.logs / 'sap.log'}"
            )
        answered: dict[str, Any] = await answer.json()
        return answered


async def _deliveries(session: aiohttp.ClientSession, plan: Plan) -> dict[str, dict[str, int]]:
    async with session.get(f"{plan.url('push')}/stats") as answer:
        counts: dict[str, dict[str, int]] = await answer.json()
        return counts


def _sum(counts: dict[str, dict[str, int]], key: str) -> int:
    return sum(count.get(key, 0) for count in counts.values())


async def publish_and_wait(session: aiohttp.ClientSession, plan: Plan) -> None:
    """Has SAP publish the demo data and waits until every message was taken in.

    Raises LoadError after four minutes.
    """
    deadline = time.monotonic() + _LOAD_SECONDS
    expected = 0
    for kinds in _STAGES:
        publishing = asyncio.create_task(_publish(session, plan, kinds))
        counts = await _taken_in(session, plan, expected, publishing, deadline)
        expected += await publishing
    for name, count in counts.items():
        if count.get("refused"):
            failure(
                f"{name} refused a message {count['refused']} times before it took it: "
                f"see {plan.logs / name}.log"
            )


async def _taken_in(
    session: aiohttp.ClientSession,
    plan: Plan,
    before: int,
    publishing: asyncio.Task[int],
    deadline: float,
) -> dict[str, dict[str, int]]:
    """Waits until `before` messages and those that are being published were taken in."""
    told = time.monotonic()
    while True:
        counts = await _deliveries(session, plan)
        taken_in = _sum(counts, "acknowledged")
        done = publishing.done() and taken_in >= before + await publishing
        if done and not _sum(counts, "in_flight"):
            return counts
        now = time.monotonic()
        if now > deadline:
            raise LoadError(f"the demo data did not arrive in {_LOAD_SECONDS:.0f} s: {counts}")
        if now - told > _PROGRESS_SECONDS:
            told = now
            progress(f"{taken_in} messages taken in")
        await asyncio.sleep(_POLL_SECONDS)


async def sign_in(session: aiohttp.ClientSession, plan: Plan, person: dict[str, Any]) -> str:
    """The ID token of a demo account, by way of the gateway."""
    url = (
        f"{plan.url('gateway')}/identity/identitytoolkit.googleapis.com"
        "/v1/accounts:signInWithPassword?key=local"
    )
    request = {
        "email": person["email"],
        "password": person["password"],
        "returnSecureToken": True,
    }
    async with session.post(url, json=request) as answer:
        answer.raise_for_status()
        token: str = (await answer.json())["idToken"]
        return token


async def wait_for_catalogue(
    session: aiohttp.ClientSession, plan: Plan, buyer: dict[str, Any]
) -> None:
    """Waits until a demo buyer sees styles in the catalogue. Raises LoadError."""
    token = await sign_in(session, plan, buyer)
    url = f"{plan.url('gateway')}/v1/catalog/styles"
    deadline = time.monotonic() + 30
    while True:
        async with session.get(url, headers={"Authorization": f"Bearer {token}"}) as answer:
            body = await answer.text()
            if answer.status == 200 and (await answer.json()).get("items"):
                return
        if time.monotonic() > deadline:
            raise LoadError(
                f"{buyer['email']} sees no styles (GET /v1/catalog/styles answered "
                f"{answer.status}: {body[:200]}): see {plan.logs / 'catalog.log'}"
            )
        await asyncio.sleep(_POLL_SECONDS)
