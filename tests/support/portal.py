"""The local cloud as a person at the portal meets it: HTTP through the gateway, nothing else."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.people import sign_in
from tests.support.wait import wait_until


@dataclass(frozen=True)
class Reply:
    """A response; `body` is the parsed JSON, None without one, the bytes of anything else."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in; `language` is what their browser asks for."""

    url: str
    token: str
    language: str

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """A request of theirs; underscores in names of `headers` stand for hyphens."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        signed = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.language}
        return send(method, f"{self.url}/v1/{path}", body, **signed, **told)

    def read(self, path: str) -> Any:
        """What is there; fails unless it is answered with 200."""
        reply = self.send("GET", path)
        assert reply.status == 200, reply
        return reply.body


def send(method: str, url: str, body: Any = None, **headers: str) -> Reply:
    """A request with a JSON body, answered with whatever status; fails where nobody answers."""
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **headers},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return _reply(answer.status, answer)
    except urllib.error.HTTPError as error:
        with error:
            return _reply(error.code, error)


def _reply(status: int, answer: Any) -> Reply:
    content = answer.read()
    told = answer.headers.get_content_type()
    parsed = json.loads(content) if content and "json" in told else content or None
    return Reply(status, dict(answer.headers), parsed)


def person(cloud: Mapping[str, Any], first_name: str) -> Person:
    """The demo's person of that first name, signed in."""
    account = next(each for each in cloud["accounts"] if each["name"].split()[0] == first_name)
    return Person(cloud["url"], sign_in(dict(cloud), account["email"]), account["language"])


def new_key() -> str:
    """An Idempotency-Key nobody used before."""
    return secrets.token_hex(16)


def line(sku: str, door: str, window: str, quantity: int) -> dict[str, Any]:
    """A cell of a size grid, filled in."""
    return {"sku": sku, "door": door, "window": window, "quantity": quantity}


def fill(buyer: Person, cart: Mapping[str, Any], lines: list[dict[str, Any]]) -> Any:
    """The cart after these cells were filled in, in one request."""
    reply = buyer.send(
        "PATCH", f"carts/{cart['id']}/lines", {"lines": lines}, If_Match=cart["etag"]
    )
    assert reply.status == 200, reply
    return reply.body


def new_cart(buyer: Person, lines: list[dict[str, Any]]) -> Any:
    """A cart with these lines."""
    reply = buyer.send("POST", "carts", {"name": "Frühjahr"}, Idempotency_Key=new_key())
    assert reply.status == 201, reply
    return fill(buyer, reply.body, lines) if lines else reply.body


def placing(cart: Mapping[str, Any], po_number: str) -> dict[str, Any]:
    """The request to place a cart as it was seen."""
    return {
        "cart": {"id": cart["id"], "revision": cart["revision"]},
        "po_number": po_number,
        "prices": [
            {"style": style["style"], "unit_price": style["unit_price"]} for style in cart["styles"]
        ],
    }


def place(buyer: Person, cart: Mapping[str, Any], po_number: str = "PO-1") -> Reply:
    """The answer to placing the cart as it was seen."""
    return buyer.send("POST", "orders", placing(cart, po_number), Idempotency_Key=new_key())


def placed(buyer: Person, cart: Mapping[str, Any], po_number: str = "PO-1") -> list[Any]:
    """The orders that the cart became."""
    reply = place(buyer, cart, po_number)
    assert reply.status == 201, reply
    orders: list[Any] = reply.body["orders"]
    return orders


def confirmed(buyer: Person, number: str, timeout: float = 60) -> Any:
    """The order once SAP has confirmed it."""
    return in_status(buyer, number, "confirmed", timeout)


def in_status(buyer: Person, number: str, status: str, timeout: float = 60) -> Any:
    """The order once it is there."""

    def ask() -> Any:
        order = buyer.read(f"orders/{number}")
        return order if order["status"] == status else None

    return wait_until(ask, timeout=timeout, what=f"{number} {status}", every=0.2)
