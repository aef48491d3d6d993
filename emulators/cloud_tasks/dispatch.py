"""Sends a task's request as Cloud Tasks does and tells how it ended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from multidict import CIMultiDict

from emulators.cloud_tasks import names
from emulators.cloud_tasks.model import UNREACHABLE, Dispatch, DispatchOutcome
from emulators.cloud_tasks.parse import MAX_DEADLINE

Mint = Callable[[str, str], str]

# Headers of a task that the service ignores or computes itself (HttpRequest.headers)
_REPLACED = {"host", "content-length"}
_RESERVED = ("x-cloudtasks-", "x-google-", "x-appengine-")


def headers(dispatch: Dispatch, mint: Mint) -> CIMultiDict[str]:
    """The headers of an attempt; `mint` makes an ID token of (audience, e-mail)."""
    result: CIMultiDict[str] = CIMultiDict()
    for name, value in dispatch.request.headers.items():
        if name.lower() not in _REPLACED and not name.lower().startswith(_RESERVED):
            result[name] = value
    result["X-CloudTasks-QueueName"] = names.short(dispatch.queue)
    result["X-CloudTasks-TaskName"] = names.short(dispatch.task)
    result["X-CloudTasks-TaskRetryCount"] = str(dispatch.number - 1)
    result["X-CloudTasks-TaskExecutionCount"] = str(dispatch.executions)
    result["X-CloudTasks-TaskETA"] = f"{dispatch.scheduled.timestamp():.6f}"
    if dispatch.previous_status is not None:
        result["X-CloudTasks-TaskPreviousResponse"] = str(dispatch.previous_status)
        # Recorded of the service: the header is there, and empty for HTTP targets.
        result["X-CloudTasks-TaskRetryReason"] = ""
    if oidc := dispatch.request.oidc:
        result["Authorization"] = f"Bearer {mint(oidc.audience, oidc.email)}"
    return result


async def send(session: aiohttp.ClientSession, dispatch: Dispatch, mint: Mint) -> DispatchOutcome:
    """Sends the request and waits for the end of its answer; the caller keeps the deadline.

    Redirects are not followed: the service was recorded to take a 302 for a failure.
    """
    try:
        async with session.request(
            dispatch.request.method,
            dispatch.request.url,
            headers=headers(dispatch, mint),
            data=dispatch.request.body or None,
            allow_redirects=False,
        ) as response:
            await response.read()
            return DispatchOutcome(
                status=response.status,
                answered=True,
                retry_after=retry_after(response.headers.get("Retry-After"), datetime.now(UTC)),
            )
    except (aiohttp.ClientError, OSError, ValueError):
        # ValueError: a URL that no request can be made of
        return DispatchOutcome(status=UNREACHABLE, answered=False)


def open_session() -> aiohttp.ClientSession:
    """A client that neither limits the number of requests nor adds headers of its own.

    Connections are not reused: one that the target closed meanwhile would fail an attempt.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, force_close=True),
        # Ends what nobody waits for any more; dispatch deadlines are shorter.
        timeout=aiohttp.ClientTimeout(total=MAX_DEADLINE.total_seconds() + 60),
        skip_auto_headers={"Content-Type", "User-Agent"},
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The wait that a `Retry-After` header asks for, in seconds or until a date (RFC 9110)."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), 10**9))
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(date.replace(tzinfo=date.tzinfo or UTC) - now, timedelta())
