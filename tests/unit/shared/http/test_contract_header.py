"""Every answer says which contract it keeps, also where nobody gets in or nothing is there."""

import pytest

from shared.http.app import CONTRACT
from shared.http.route import Answer
from tests.support.one_route import client_of


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
    answer = client_of(Answer, version="1.4.0").open(path, method=method)
    assert answer.status_code == status
    assert answer.headers[CONTRACT] == "carts/1.4.0"
