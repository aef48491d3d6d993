"""A service of one route, to look at what all answers have in common."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from pydantic import BaseModel

from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.http.route import Access, Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.tokens import VerifyPerson
from tests.support.services import verify_person


def client_of(
    handle: Callable[[], Answer],
    answer: type[BaseModel] | None = None,
    version: str = "1.0.0",
    verify: VerifyPerson = verify_person,
) -> FlaskClient:
    """GET /v1/carts is answered by `handle`, to any person that passes `verify`."""

    def handler(_: None, __: Call[Any, Any]) -> Answer:
        return handle()

    route = Route(
        method="GET",
        path="",
        handler=handler,
        access=Access.PERSON,
        summary="",
        answer=answer,
        query=NoQuery,
        body=NoBody,
    )
    app = create_app(Service("carts", version, (route,)), None, Verifiers(verify))
    return app.test_client()
