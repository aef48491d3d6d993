"""Whatever costs much: how often somebody may ask, and what they are told who asked too often."""

from typing import Any

from google.cloud.firestore import Client

from shared.http.route import Access, Service
from tests.support import small_world as world
from tests.support.asking import AnyRoute, Caller, assert_problem, routes
from tests.support.services import ROUTES, person, role_for

limited = routes(lambda route: route.rate is not None)

SAID = {
    "en": "Please try again in 2 seconds.",
    "de": "Bitte versuchen Sie es in 2 Sekunden erneut.",
    "fr": "Veuillez réessayer dans 2 secondes.",
    "hu": "próbálja újra 2 másodperc múlva.",
    "pl": "spróbować ponownie za 2 sekundy.",
    "sv": "Försök igen om 2 sekunder.",
}


def test_what_is_limited() -> None:
    assert {(route.rate.kind, route.rate.counted.name) for _, route in ROUTES if route.rate} == {
        ("upload", "REGION"),
        ("document", "REGION"),
        ("place", "INSTANCE"),
        ("create-cart", "REGION"),
        ("change-order", "REGION"),
        ("look-up", "INSTANCE"),
        ("line-sheet", "INSTANCE"),
        ("template", "INSTANCE"),
        ("simulate", "REGION"),
        ("invite", "REGION"),
        ("invite-file", "REGION"),
        ("audit-file", "REGION"),
    }
    assert all(not isinstance(route.access, Access) for _, route in ROUTES if route.rate)


@limited
def test_who_asks_too_often_is_told_when_to_come_again(
    firestore: Client, service: Service[Any], route: AnyRoute
) -> None:
    caller = Caller(firestore, service, route)
    assert route.rate
    malformed = [caller.ask(query=[("no", "such")]).status for _ in range(route.rate.burst)]
    assert set(malformed) == {422}
    open_cart = world.store_open_cart(firestore, "cart-9")
    bodies = {
        "place": world.placing(open_cart),
        "simulate": {"cart": open_cart.id},
        "invite": world.INVITE,
    }
    body = bodies.get(route.rate.kind)
    query = [("style", world.STYLE)] if route.rate.kind == "line-sheet" else []
    answers = [caller.ask(body, query).status for _ in range(route.rate.burst)]
    assert 429 not in answers
    changed = caller.db.collection("carts").document(world.CART).get().to_dict()
    told = {
        language: caller.ask(body, query, headers=caller.headers(language)) for language in SAID
    }
    for reply in told.values():
        assert_problem(reply, 429)
        assert reply.body["code"] == "too_many_requests"
    wait = int(told["en"].headers["Retry-After"])
    assert wait == -(-60 // route.rate.per_minute)
    if wait == 2:
        assert all(said in told[language].body["detail"] for language, said in SAID.items())
    assert caller.db.collection("carts").document(world.CART).get().to_dict() == changed
    colleague = caller.headers() | {
        "Authorization": person({world.COMPANY: role_for(caller.route)}, "ben")
    }
    assert caller.ask(body, query, headers=colleague).status != 429
