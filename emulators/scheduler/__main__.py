"""Cloud Scheduler: calls one URL again and again, with an OIDC token.

python -m emulators.scheduler --url URL --every SECONDS --token-url URL --caller EMAIL
"""

import argparse
import asyncio
import logging

import aiohttp

from emulators.local.oidc import TokenSource

_log = logging.getLogger("scheduler")


async def call(
    session: aiohttp.ClientSession, tokens: TokenSource, url: str, audience: str
) -> int | None:
    """Calls `url` as Cloud Scheduler does; answers the status, None if it can't be reached."""
    try:
        headers = {"X-CloudScheduler": "true", **await tokens.header(audience)}
        async with session.post(url, headers=headers) as answer:
            if answer.status >= 300:
                _log.warning("%s answered %s: %s", url, answer.status, await answer.text())
            return answer.status
    except (aiohttp.ClientError, TimeoutError) as error:
        _log.warning("%s cannot be reached: %s", url, error)
        return None


async def _run(options: argparse.Namespace) -> None:
    timeout = aiohttp.ClientTimeout(total=options.every * 3)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        tokens = TokenSource(session, options.token_url, options.caller)
        while True:
            await asyncio.sleep(options.every)
            await call(session, tokens, options.url, options.audience)


def main() -> None:
    """Parses the command line and calls until told to end."""
    parser = argparse.ArgumentParser(prog="python -m emulators.scheduler")
    parser.add_argument("--url", required=True)
    parser.add_argument("--audience", required=True)
    parser.add_argument("--every", type=float, required=True, help="seconds between two calls")
    parser.add_argument("--token-url", required=True)
    parser.add_argument("--caller", required=True)
    logging.basicConfig(format="%(levelname)s %(message)s")
    asyncio.run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
