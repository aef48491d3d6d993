"""Who did something: told by kind, which no name can stand for."""

import pytest
from babel import Locale

from functions.orders.views import order_view
from functions.orders.wording import Reader
from shared.actor import SAP, Actor, ActorKind, SignedBySapToo
from shared.cart.model import Cart, authorship
from shared.identity.caller import Caller, Role
from shared.order.history import rebuild_history
from shared.order.model import Order, Step
from shared.order.status import Status
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.factories.cart import cart
from tests.factories.order import order


def caller(role: Role, name: str) -> Caller:
    return Caller("u1", "nina@alto.example", name, "100001", role)


@pytest.mark.parametrize("role", Role)
def test_a_rep_acts_as_one_and_all_others_as_people(role: Role) -> None:
    kind = ActorKind.REP if role is Role.REP else ActorKind.PERSON
    assert caller(role, "Nina Sommer").actor == Actor(name="Nina Sommer", kind=kind)


@pytest.mark.parametrize(
    ("by", "kind", "saps"),
    [
        ("SAP", ActorKind.SAP, True),
        ("SAP", None, True),  # as it was kept before kinds were
        ("SAP", ActorKind.PERSON, False),
        ("SAP", ActorKind.REP, False),
        ("Anna Vogel", None, False),
    ],
)
def test_who_is_called_as_sap_is_not_sap(by: str, kind: ActorKind | None, saps: bool) -> None:
    signed = SignedBySapToo(by=by, by_kind=kind)
    assert signed.is_saps is saps
    assert signed.actor == (SAP if saps else Actor(name=by, kind=kind))


def test_saps_steps_of_an_order_of_before_kinds_are_shown_as_saps() -> None:
    history = [
        Step(status=Status.ACCEPTED, at=NOW, by="Anna Vogel"),
        Step(status=Status.CONFIRMED, at=NOW, by="SAP"),
    ]
    seen = order_view(
        order(history=history, status=Status.CONFIRMED), Reader(Locale("de")), NOW
    ).history
    assert [(step.by, step.by_kind) for step in seen] == [
        ("Anna Vogel", None),
        ("SAP", ActorKind.SAP),
    ]


def test_what_somebody_called_as_sap_did_is_not_taken_for_saps_word() -> None:
    """SAP's steps are worked out anew with each message; a person's stay where they are."""
    accepted = Step(status=Status.ACCEPTED, at=NOW, by="SAP", by_kind=ActorKind.PERSON)
    rejected = Step(status=Status.REJECTED, at=NOW, by="SAP", by_kind=ActorKind.PERSON)
    said = Step(status=Status.CONFIRMED, at=NOW, **SAP.signature)
    one = order(history=[accepted, rejected], status=Status.REJECTED)
    assert rebuild_history(one, said).history[-1] == rejected
    assert rebuild_history(one, said).told == [said]


def test_kinds_are_kept_in_documents_and_missing_in_older_ones() -> None:
    rep = authorship(caller(Role.REP, "Nina Sommer"), NOW)
    one = cart(changed=rep, created=rep)
    document = to_document(one)
    assert Cart.model_validate(document | {"id": one.id}).changed.by_kind is ActorKind.REP
    for name in ("changed", "created"):
        del document[name]["by_kind"]
    assert Cart.model_validate(document | {"id": one.id}).changed.actor.kind is None


def test_an_order_says_who_placed_it() -> None:
    kept = to_document(order(placed_by="Nina Sommer", placed_by_kind=ActorKind.REP))
    assert Order.model_validate(kept | {"number": order().number}).placer == Actor(
        name="Nina Sommer", kind=ActorKind.REP
    )
    del kept["placed_by_kind"]
    before = Order.model_validate(kept | {"number": order().number})
    assert before.placer == Actor(name="Nina Sommer", kind=None)
