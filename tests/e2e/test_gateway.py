"""What the one way in lets through, and what it says of the rest."""

from typing import Any

import pytest

from emulators.local.plan import PUBLIC_SERVICES, functions_present
from tests.support.instances import kill, wait_until_back
from tests.support.portal import person, send

Cloud = dict[str, Any]

PROBLEM = "application/problem+json"
PRIVATE = [name for name in functions_present() if name not in PUBLIC_SERVICES]


@pytest.mark.parametrize("name", [*PRIVATE, "nonsense", "identity", "catalog%2f..%2freconcile"])
def test_there_is_no_way_to_what_is_not_public(name: str, local_cloud: Cloud) -> None:
    for method, path in (("GET", "/healthz"), ("POST", "/"), ("POST", "")):
        reply = send(method, f"{local_cloud['url']}/v1/{name}{path}")
        assert (reply.status, reply.headers["Content-Type"].partition(";")[0]) == (404, PROBLEM)
        assert reply.body["code"] == "not_found"
        assert reply.body["request_id"] == reply.headers["X-Request-Id"]


def test_a_request_keeps_its_id_and_gets_one_if_it_has_none(local_cloud: Cloud) -> None:
    url = f"{local_cloud['url']}/v1/carts"
    refused = send("GET", url)
    assert (refused.status, refused.headers["Content-Type"]) == (401, PROBLEM)
    assert refused.body["request_id"] == refused.headers["X-Request-Id"]
    again = send("GET", url)
    assert again.headers["X-Request-Id"] != refused.headers["X-Request-Id"]
    own = send("GET", url, **{"X-Request-Id": "shop-4711"})
    assert own.body["request_id"] == own.headers["X-Request-Id"] == "shop-4711"


def test_a_dead_function_is_told_and_comes_back(local_cloud: Cloud) -> None:
    anna = person(local_cloud, "Anna")
    assert anna.send("GET", "accounts/me").status == 200
    kill(local_cloud, "accounts")
    reply = anna.send("GET", "accounts/me")
    assert (reply.status, reply.headers["Content-Type"].partition(";")[0]) == (503, PROBLEM)
    assert reply.body["code"] == "service_unavailable"
    assert reply.body["request_id"] == reply.headers["X-Request-Id"]
    assert reply.headers["Retry-After"]
    # The others go on.
    assert anna.send("GET", "carts").status == 200
    wait_until_back(local_cloud, "accounts")
    assert anna.send("GET", "accounts/me").status == 200
