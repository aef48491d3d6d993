"""What a company tries to get at that is another's."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import Any
from uuid import uuid4

from shared.http.route import Route, Service
from tests.support.asking import body_of
from tests.support.demo_world import Buyer
from tests.support.services import Reply, role_for


def without_request_id(reply: Reply) -> dict[str, Any]:
    """A problem but for the request's own id."""
    return {name: value for name, value in reply.body.items() if name != "request_id"}


def foreign_styles(mine: Buyer, other: Buyer) -> list[str]:
    """Style numbers that the other sees and I don't."""
    return sorted(set(other.styles) - set(mine.styles))


def pairs(buyers: list[Buyer]) -> Iterator[tuple[Buyer, Buyer]]:
    """Everybody with everybody else."""
    yield from permutations(buyers, 2)


def foreign_ids(parameter: str, mine: Buyer, other: Buyer) -> list[str]:
    """What of the other's a path parameter could name; a new parameter must be added."""
    return {
        "style": foreign_styles(mine, other),
        "cart_id": [other.cart, other.ordered_cart],
        "number": [other.order],
        "mapping": [other.mapping],
        "uid": [other.member],
        "invitation": [other.invitation],
        "group": [other.approval],
    }[parameter]


def attempt(buyer: Buyer, service: Service[Any], route: Route[Any, Any, Any], path: str) -> Reply:
    """A request that would be all right for a thing of one's own, in a role that may call."""
    return attempt_as(replace(buyer, role=role_for(route)), service, route, path)


def attempt_as(
    buyer: Buyer, service: Service[Any], route: Route[Any, Any, Any], path: str
) -> Reply:
    """The same request in whatever role the buyer has."""
    headers = {"Content_Type": route.media_types[-1]}
    if route.idempotent:
        headers["Idempotency_Key"] = f"try-{uuid4().hex}"
    if route.conditional:
        headers["If_Match"] = '"2"'
    return buyer.ask(route.method, f"/{service.name}{path}", body_of(route), **headers)
