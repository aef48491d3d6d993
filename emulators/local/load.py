"""Loads the demo data through the front door: SAP publishes, the functions take it in."""

import asyncio
import time
from typing import Any

import aiohttp

from emulators.local.console import failure, progress
from emulators.local.plan import Plan

_KINDS = ("customers", "prices", "products", "inventory")
_LOAD_SECONDS = 240.0
_POLL_SECONDS = 0.25
_PROGRESS_SECONDS = 5.0
# So long without a delivery, nothing is on its way any more.
_QUIET_SECONDS = 1.5


class LoadError(Exception):
    """The demo data did not arrive; the text says how far it came."""


async def publish(session: aiohttp.ClientSession, plan: Plan) -> None:
    """Has the stand-in publish all that it knows. Raises LoadError."""
    url = f"{plan.url('sap_control')}/publish"
    timeout = aiohttp.ClientTimeout(total=_LOAD_SECONDS)
    async with session.post(url, json={"kinds": list(_KINDS)}, timeout=timeout) as answer:
        if answer.status >= 300:
            raise LoadError(
                f"the SAP stand-in could not publish the demo data ({await answer.text()}): "
                f"see {plan.logs / 'sap.log'}"
            )


async def _deliveries(session: aiohttp.ClientSession, plan: Plan) -> dict[str, dict[str, int]]:
    async with session.get(f"{plan.url('push')}/stats") as answer:
        counts: dict[str, dict[str, int]] = await answer.json()
        return counts


def _sum(counts: dict[str, dict[str, int]], key: str) -> int:
    return sum(count.get(key, 0) for count in counts.values())


async def wait_until_delivered(session: aiohttp.ClientSession, plan: Plan) -> None:
    """Waits until no message is on its way. Raises LoadError after four minutes."""
    began = quiet_since = told = time.monotonic()
    before: dict[str, dict[str, int]] = {}
    while True:
        counts = await _deliveries(session, plan)
        now = time.monotonic()
        if counts != before or _sum(counts, "in_flight"):
            before, quiet_since = counts, now
        if now - quiet_since > _QUIET_SECONDS and _sum(counts, "acknowledged"):
            break
        if now - began > _LOAD_SECONDS:
            raise LoadError(f"the demo data did not arrive in {_LOAD_SECONDS:.0f} s: {counts}")
        if now - told > _PROGRESS_SECONDS:
            told = now
            progress(f"demo data: {_sum(counts, 'acknowledged')} messages taken in")
        await asyncio.sleep(_POLL_SECONDS)
    for name, count in counts.items():
        if count.get("refused"):
            failure(
                f"{name} refused {count['refused']} messages of the demo data, which are "
                f"delivered again until it takes them: see {plan.logs / name}.log"
            )


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
