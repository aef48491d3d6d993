"""A company with everything that a service can be asked for, and another one without."""

from datetime import timedelta
from typing import Any

from google.cloud.firestore import Client

from shared.approval.model import ANYBODY, Approval, PlacedLevel, Policy
from shared.approval.repository import policy_reference, revision_reference
from shared.cart.model import Cart
from shared.cart.repository import entity_tag
from shared.event.keeping import keep
from shared.event.message import SapMessage
from shared.event.outcome import whole
from shared.identity.caller import Role
from shared.money import Money
from shared.order.status import Status
from shared.person.granting import grant
from shared.person.invitation import INVITED_FOR, Invitation
from shared.person.model import Person
from shared.store import to_document
from tests.factories.assortment import NOW, STAMP
from tests.factories.cart import NINA, context_of, store_cart
from tests.factories.company import company, credit, store_company
from tests.factories.import_mapping import store_mapping
from tests.factories.order import NUMBER, order, store_order, waiting
from tests.factories.placing import (
    AT_ONCE,
    DOOR,
    OTHER_DOOR,
    PRE_BOOK,
    body_for,
    cart_of,
    store_context,
)
from tests.factories.style import gtin, style
from tests.support.services import fixed

COMPANY, OTHER_COMPANY = "100001", "100002"
STYLE, SKU, GTIN = "10123", "10123-010-S", gtin("10123001")
CART, EMPTY_CART, ORDERED_CART = "cart-1", "cart-2", "cart-3"
ORDER = NUMBER
ENTRY = "sap-prices.77"
MAPPING = "a" * 24
ASSORTMENT, ASSORTMENT_TAG = "SPORT", f'"0.{STAMP}."'
PERSON, INVITATION = "bea", "invitation-1"
APPROVAL = "WA1TF0RAPP"
RULES: dict[str, Any] = {
    "rules": [{"id": "r1", "name": "All", "kind": "always", "levels": [{}]}],
    "hold_days": 3,
}
INVITE = {"email": "zoe@example.com", "name": "Zoe", "role": "viewer"}
CLOCK = fixed(NOW)

_ROWS = [
    (SKU, DOOR, AT_ONCE, 3),
    ("10123-400-M", OTHER_DOOR, AT_ONCE, 2),
    ("10200-001-42", DOOR, PRE_BOOK, 4),
]
_CONTEXT = context_of(
    style(),
    style("10200", colours=("001",), sizes=("41", "42")),
    buying=company(COMPANY, credit()),
)


def store_world(db: Client) -> None:
    """Two styles, two open carts and an ordered one, two orders and a mapping of columns of
    `COMPANY`, two messages of SAP's that could not be taken in; Bea of `COMPANY`, to which Anna is
    invited."""
    store_context(db, _CONTEXT)
    store_company(db, company(OTHER_COMPANY, name="Andere GmbH"))
    store_cart(
        db,
        cart_of(_ROWS),
        cart_of([], id=EMPTY_CART),
        cart_of(_ROWS[:1], id=ORDERED_CART, state="ordered", order_group=ORDER.split("-")[0]),
    )
    store_order(db, order(), order(f"{ORDER[:-3]}002", cart=ORDERED_CART))
    store_mapping(db, COMPANY, MAPPING)
    store_rules(db, COMPANY)
    store_waiting(db, COMPANY, APPROVAL)
    for id_ in ("77", "78"):
        store_held_back(db, id_)
    store_person(db, COMPANY, PERSON)
    store_invitation(db, COMPANY, INVITATION, "anna@example.com")


def store_person(db: Client, company_id: str, uid: str) -> str:
    """One of a company's people; their id."""
    grant(
        db,
        Person(uid=uid, email=f"{uid}@example.com", name=uid.title()),
        {company_id: Role.BUYER},
        "The brand",
        NOW,
        lambda _: None,
    )
    return uid


def store_rules(db: Client, company_id: str) -> None:
    """Rules in their first revision, none of which holds what is placed."""
    policy = Policy(company=company_id, currency="EUR", revision=1, at=NOW)
    for own in (policy_reference(db, company_id), revision_reference(db, company_id, 1)):
        own.set(to_document(policy))


def store_waiting(db: Client, company_id: str, number: str, placer: str = PERSON) -> str:
    """An order that waits for any approver; what it is called."""
    nothing_due = waiting(due_at=None)
    held = order(
        f"{number}-001",
        company=company_id,
        status=Status.PENDING_APPROVAL,
        handover=nothing_due,
    )
    store_order(db, held)
    return store_approval(db, company_id, number, [held.number], placer)


def store_approval(
    db: Client, company_id: str, number: str, orders: list[str], placer: str = PERSON
) -> str:
    """What waits for any approver; what it is called."""
    approval = Approval(
        number=number,
        company=company_id,
        cart=ORDERED_CART,
        orders=orders,
        po_number="PO 1",
        placed_at=NOW,
        placed_by=placer.title(),
        placed_by_uid=placer,
        net=Money(amount=12_500, currency="EUR"),
        pieces=5,
        fired=[],
        levels=[PlacedLevel(place=0)],
        held_until=NOW + timedelta(days=3),
        steps_in_at=NOW + timedelta(days=1),
        approvers=[ANYBODY],
    )
    db.collection("approvals").document(number).set(to_document(approval))
    return number


def store_invitation(db: Client, company_id: str, id_: str, email: str) -> str:
    """An open invitation to a company; its id."""
    invitation = Invitation(
        id=id_,
        company=company_id,
        email=email,
        name="Anna",
        role=Role.BUYER,
        by="Ada",
        at=NOW,
        ends_at=NOW + INVITED_FOR,
        payload="",
    )
    db.collection("invitations").document(id_).set(to_document(invitation))
    return id_


def store_held_back(db: Client, id_: str) -> str:
    """A message that waits for a person; what the desk calls it."""
    message = SapMessage(id_, "sap-prices", b'{"IDOCS": []}', {}, NOW)
    keep(db, message, whole(["held back: 0.00 EUR, was 25.00 EUR"], message.data))
    return f"sap-prices.{id_}"


def store_open_cart(db: Client, id_: str) -> Cart:
    """One more cart with a line that can be placed."""
    stored = cart_of(_ROWS[:1], id=id_)
    store_cart(db, stored)
    return stored


def store_prepared_cart(db: Client, id_: str) -> Cart:
    """One more cart, which a rep prepares."""
    stored = cart_of(_ROWS[:1], id=id_, created=NINA)
    store_cart(db, stored)
    return stored


def placing(cart: Cart, **overrides: Any) -> dict[str, Any]:
    """A request that places the cart."""
    return body_for(cart, _CONTEXT, **overrides)


def tag_of(db: Client, cart: str) -> str:
    """The ETag of a cart as it is now; that of a first version where there is none."""
    document = db.collection("carts").document(cart).get().to_dict()
    return entity_tag(Cart.model_validate(document)) if document else '"1"'
