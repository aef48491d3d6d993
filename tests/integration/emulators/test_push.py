"""Push with OIDC and the scheduler, against a function that notes what it is sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from emulators.local import ports, sdk
from emulators.local.oidc import TokenSource
from emulators.push.__main__ import make_app
from emulators.scheduler.__main__ import call

CALLER = "push@demo.iam.gserviceaccount.com"


@asynccontextmanager
async def _function(status: int, got: list[dict[str, Any]]) -> AsyncIterator[str]:
    """A function that answers with `status`, which also mints tokens."""

    async def token(request: web.Request) -> web.Response:
        wanted = await request.json()
        return web.json_response({"token": f"{wanted['email']} for {wanted['audience']}"})

    async def receive(request: web.Request) -> web.Response:
        got.append({"headers": dict(request.headers), "body": await request.text()})
        return web.Response(status=status, text="answer")

    app = web.Application()
    app.router.add_post("/token", token)
    app.router.add_post("/", receive)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


def _push(status: int) -> tuple[int, dict[str, Any], list[dict[str, Any]], str]:
    async def run() -> tuple[int, dict[str, Any], list[dict[str, Any]], str]:
        got: list[dict[str, Any]] = []
        async with _function(status, got) as url:
            app = make_app({"sync_prices": url}, f"{url}/token", CALLER)
            async with TestClient(TestServer(app)) as relay:
                headers = {"Content-Type": "application/json", "ce-id": "5"}
                async with relay.post("/push/sync_prices", data="{}", headers=headers) as answer:
                    answered = answer.status
                async with relay.get("/stats") as stats:
                    return answered, await stats.json(), got, url

    return asyncio.run(run())


def test_a_message_goes_on_with_a_token_for_the_function() -> None:
    status, stats, got, url = _push(204)
    assert status == 204
    assert stats == {"sync_prices": {"in_flight": 0, "acknowledged": 1}}
    assert got[0]["body"] == "{}"
    assert got[0]["headers"]["Authorization"] == f"Bearer {CALLER} for {url}"
    assert got[0]["headers"]["ce-id"] == "5"


def test_a_refusal_is_passed_on_so_that_pubsub_retries() -> None:
    status, stats, _, _ = _push(500)
    assert status == 500
    assert stats["sync_prices"] == {"in_flight": 0, "refused": 1}


def test_a_dead_function_is_a_refusal() -> None:
    async def run() -> int:
        async with _function(200, []) as url:
            dead = f"http://{sdk.HOST}:{ports.free_ports(1)[0]}"
            app = make_app({"sync_prices": dead}, f"{url}/token", CALLER)
            async with (
                TestClient(TestServer(app)) as relay,
                relay.post("/push/sync_prices", data="{}") as answer,
            ):
                return answer.status

    assert asyncio.run(run()) == 503


def test_the_scheduler_calls_with_its_header_and_token() -> None:
    got: list[dict[str, Any]] = []

    async def run() -> int | None:
        async with _function(200, got) as url, aiohttp.ClientSession() as session:
            tokens = TokenSource(session, f"{url}/token", CALLER)
            return await call(session, tokens, f"{url}/", audience="reconcile")

    assert asyncio.run(run()) == 200
    assert got[0]["headers"]["X-CloudScheduler"] == "true"
    assert got[0]["headers"]["Authorization"] == f"Bearer {CALLER} for reconcile"
