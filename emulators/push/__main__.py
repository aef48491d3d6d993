"""Pub/Sub push with OIDC: what the Pub/Sub emulator leaves out.

    python -m emulators.push --port N --token-url URL --caller EMAIL --route NAME=URL …

Subscriptions push to `/push/<function>`; the message goes on to the function with an
OIDC token for it, and the function's answer goes back, so that Pub/Sub acknowledges,
retries or dead-letters by it. `GET /stats` counts deliveries per function.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from emulators.local.oidc import TokenSource

# Pub/Sub's own limit is 10 MB of data, which base64 makes a third longer.
_MAX_BODY = 16 * 2**20
_NOT_FORWARDED = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "authorization", "expect"}
)

# One message of a subscription at a time. Messages of one topic often change the same
# documents, and where two transactions meet, the Firestore emulator lets both wait for
# two seconds: one after the other is ten times as fast.
_AT_ONCE = 1

_SESSION = web.AppKey("session", aiohttp.ClientSession)
_TOKENS = web.AppKey("tokens", TokenSource)
_COUNTS = web.AppKey("counts", dict[str, Counter[str]])
_TURNS = web.AppKey("turns", dict[str, asyncio.Semaphore])


async def _push(request: web.Request, url: str) -> web.Response:
    name = request.match_info["function"]
    counts = request.app[_COUNTS][name]
    counts["in_flight"] += 1
    try:
        headers = {
            key: value
            for key, value in request.headers.items()
            if key.lower() not in _NOT_FORWARDED
        }
        headers |= await request.app[_TOKENS].header(audience=url)
        body = await request.read()
        async with (
            request.app[_TURNS][name],
            request.app[_SESSION].post(url, data=body, headers=headers) as answer,
        ):
            counts["acknowledged" if answer.status < 300 else "refused"] += 1
            return web.Response(status=answer.status, body=await answer.read())
    except aiohttp.ClientError as error:
        counts["refused"] += 1
        return web.Response(status=503, text=f"{name} cannot be reached: {error}")
    finally:
        counts["in_flight"] -= 1


def make_app(routes: dict[str, str], token_url: str, caller: str) -> web.Application:
    """The relay; `routes` maps a function's name to its URL, which is also its audience."""
    app = web.Application(client_max_size=_MAX_BODY)
    counts: dict[str, Counter[str]] = {name: Counter() for name in routes}
    app[_COUNTS] = counts
    app[_TURNS] = {name: asyncio.Semaphore(_AT_ONCE) for name in routes}

    async def context(app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=600)) as session:
            app[_SESSION] = session
            app[_TOKENS] = TokenSource(session, token_url, caller)
            yield

    async def push(request: web.Request) -> web.Response:
        url = routes.get(request.match_info["function"])
        if url is None:
            raise web.HTTPNotFound
        return await _push(request, url)

    async def stats(_request: web.Request) -> web.Response:
        return web.json_response(counts)

    app.cleanup_ctx.append(context)
    app.router.add_post("/push/{function}", push)
    app.router.add_get("/stats", stats)
    return app


def main() -> None:
    """Parses the command line and serves until told to end."""
    parser = argparse.ArgumentParser(prog="python -m emulators.push")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--token-url", required=True)
    parser.add_argument("--caller", required=True)
    parser.add_argument("--route", action="append", default=[], metavar="NAME=URL")
    options = parser.parse_args()
    routes = dict(route.split("=", 1) for route in options.route)
    app = make_app(routes, options.token_url, options.caller)
    web.run_app(app, host="127.0.0.1", port=options.port, print=None, access_log=None)


if __name__ == "__main__":
    main()
