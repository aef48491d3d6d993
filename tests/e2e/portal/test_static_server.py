"""The built portal as the image serves it: every page under the policy, nothing refused."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from infra.package_contents import ROOT
from tests.support import browser as browsers
from tests.support import caddy
from tests.support.people import tokens
from tests.support.words import words

Cloud = dict[str, Any]

EMAIL = "anna.buyer@sporthaus-lindenau.example"
W = words("de")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal's files, compressed as the image's."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "web" / "dist", folder, dirs_exist_ok=True)
    subprocess.run(["node", ROOT / "infra" / "images" / "compress.mjs", folder], check=True)
    return folder


@pytest.fixture
def visits(
    browser: Browser, local_cloud: Cloud, site: Path, tmp_path: Path
) -> Iterator[browsers.Visits]:
    """With the local cloud's services behind the server, as a load balancer puts them."""
    if shutil.which("caddy") is None:
        pytest.skip("caddy is not installed")
    here = str(local_cloud["url"])
    config = {
        "identity": {
            "accounts": "/identity/identitytoolkit.googleapis.com/v1/accounts",
            "tokens": "/identity/securetoken.googleapis.com/v1/token",
            "key": "local",
        },
        "providers": [],
    }
    with (
        caddy.serving(site, tmp_path, json.dumps(config)) as url,
        browsers.visits(browser, local_cloud | {"url": url}, {}) as opened,
    ):

        def behind(route: Route) -> None:
            answer = route.fetch(url=route.request.url.replace(url, here))
            if "json" not in answer.headers["content-type"]:
                return route.fulfill(response=answer)
            return route.fulfill(response=answer, body=answer.text().replace(here, url))

        page = opened(None, "/healthz")
        for path in ("v1", "identity", "media"):
            page.context.route(f"{url}/{path}/**", behind)
        yield opened
        faults = opened.unexpected()
        page.context.unroute_all(behavior="ignoreErrors")
        assert not faults, "\n".join(faults)


@pytest.fixture
def page(visits: browsers.Visits, local_cloud: Cloud) -> Page:
    """Anna's."""
    (page,) = visits.contexts[0].pages
    kept = {"sellin.session": tokens(local_cloud, EMAIL), "sellin.language": "de"}
    page.evaluate("kept => Object.assign(localStorage, kept)", kept)
    return page


def test_nothing_of_the_portal_is_refused(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=W("Catalogue"), level=1)).to_be_visible()
    picture = page.get_by_role("main").get_by_role("img").first
    expect(picture).to_be_visible()
    for link in ("Carts", "Orders"):
        page.get_by_role("link", name=W(link), exact=True).click()
        expect(page.get_by_role("heading", name=W(link), level=1)).to_be_visible()
    # What is over a page is where libraries add styles of their own.
    page.get_by_role("banner").get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/styles/10001")
    expect(page.get_by_role("table").first).to_be_visible()
    assert page.evaluate("document.head.querySelectorAll('style').length") == 0


def test_signing_in_asks_where_people_sign_in(page: Page) -> None:
    page.evaluate("localStorage.clear(); localStorage['sellin.language'] = 'de'")
    page.goto("/orders")
    page.get_by_label(W("E-mail")).fill(EMAIL)
    page.get_by_label(W("Password")).fill("sellin-demo")
    page.get_by_role("button", name=W("Sign in"), exact=True).click()
    expect(page.get_by_role("heading", name=W("Orders"), level=1)).to_be_visible()


def test_the_policy_refuses_what_is_not_the_portals(page: Page, visits: browsers.Visits) -> None:
    """That nothing is refused says something only where something would be."""
    visits.allow("Content Security Policy", "requires 'TrustedHTML' assignment")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    refused = page.evaluate(
        """() => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", (violation) =>
                refused.push(violation.effectiveDirective));
            const style = document.createElement("style");
            style.textContent = "p { color: red }";
            try { document.body.insertAdjacentHTML("beforeend", "<p>text</p>"); }
            catch { refused.push("html"); }
            const told = new Promise((resolve) =>
                document.addEventListener("securitypolicyviolation", (violation) => {
                    if (violation.effectiveDirective === "style-src-elem") resolve(refused);
                }));
            document.head.append(style);
            return told;
        }"""
    )
    assert {"html", "style-src-elem"} <= set(refused)
