"""A body that is refused before it is read: whoever is still sending it sees the answer."""

from io import BytesIO

import pytest

from shared.http.route import Answer
from tests.support.one_route import client_of
from tests.support.services import person

SENT = 6 << 20


@pytest.mark.parametrize(
    ("path", "authorization", "status"),
    [("/v1/carts", "", 401), ("/v1/carts", person({}), 200), ("/v1/nothing", person({}), 404)],
)
def test_the_rest_of_it_is_taken_before_an_error_is_answered(
    path: str, authorization: str, status: int
) -> None:
    body = BytesIO(b"x" * SENT)
    headers = {"Authorization": authorization, "Content-Length": str(SENT)}
    answer = client_of(Answer).get(path, headers=headers, input_stream=body)
    assert answer.status_code == status
    assert body.tell() == (SENT if status >= 400 else 0)
