"""What the control port and its page can have people in SAP do: by name, with what it needs.

Bodies come as JSON or from a form. A form's field `pieces.000010` is the key 000010 of the object
`pieces`; empty fields count as left out.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from emulators.sap import people, shipping
from emulators.sap.amounts import number
from emulators.sap.document import Billing, Delivery
from emulators.sap.order import Kind, Order
from emulators.sap.people import Credit
from emulators.sap.stock import Line, parse_date
from emulators.sap.system import System


def _number(text: object) -> Decimal:
    try:
        return number(str(text))
    except ArithmeticError as error:
        raise ValueError(f"{text!r} is no number") from error


Number = Annotated[Decimal, BeforeValidator(_number)]
"""As SAP writes it: "12.000"."""

Day = Annotated[date, BeforeValidator(lambda text: parse_date(str(text).replace("-", "")))]
"""YYYYMMDD, or with dashes."""

Made: TypeAlias = Order | Delivery | Billing


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Nothing(_Body):
    """Nothing is needed."""


class RejectRequest(_Body):
    """Why (ABGRU, two characters) and which items are rejected; all if none is named."""

    ABGRU: str = "01"
    items: Annotated[
        list[str], BeforeValidator(lambda found: [found] if isinstance(found, str) else found)
    ] = []


class QuantityRequest(_Body):
    """The pieces of an item (ITM_NUMBER)."""

    item: str
    quantity: Number


class PriceRequest(_Body):
    """The price of an item, a real amount, for as many pieces as before."""

    item: str
    price: Number


class AddRequest(_Body):
    """An item more: a MATNR, its zeros may lack, pieces, and the price of one."""

    material: str
    quantity: Number
    price: Number


class SubstituteRequest(_Body):
    """The MATNR that takes the place of an item's; its zeros may lack."""

    item: str
    material: str


class ScheduleLine(_Body):
    """A day and the pieces that are confirmed for it."""

    date: Day
    quantity: Number


class LinesRequest(_Body):
    """The schedule lines of an item; as a form has them, by their places."""

    item: str
    lines: Annotated[
        list[ScheduleLine],
        BeforeValidator(lambda found: list(found.values()) if isinstance(found, dict) else found),
    ] = []


class CreditRequest(_Body):
    """CMGST."""

    CMGST: Credit = ""


class BlockRequest(_Body):
    """LIFSK and FAKSK; what is left out of a JSON body stays, "" takes a block off."""

    LIFSK: str | None = None
    FAKSK: str | None = None


class ShipRequest(_Body):
    """Pieces by item (ITM_NUMBER); without any, all that is confirmed and has not left."""

    items: dict[str, Number] = {}
    carrier: str = "DHL Freight"
    tracking: str = ""


class FollowRequest(_Body):
    """What is made with reference to an order, and of what pieces by item; else of all."""

    kind: Kind = "order"
    items: dict[str, Number] = {}


B = TypeVar("B", bound=BaseModel)
Action: TypeAlias = Callable[[System, str, Any], Made]
"""Does it, with a document's number and a body as JSON."""


def _action(body: type[B], does: Callable[[System, str, B], Made]) -> Action:
    return lambda system, key, json: does(system, key, body.model_validate(json))


def _material(text: str) -> str:
    return text.zfill(18) if text.isdigit() else text


ORDER_ACTIONS: Mapping[str, Action] = {
    "confirm": _action(Nothing, lambda system, key, _: people.confirm(system, key)),
    "reject": _action(
        RejectRequest, lambda system, key, body: people.reject(system, key, body.ABGRU, body.items)
    ),
    "quantity": _action(
        QuantityRequest,
        lambda system, key, body: people.change_quantity(system, key, body.item, body.quantity),
    ),
    "price": _action(
        PriceRequest,
        lambda system, key, body: people.change_price(system, key, body.item, body.price),
    ),
    "add": _action(
        AddRequest,
        lambda system, key, body: people.add_item(
            system, key, _material(body.material), body.quantity, body.price
        ),
    ),
    "substitute": _action(
        SubstituteRequest,
        lambda system, key, body: people.substitute(
            system, key, body.item, _material(body.material)
        ),
    ),
    "lines": _action(
        LinesRequest,
        lambda system, key, body: people.confirm_lines(
            system,
            key,
            body.item,
            [Line(date=line.date, quantity=line.quantity) for line in body.lines],
        ),
    ),
    "credit": _action(
        CreditRequest, lambda system, key, body: people.set_credit(system, key, body.CMGST)
    ),
    "blocks": _action(
        BlockRequest,
        lambda system, key, body: people.set_blocks(system, key, body.LIFSK, body.FAKSK),
    ),
    "delete": _action(Nothing, lambda system, key, _: system.delete(key)),
    "follow": _action(
        FollowRequest,
        lambda system, key, body: people.follow(system, key, body.kind, body.items),
    ),
    "deliver": _action(
        ShipRequest,
        lambda system, key, body: shipping.deliver(
            system, key, body.items, body.carrier, body.tracking
        ),
    ),
    "ship": _action(
        ShipRequest,
        lambda system, key, body: shipping.ship(
            system, key, body.items, body.carrier, body.tracking
        ),
    ),
    "invoice": _action(Nothing, lambda system, key, _: shipping.bill(system, key)),
}

DELIVERY_ACTIONS: Mapping[str, Action] = {
    "post": _action(Nothing, lambda system, key, _: shipping.post_goods_issue(system, key)),
    "reverse": _action(Nothing, lambda system, key, _: shipping.reverse_goods_issue(system, key)),
    "cancel": _action(Nothing, lambda system, key, _: shipping.cancel_delivery(system, key)),
}

INVOICE_ACTIONS: Mapping[str, Action] = {
    "cancel": _action(Nothing, lambda system, key, _: shipping.cancel_billing(system, key)),
}


def from_form(fields: Mapping[str, str]) -> dict[str, Any]:
    """A form's fields as the JSON that they stand for."""
    body: dict[str, Any] = {}
    for name, text in fields.items():
        *path, last = name.split(".")
        if not text.strip():
            continue
        inner = body
        for part in path:
            inner = inner.setdefault(part, {})
        inner[last] = text.strip()
    return body
