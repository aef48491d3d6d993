"""What a schema can't say of a request: which things there are just now.

Requests that schemathesis makes get ids, versions and prices of the small world in place
of random ones, so that handlers are met and not only "not found". What it makes wrong on
purpose stays as it is.
"""

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from google.cloud.firestore import Client
from schemathesis import Case, HookContext
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import CaseMetadata

from functions.assortments.listing import etag
from shared.assortment import repository as assortments
from shared.order.handover import HandoverState, Parked, ParkReason
from shared.order.po_number import LONGEST, sap_form
from shared.reconciliation.model import Kind
from shared.text.unicode import without_unseen
from tests.factories.assortment import NOW
from tests.factories.import_mapping import store_mapping
from tests.factories.order import order, store_order, waiting
from tests.factories.placing import AT_ONCE, DOOR
from tests.support import desk_things
from tests.support import small_world as world
from tests.support.asking import PARAMETERS, SHEET

Hook = Callable[[HookContext, Case, dict[str, Any]], None]

PATH, HEADER = ParameterLocation.PATH, ParameterLocation.HEADER
BODY = ParameterLocation.BODY
FILES = {
    "POST /v1/carts/{cart_id}/upload": SHEET,
    "POST /v1/accounts/company/invitation-files": (
        b"email;name;role\nlea@laeufer.example;Lea Brandt;buyer\n"
    ),
}
"""Files that can be taken."""
_DECIDED = {
    f"POST /v1/operations/orders/{{number}}/{name}": (reason, state)
    for name, reason, state in (
        ("resend", ParkReason.REFUSED, HandoverState.PARKED),
        ("cancel", ParkReason.BY_PERSON, HandoverState.PARKED),
        ("reject", ParkReason.REFUSED, HandoverState.PARKED),
        ("accept", ParkReason.PRICE_DIFFERS, HandoverState.ACCEPTED),
    )
}
"""What waits for a decision that uses it up."""
_USED_UP = (
    "DELETE /v1/carts/{cart_id}",
    "DELETE /v1/carts/upload/mappings/{mapping}",
    "POST /v1/carts/{cart_id}/hand-over",
)
"""What is there once only."""
_WAITING = [f"POST /v1/operations/orders/{{number}}/{name}" for name in ("retry", "park", "cancel")]
"""What is done with an order that waits for SAP."""
# Which styles there are, and which days of a window follow which, a schema can't tell.
_DRAFT = {"name": "Sport", "rules": [{"brand": ["NORD"]}], "included": [{"style": world.STYLE}]}
_DECISION = _DRAFT | {"reason": "Spring review"}
_BODIES: dict[str, dict[str, Any]] = {
    "PUT /v1/assortments/{assortment}": _DECISION,
    "POST /v1/assortments/rules/preview": _DRAFT | {"id": world.ASSORTMENT},
    # Of lines that the order has not, and of versions, neither.
    "POST /v1/orders/{number}/change": {
        "version": 1,
        "lines": [{"sku": world.SKU, "quantity": 3}],
    },
    "POST /v1/orders/{number}/substitutions": {
        "position": order().lines[0].position,
        "sku": order().lines[0].sku,
        "accepted": True,
    },
    "POST /v1/check_vat_id": {"company": world.COMPANY},
    # For JSON Schema 60.0 is a whole number, too.
    "POST /v1/operations/reconciliations": {"days": 60},
    "PUT /v1/orders/approval-policy": world.RULES,
    # Who may approve, and which days are still to come, a schema can't tell.
    "PUT /v1/orders/approval-deputy": {"deputy": None},
    "PUT /v1/assortments/assignments/companies/{company}": {
        "assortment": None,
        "reason": "As agreed",
    },
    # Which doors and windows a cart has, and their days, a schema can't tell.
    "POST /v1/simulations": {"cart": world.CART, "deliveries": []},
}
"""What a schema leaves open, said once."""
_COMPANY = r"[0-9A-Za-z]{1,10}"


def sensible(db: Client) -> Hook:
    """schemathesis's hook `before_call`; every fourth request keeps its random ids."""
    calls = count(1)

    def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
        if case.meta is None or getattr(case.meta.phase.data, "parameter", "") == "Authorization":
            return
        serial = next(calls)
        if re.fullmatch(_COMPANY, str(case.headers.get("X-Company", ""))):
            del case.headers["X-Company"]  # the person has one company only
        if "Idempotency-Key" in case.headers and not case.meta.is_negative_at(HEADER):
            # The same key with another body would be refused, rightly.
            case.headers["Idempotency-Key"] = f"key-{serial:06}"
        if serial % 4:
            _name_things(db, case, case.meta, serial)
        if case.operation.label in FILES and not case.meta.is_negative_at(BODY):
            # Of a file, a schema says nothing.
            kwargs["data"] = FILES[case.operation.label]
            case.headers["Content-Type"] = "text/csv"
        if case.meta.generation.mode.is_positive:
            # A cursor is only what a page gave as `next`.
            case.query.pop("cursor", None)
            _query(case)
            if isinstance(case.body, dict):
                case.body = _body(db, case.operation.label, case.body, serial)

    return before_call


def _name_things(db: Client, case: Case, meta: CaseMetadata, serial: int) -> None:
    by_link = meta.phase.name.value == "stateful"
    if case.path_parameters and not by_link and not meta.is_negative_at(PATH):
        case.path_parameters = {
            name: _thing(db, case.operation.label, name, serial) for name in case.path_parameters
        }
    if "If-Match" in case.headers and not meta.is_negative_at(HEADER):
        case.headers["If-Match"] = _tag(db, case.path_parameters)


def _tag(db: Client, named: dict[str, Any]) -> str:
    """The entity tag of what a path names."""
    if "cart_id" in named:
        return world.tag_of(db, str(named["cart_id"]))
    if "assortment" in named:
        document = assortments.reference(db, str(named["assortment"])).get().to_dict()
        return etag(assortments.parse("", document))
    return '"1"'


def _thing(db: Client, operation: str, name: str, serial: int) -> str:
    """The id of a thing; of one more where the operation uses it up."""
    if name == "uid":
        return world.store_person(db, world.COMPANY, f"bea-{serial}")
    if name == "invitation":
        return world.store_invitation(db, world.COMPANY, f"to-{serial}", "anna@example.com")
    if name == "group":
        # Nobody approves their own, and nobody takes another's back.
        placer = "anna" if operation.endswith("/withdraw") else world.PERSON
        return world.store_waiting(db, world.COMPANY, f"{serial:010}", placer)
    if name == "entry" or "/differences/" in operation:
        return _on_desk(db, operation, serial)
    return _of_buyers(db, operation, name, serial)


def _of_buyers(db: Client, operation: str, name: str, serial: int) -> str:
    match operation, name:
        case _, "mapping" | "cart_id" if operation in _USED_UP:
            return _to_use_up(db, operation, name, serial)
        case "POST /v1/orders/{number}/cancel" | "POST /v1/orders/{number}/change", _:
            number = f"{serial:010}-001"
            store_order(db, order(number))
            return number
        case "POST /v1/orders/{number}/substitutions", _:
            number = f"{serial:010}-001"
            first, *others = order(number).lines
            other = first.model_copy(update={"article": "10123999"})
            store_order(db, order(number, lines=[other, *others], placed_lines=[first]))
            return number
        case _, _ if operation in _WAITING:
            number = f"{serial:010}-001"
            store_order(db, order(number, handover=waiting()))
            return number
        case _, _ if operation in _DECIDED:
            number = f"{serial:010}-001"
            reason, state = _DECIDED[operation]
            parked = Parked(reason=reason, at=NOW)
            store_order(db, order(number, handover=waiting(state=state, parked=parked)))
            return number
        case _:
            return PARAMETERS[name]


def _to_use_up(db: Client, operation: str, name: str, serial: int) -> str:
    if operation.endswith("/hand-over"):
        return world.store_prepared_cart(db, f"prepared-{serial}").id
    if name == "mapping":
        return store_mapping(db, world.COMPANY, f"{serial:024}")
    return world.store_open_cart(db, f"spare-{serial}").id


def _on_desk(db: Client, operation: str, serial: int) -> str:
    id_ = f"{serial}"
    if "/differences/" in operation:
        kind = Kind.MISSING if operation.endswith("/resend") else Kind.LINES
        return desk_things.store_difference(db, f"{serial:010}-001", kind)
    if "/dead-letters/" in operation:
        return f"{desk_things.DEAD_LETTER.topic}.{desk_things.DEAD_LETTER.id}"
    if "/waiting/" in operation:
        return desk_things.store_waiting(db, id_)
    if "/snapshots/" in operation:
        return desk_things.store_snapshot(db, serial)
    if "/reconciliations/" in operation:
        return desk_things.store_run(db, id_)
    return world.store_held_back(db, id_)


def _query(case: Case) -> None:
    match case.operation.label:
        case "POST /v1/carts/{cart_id}/upload":
            case.query = {}
        case "GET /v1/orders" if case.query.get("q"):
            case.query.pop("style", None)
        case "GET /v1/orders/po-number":
            case.query["po_number"] = _printable(case.query["po_number"])


def _printable(po_number: str) -> Any:
    """The number, or another one where no paper has room for it, of which a schema says nothing."""
    shown = _shown(po_number)
    return shown if 0 < len(sap_form(shown)) <= LONGEST else "PO №7"


def _body(db: Client, operation: str, body: dict[str, Any], serial: int) -> dict[str, Any]:
    match operation:
        case "POST /v1/orders":
            cart = world.store_open_cart(db, f"full-{serial}")
            return world.placing(cart, po_number=_printable(body["po_number"]))
        case "POST /v1/assortments":
            return _DECISION | {"id": f"A{serial}"}
        case _ if operation in _BODIES:
            return _BODIES[operation]
        case "PATCH /v1/carts/{cart_id}/lines":
            line = body["lines"][0]
            known = {"sku": world.SKU, "door": DOOR, "window": AT_ONCE}
            # For JSON Schema 3.0 is a whole number; we take whole numbers as they are written.
            return {"lines": [{**line, **known, "quantity": int(line["quantity"])}]}
        case "PATCH /v1/accounts/me" if body.get("default_company") is not None:
            return {**body, "default_company": world.COMPANY}
        case _:
            return {name: _shown(value) for name, value in body.items()}


def _shown(value: Any) -> Any:
    """A text without the characters that nobody can see, of which a schema says nothing."""
    return without_unseen(value).strip() or "x" if isinstance(value, str) else value
