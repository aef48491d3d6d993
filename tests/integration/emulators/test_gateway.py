"""The gateway, in front of real servers."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from emulators.gateway.app import MAX_BODY, Sites, make_app
from emulators.local import ports, sdk
from infra.package_contents import ROOT

Client = TestClient[web.Request, web.Application]

_SEEN = web.AppKey("seen", asyncio.Event)


async def _echo(request: web.Request) -> web.Response:
    """Says what came in, and lets a slow answer go on."""
    request.app[_SEEN].set()
    body = await request.read()
    return web.json_response(
        {
            "path": request.raw_path,
            "method": request.method,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "size": len(body),
        },
        status=299,
        headers={"ETag": '"7"'},
    )


async def _slowly(request: web.Request) -> web.StreamResponse:
    """Sends a first part, and the second only when the first was seen."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    await answer.write(b"first")
    await request.app[_SEEN].wait()
    await answer.write(b"second")
    return answer


@asynccontextmanager
async def _gateway(folder: Path) -> AsyncIterator[Client]:
    """A gateway to one service, `catalog`, that echoes; `carts` is routed but dead."""
    (folder / "media").mkdir()
    (folder / "media" / "10123-010.svg").write_text("<svg/>")
    (folder / "secret").write_text("secret")
    (folder / "home.html").write_text("<h1>home</h1>")
    service = web.Application(client_max_size=2 * MAX_BODY)
    service[_SEEN] = asyncio.Event()
    service.router.add_get("/v1/catalog/slow", _slowly)
    service.router.add_route("*", "/{anything:.*}", _echo)
    async with TestServer(service) as behind:
        url = str(behind.make_url("")).rstrip("/")
        dead = f"http://{sdk.HOST}:{ports.free_ports(1)[0]}"
        sites = Sites(
            services={"catalog": url, "carts": dead},
            identity=url,
            media=folder / "media",
            portal=folder / "portal",
            home=folder / "home.html",
        )
        async with TestClient(TestServer(make_app(sites))) as client:
            client.session.headers.clear()
            yield client


def _run(folder: Path, test: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with _gateway(folder) as client:
            await test(client)

    asyncio.run(run())


def test_a_request_reaches_its_service_and_the_answer_comes_back(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        path = "/v1/catalog/styles/a%2Fb?q=%C3%A9&q=2"
        async with client.patch(path, data=b"body", headers={"If-Match": '"6"'}) as answer:
            seen = await answer.json()
            assert answer.status == 299
            assert answer.headers["ETag"] == '"7"'
        assert seen["path"] == path
        assert seen["method"] == "PATCH"
        assert seen["size"] == 4
        assert seen["headers"]["if-match"] == '"6"'

    _run(tmp_path, test)


@pytest.mark.parametrize("path", ["/v1/reconcile", "/v1/export_order/healthz", "/v1", "/v2/x"])
def test_what_is_not_public_cannot_be_reached(path: str, tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.get(path) as answer:
            problem = await answer.json(content_type="application/problem+json")
            assert (answer.status, problem["code"]) == (404, "not_found")
            assert problem["request_id"] == answer.headers["X-Request-Id"]

    _run(tmp_path, test)


def test_a_dead_function_is_unavailable(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.post("/v1/carts", data=b"{}") as answer:
            problem = await answer.json(content_type="application/problem+json")
        assert (answer.status, problem["code"]) == (503, "service_unavailable")
        assert answer.headers["Retry-After"] == "1"
        assert problem["request_id"] == answer.headers["X-Request-Id"]

    _run(tmp_path, test)


def test_ids_of_a_request_are_made_or_passed_on(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.get("/v1/catalog/x") as answer:
            made = (await answer.json())["headers"]
            assert answer.headers["X-Request-Id"] == made["x-request-id"]
        trace = f"00-{'a' * 32}-{'b' * 16}-01"
        own = {"X-Request-Id": "mine-1", "traceparent": trace}
        async with client.get("/v1/catalog/x", headers=own) as answer:
            kept = (await answer.json())["headers"]
        assert (kept["x-request-id"], kept["traceparent"]) == ("mine-1", trace)
        bad = {"X-Request-Id": "x" * 200, "traceparent": "nonsense"}
        async with client.get("/v1/catalog/x", headers=bad) as answer:
            replaced = (await answer.json())["headers"]
        assert replaced["x-request-id"] != bad["X-Request-Id"]
        assert replaced["traceparent"].startswith("00-")

    _run(tmp_path, test)


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_up_to_the_limit_passes_and_a_larger_one_does_not(
    declared: bool, tmp_path: Path
) -> None:
    async def chunks(size: int) -> AsyncIterator[bytes]:
        for _ in range(size // 2**16):
            yield b"x" * 2**16
        yield b"x" * (size % 2**16)

    async def test(client: Client) -> None:
        for size, status in ((MAX_BODY, 299), (MAX_BODY + 1, 413)):
            data = b"x" * size if declared else chunks(size)
            async with client.post("/v1/catalog/lookup", data=data) as answer:
                assert answer.status == status

    _run(tmp_path, test)


def test_an_answer_is_passed_on_as_it_comes(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.get("/v1/catalog/slow") as answer:
            assert await answer.content.readexactly(5) == b"first"
            # Only the next request lets the service go on.
            async with client.get("/v1/catalog/go"):
                assert await answer.read() == b"second"

    _run(tmp_path, test)


def test_pictures_are_cached_and_nothing_beside_them_is_served(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.get("/media/10123-010.svg") as answer:
            assert await answer.text() == "<svg/>"
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.content_type == "image/svg+xml"
        for path in ("/media/%2e%2e/secret", "/media/..%2Fsecret", "/media/none.svg", "/media/"):
            async with client.get(path) as answer:
                assert answer.status == 404

    _run(tmp_path, test)


def test_identity_is_reached_under_its_prefix(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.post("/identity/v1/accounts:signIn?key=k", data=b"{}") as answer:
            assert (await answer.json())["path"] == "/v1/accounts:signIn?key=k"

    _run(tmp_path, test)


def test_the_home_page_gives_way_to_the_portal(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.get("/") as answer:
            assert await answer.text() == "<h1>home</h1>"
        async with client.get("/styles/10123") as answer:
            assert answer.status == 404
        (tmp_path / "portal").mkdir()
        (tmp_path / "portal" / "index.html").write_text("portal")
        (tmp_path / "portal" / "app.js").write_text("app")
        pages = {"/": "portal", "/app.js": "app", "/styles/10123": "portal"}
        for path, text in (pages | {"/local": "<h1>home</h1>"}).items():
            async with client.get(path) as answer:
                assert await answer.text() == text
        # A page of an earlier build must not get a page where it wants a script.
        async with client.get("/assets/gone.js") as answer:
            assert answer.status == 404

    _run(tmp_path, test)


def test_files_are_sent_as_in_the_cloud(tmp_path: Path) -> None:
    """The headers of all, kept as long as their names say, compressed where they are."""
    headers = json.loads((ROOT / "infra" / "headers.json").read_text())

    async def test(client: Client) -> None:
        assets = tmp_path / "portal" / "assets"
        assets.mkdir(parents=True)
        (tmp_path / "portal" / "index.html").write_text("portal")
        (assets / "app-1a2b.js").write_text("app")
        (assets / "app-1a2b.js.br").write_bytes(b"smaller")
        kept = {
            "/": "no-cache",
            "/orders/7": "no-cache",
            "/config.json": "no-cache",
            "/assets/app-1a2b.js": "public, max-age=31536000, immutable",
            "/media/10123-010.svg": "public, max-age=31536000, immutable",
        }
        for path, cache in kept.items():
            async with client.get(path) as answer:
                assert (answer.status, answer.headers["Cache-Control"]) == (200, cache)
                assert headers.items() <= dict(answer.headers).items()
        brotli = {"Accept-Encoding": "br, gzip"}
        async with client.get("/assets/app-1a2b.js", headers=brotli, auto_decompress=False) as got:
            assert got.headers["Content-Encoding"] == "br"
            assert got.content_type.endswith("javascript")
            assert await got.read() == b"smaller"

    _run(tmp_path, test)


def test_the_gateway_asks_for_no_more_than_its_caller(tmp_path: Path) -> None:
    own = ("Accept", "Accept-Encoding", "User-Agent")

    async def test(client: Client) -> None:
        async with client.get("/v1/catalog/x", skip_auto_headers=own) as answer:
            headers = (await answer.json())["headers"]
        assert not {name.lower() for name in own} & headers.keys()
        none = {"Accept-Encoding": "gzip;q=0"}
        async with client.get("/v1/catalog/x", headers=none) as answer:
            assert (await answer.json())["headers"]["accept-encoding"] == "gzip;q=0"

    _run(tmp_path, test)


def test_the_portal_learns_where_people_sign_in(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        async with client.get("/config.json") as answer:
            identity = (await answer.json())["identity"]
        assert identity["accounts"].startswith("/identity/")
        assert identity["tokens"].startswith("/identity/")

    _run(tmp_path, test)


def test_a_client_that_goes_away_does_no_harm(tmp_path: Path) -> None:
    async def test(client: Client) -> None:
        answer = await client.get("/v1/catalog/slow")
        assert await answer.content.readexactly(5) == b"first"
        answer.close()
        async with client.get("/v1/catalog/x") as answer:
            assert answer.status == 299

    _run(tmp_path, test)
