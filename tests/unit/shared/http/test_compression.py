"""Large answers go over the line compressed, to those who take it."""

import gzip
import json

import pytest
from flask import Flask
from pydantic import BaseModel

from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from tests.support.services import person, verify_person


class Names(BaseModel):
    """Something long or short."""

    names: list[str]


def app_answering(names: Names) -> Flask:
    def answer(_: None, __: Call[NoQuery, NoBody]) -> Answer:
        return Answer(names, headers={"ETag": '"7"'})

    route = Route(
        method="GET",
        path="",
        handler=answer,
        access=Access.PERSON,
        summary="",
        answer=Names,
        query=NoQuery,
        body=NoBody,
    )
    return create_app(Service("carts", "1.0.0", (route,)), None, Verifiers(verify_person))


LONG = Names(names=[f"Trail shoe {number}" for number in range(1_000)])
SHORT = Names(names=["Trail shoe"])


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1, gzip;q=0.5", "*"])
def test_a_large_answer_is_the_same_in_fewer_bytes(accepted: str) -> None:
    answer = (
        app_answering(LONG)
        .test_client()
        .get("/v1/carts", headers={"Authorization": person({}), "Accept-Encoding": accepted})
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert len(answer.data) < len(LONG.model_dump_json()) / 2
    assert json.loads(gzip.decompress(answer.data)) == LONG.model_dump()
    assert answer.headers["ETag"] == '"7"'
    assert {"Accept-Encoding", "X-Company"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("accepted", [None, "identity", "br", "gzip;q=0"])
def test_who_takes_no_gzip_gets_none(accepted: str | None) -> None:
    headers = {"Authorization": person({})}
    if accepted:
        headers["Accept-Encoding"] = accepted
    answer = app_answering(LONG).test_client().get("/v1/carts", headers=headers)
    assert "Content-Encoding" not in answer.headers
    assert answer.json == LONG.model_dump()
    # A cache must not give it to whom the other form is for, and the other way round.
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_small_answer_stays_as_it_is() -> None:
    answer = (
        app_answering(SHORT)
        .test_client()
        .get("/v1/carts", headers={"Authorization": person({}), "Accept-Encoding": "gzip"})
    )
    assert "Content-Encoding" not in answer.headers
    assert answer.json == SHORT.model_dump()
