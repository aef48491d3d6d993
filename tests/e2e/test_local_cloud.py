"""What `make run` promises, seen from outside."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from emulators.local.plan import PUBLIC_SERVICES, TOPIC_TO_FUNCTION, functions_present
from tests.support.people import sign_in

INTERNAL = [name for name in functions_present() if name not in PUBLIC_SERVICES]


def _status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _json(url: str) -> Any:
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


@pytest.mark.parametrize("service", sorted(set(PUBLIC_SERVICES) & set(functions_present())))
def test_a_service_is_reached_through_the_gateway(
    service: str, local_cloud: dict[str, Any]
) -> None:
    assert _status(f"{local_cloud['url']}/v1/{service}/healthz") == 200
    document = _json(f"{local_cloud['url']}/v1/{service}/openapi.json")
    assert document["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", INTERNAL)
def test_an_internal_function_is_not_reached_through_the_gateway(
    name: str, local_cloud: dict[str, Any]
) -> None:
    assert _status(f"{local_cloud['url']}/v1/{name}/healthz") == 404


@pytest.mark.parametrize("name", INTERNAL)
def test_an_internal_function_refuses_callers_without_a_token(
    name: str, local_cloud: dict[str, Any]
) -> None:
    path = "/" if name in TOPIC_TO_FUNCTION.values() else f"/v1/{name}"
    event = {"message": {"data": "e30=", "messageId": "1"}, "subscription": "s"}
    request = urllib.request.Request(
        local_cloud["functions"][name] + path,
        data=json.dumps(event).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code in (401, 403)


def test_the_home_page_names_the_accounts(local_cloud: dict[str, Any]) -> None:
    with urllib.request.urlopen(local_cloud["url"] + "/local") as answer:
        page = answer.read().decode()
    assert all(person["email"] in page for person in local_cloud["accounts"])


def test_every_demo_account_can_sign_in(local_cloud: dict[str, Any]) -> None:
    for person in local_cloud["accounts"]:
        assert sign_in(local_cloud, person["email"])


def test_the_demo_data_has_arrived(local_cloud: dict[str, Any]) -> None:
    for person in local_cloud["accounts"]:
        if list(person["companies"].values()) == ["buyer"]:
            token = sign_in(local_cloud, person["email"])
            request = urllib.request.Request(
                f"{local_cloud['url']}/v1/catalog/styles",
                headers={"Authorization": f"Bearer {token}"},
            )
            with urllib.request.urlopen(request) as answer:
                assert json.load(answer)["items"], person["email"]
