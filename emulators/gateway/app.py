"""The gateway as an application: forwarding, files, and errors of its own."""

import json
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

MAX_BODY = 10 * 2**20

# Hop-by-hop headers (RFC 9110 section 7.6.1) and what aiohttp sets itself.
_NOT_FORWARDED = frozenset(
    {
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
# Pictures are named by what they show and never change within one set of demo data; the
# portal's assets are named by their content.
_FOR_GOOD = "public, max-age=31536000, immutable"
_FRESH = "no-cache"

# What the portal asks first of all: where people sign in. Terraform writes it in the cloud.
_CONFIG = {
    "identity": {
        "accounts": "/identity/identitytoolkit.googleapis.com/v1/accounts",
        "tokens": "/identity/securetoken.googleapis.com/v1/token",
        "key": "local",
    },
    "providers": [],
    "idle_minutes": 480,
}

_SESSION = web.AppKey("session", aiohttp.ClientSession)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Sites:
    """What stands behind the gateway: services by name, folders and pages."""

    services: dict[str, str]
    identity: str
    media: Path
    portal: Path
    home: Path


def _request_id(request: web.Request) -> str:
    """The caller's id of the request if it is well formed, else a new one."""
    told = request.headers.get("X-Request-Id", "")
    return told if _REQUEST_ID.fullmatch(told) else secrets.token_hex(16)


def _problem(status: int, code: str, title: str, detail: str, request_id: str) -> web.Response:
    """An answer in the form of RFC 9457, as the functions give them."""
    return web.json_response(
        {
            "type": "about:blank",
            "title": title,
            "status": status,
            "code": code,
            "detail": detail,
            "request_id": request_id,
        },
        status=status,
        content_type="application/problem+json",
        headers={"X-Request-Id": request_id},
    )


def _too_large(request_id: str) -> web.Response:
    detail = f"The limit is {MAX_BODY} bytes."
    return _problem(413, "body_too_large", "Content Too Large", detail, request_id)


def _not_found(request: web.Request) -> web.Response:
    detail = "There is nothing at this address."
    return _problem(404, "not_found", "Not Found", detail, _request_id(request))


class _Body:
    """A request's body as it comes in, up to the limit."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._size = request.content_length or 0

    def too_large(self) -> bool:
        """Whether it is, by what it declares or by what has come so far."""
        return self._size > MAX_BODY

    async def chunks(self) -> AsyncIterator[bytes]:
        self._size = 0
        async for chunk in self._request.content.iter_any():
            self._size += len(chunk)
            if self.too_large():
                # Breaks off the request that is being sent.
                raise aiohttp.ClientPayloadError
            yield chunk


def _identified(request: web.Request) -> CIMultiDict[str]:
    """The request's headers with a request id and a trace, the caller's if well formed."""
    headers = CIMultiDict(
        (name, value)
        for name, value in request.headers.items()
        if name.lower() not in _NOT_FORWARDED
    )
    headers["X-Request-Id"] = _request_id(request)
    if not _TRACEPARENT.fullmatch(headers.get("traceparent", "")):
        headers["traceparent"] = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    headers["X-Forwarded-For"] = request.remote or ""
    headers["X-Forwarded-Proto"] = "http"
    headers["X-Forwarded-Host"] = request.host
    return headers


async def _forward(request: web.Request, base: str, path: str, name: str) -> web.StreamResponse:
    """Passes the request on and its answer back, both as streams."""
    headers = _identified(request)
    request_id = headers["X-Request-Id"]
    body = _Body(request)
    if body.too_large():
        return _too_large(request_id)
    query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
    if request.content_length is not None:
        headers["Content-Length"] = str(request.content_length)
    started: web.StreamResponse | None = None
    try:
        async with request.app[_SESSION].request(
            request.method,
            URL(f"{base}{path}{query}", encoded=True),
            headers=headers,
            data=body.chunks() if request.body_exists else None,
            allow_redirects=False,
        ) as answer:
            started = web.StreamResponse(status=answer.status, reason=answer.reason)
            for key, value in answer.headers.items():
                if key.lower() not in _NOT_FORWARDED:
                    started.headers.add(key, value)
            started.headers["X-Request-Id"] = request_id
            if answer.content_length is not None:
                started.content_length = answer.content_length
            await started.prepare(request)
            async for chunk in answer.content.iter_any():
                await started.write(chunk)
            await started.write_eof()
            return started
    except (aiohttp.ClientError, TimeoutError):
        if body.too_large():
            return _too_large(request_id)
        if started is not None and started.prepared:
            raise
        detail = f"{name} does not answer."
        problem = _problem(503, "service_unavailable", "Service Unavailable", detail, request_id)
        problem.headers["Retry-After"] = "1"
        return problem


def _service(sites: Sites) -> _Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        name = request.match_info["service"]
        base = sites.services.get(name)
        if base is None:
            return _not_found(request)
        return await _forward(request, base, request.rel_url.raw_path, name)

    return handle


def _identity(sites: Sites) -> _Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        path = request.rel_url.raw_path.removeprefix("/identity")
        return await _forward(request, sites.identity, path, "identity")

    return handle


def _file(folder: Path, name: str) -> Path | None:
    """The file `name` below folder, None if there is none or it lies elsewhere."""
    found = (folder / name).resolve()
    return found if found.is_file() and found.is_relative_to(folder.resolve()) else None


@cache
def _headers() -> dict[str, str]:
    """What every file is sent with, here as in the cloud."""
    text = (Path(__file__).resolve().parents[2] / "infra" / "headers.json").read_text()
    headers: dict[str, str] = json.loads(text)
    return headers


def _sent(path: Path, kept: str) -> web.FileResponse:
    """A file, with how long it may be kept; compressed, if it is and the caller takes that."""
    return web.FileResponse(path, headers=_headers() | {"Cache-Control": kept})


def _media(sites: Sites) -> _Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        found = _file(sites.media, request.match_info["name"])
        if found is None:
            return _not_found(request)
        return _sent(found, _FOR_GOOD)

    return handle


def _portal(sites: Sites) -> _Handler:
    """The built portal, whose own addresses all lead to its index; else the home page."""

    async def handle(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if not sites.portal.is_dir():
            return _not_found(request) if name else web.FileResponse(sites.home)
        found = _file(sites.portal, name)
        if name.startswith("assets/"):
            return _sent(found, _FOR_GOOD) if found else _not_found(request)
        return _sent(found or sites.portal / "index.html", _FRESH)

    return handle


async def _config(_: web.Request) -> web.Response:
    return web.json_response(_CONFIG, headers=_headers() | {"Cache-Control": _FRESH})


def _home(sites: Sites) -> _Handler:
    async def handle(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(sites.home, headers={"Cache-Control": _FRESH})

    return handle


async def _session(app: web.Application) -> AsyncIterator[None]:
    timeout = aiohttp.ClientTimeout(total=600, sock_connect=10)
    # Encoded bodies pass through as they are, and nothing is asked for that the caller doesn't.
    async with aiohttp.ClientSession(
        timeout=timeout,
        auto_decompress=False,
        skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
        connector=aiohttp.TCPConnector(limit=0),
    ) as session:
        app[_SESSION] = session
        yield


def make_app(sites: Sites) -> web.Application:
    """The gateway in front of `sites`."""
    app = web.Application()
    app.cleanup_ctx.append(_session)
    app.router.add_route("*", "/v1/{service}{rest:(/.*)?}", _service(sites))
    app.router.add_route("*", "/identity/{rest:.*}", _identity(sites))
    app.router.add_get("/media/{name:.*}", _media(sites))
    app.router.add_get("/local", _home(sites))
    app.router.add_get("/config.json", _config)
    app.router.add_get("/{name:.*}", _portal(sites))
    return app
