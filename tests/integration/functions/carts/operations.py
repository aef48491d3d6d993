"""What the tests of the carts service share: how to fill a cart, and each operation once."""

from dataclasses import dataclass
from typing import Any

from tests.integration.functions.carts.conftest import Person

KEY = "a-key-of-its-own"
SHEET = b"sku;door;window;quantity\n10123-010-M;200001;AO;6\n"


def cell(
    sku: str = "10123-010-M", quantity: Any = 6, door: str = "200001", window: str = "AO"
) -> dict[str, Any]:
    """A cell of the size grid."""
    return {"sku": sku, "door": door, "window": window, "quantity": quantity}


def make(person: Person, *cells: dict[str, Any], name: str = "Spring", key: str = KEY) -> Any:
    """A new cart of the person, with `cells` filled in, as it was answered."""
    made = person.ask("POST", body={"name": name}, key=key)
    assert made.status_code == 201, made.text
    if not cells:
        return made.json
    return fill(person, made.json, *cells)


def fill(person: Person, cart: Any, *cells: dict[str, Any]) -> Any:
    """The cart with `cells` filled in, as it was answered."""
    answer = patch(person, cart["id"], cart["etag"], *cells)
    assert answer.status_code == 200, answer.text
    return answer.json


def patch(
    person: Person, cart: str, tag: str, *cells: dict[str, Any], key: str | None = None
) -> Any:
    """Fill cells in, from the version that `tag` names."""
    return person.ask("PATCH", f"/{cart}/lines", {"lines": list(cells)}, key=key, tag=tag)


def quantities(cart: Any) -> dict[str, int]:
    """Pieces by SKU of a cart with one door and window."""
    return {line["sku"]: line["quantity"] for line in cart["lines"]}


@dataclass(frozen=True)
class Operation:
    """A request that succeeds on a cart at its first revision."""

    method: str
    path: str
    body: Any = None
    key: str | None = None
    tag: str | None = None
    reads: bool = False
    kind: str = "application/json"

    def by(self, person: Person, cart: str) -> Any:
        """The request on `cart`."""
        path = self.path.format(cart=cart)
        return person.ask(self.method, path, self.body, key=self.key, tag=self.tag, kind=self.kind)


ON_A_CART = {
    "read": Operation("GET", "/{cart}", reads=True),
    "rename": Operation("PATCH", "/{cart}", {"name": "Autumn"}, tag='"1"'),
    "delete": Operation("DELETE", "/{cart}", tag='"1"'),
    "copy": Operation("POST", "/{cart}/copy", {"name": "Copy"}, key="copy-it-once"),
    "fill": Operation("PATCH", "/{cart}/lines", {"lines": [cell()]}, tag='"1"'),
    "upload": Operation("POST", "/{cart}/upload", SHEET, tag='"1"', kind="text/csv"),
}
ALL = ON_A_CART | {
    "list": Operation("GET", "", reads=True),
    "template": Operation("GET", "/upload/template", reads=True),
    "create": Operation("POST", "", {"name": "Spring"}, key="make-it-once"),
}
