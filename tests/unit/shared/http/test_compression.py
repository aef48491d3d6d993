"""Large answers go over the line compressed, to those who take it."""

import gzip
import json

import pytest
from pydantic import BaseModel
from werkzeug.test import TestResponse

from shared.http.route import Answer
from tests.support.one_route import client_of
from tests.support.services import person


class Names(BaseModel):
    """Something long or short."""

    names: list[str]


def ask(names: Names, headers: dict[str, str]) -> TestResponse:
    """GET what answers these names."""
    client = client_of(lambda: Answer(names, headers={"ETag": '"7"'}), Names)
    return client.get("/v1/carts", headers={"Authorization": person({}), **headers})


LONG = Names(names=[f"Trail shoe {number}" for number in range(1_000)])
SHORT = Names(names=["Trail shoe"])


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1, gzip;q=0.5", "*"])
def test_a_large_answer_is_the_same_in_fewer_bytes(accepted: str) -> None:
    answer = ask(LONG, {"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert len(answer.data) < len(LONG.model_dump_json()) / 2
    assert json.loads(gzip.decompress(answer.data)) == LONG.model_dump()
    assert answer.headers["ETag"] == '"7"'
    assert {"Accept-Encoding", "X-Company"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("accepted", [None, "identity", "br", "gzip;q=0", "*, gzip;q=0.0", "*;q=0"])
def test_who_takes_no_gzip_gets_none(accepted: str | None) -> None:
    answer = ask(LONG, {"Accept-Encoding": accepted} if accepted else {})
    assert "Content-Encoding" not in answer.headers
    assert answer.json == LONG.model_dump()
    # A cache must not give it to whom the other form is for, and the other way round.
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_small_answer_stays_as_it_is() -> None:
    answer = ask(SHORT, {"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.json == SHORT.model_dump()
