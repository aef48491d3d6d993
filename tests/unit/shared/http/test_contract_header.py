"""Every answer says which contract it keeps, also where nobody gets in or nothing is there."""

import pytest

from shared.http.app import CONTRACT, create_app
from shared.http.authentication import Verifiers
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service


def _fails(_: None, __: Call[NoQuery, NoBody]) -> Answer:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/carts/healthz", 200),
        ("GET", "/v1/carts/openapi.json", 200),
        ("GET", "/v1/carts", 401),
        ("DELETE", "/v1/carts", 405),
        ("GET", "/v1/carts/none/such", 404),
    ],
)
def test_an_answer_names_the_contract(method: str, path: str, status: int) -> None:
    route = Route(
        method="GET",
        path="",
        handler=_fails,
        access=Access.PERSON,
        summary="",
        answer=None,
        query=NoQuery,
        body=NoBody,
    )
    client = create_app(Service("carts", "1.4.0", (route,)), None, Verifiers()).test_client()
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.headers[CONTRACT] == "carts/1.4.0"
