"""An approver who is away names somebody of the company who decides in their place."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.identity.caller import Role
from shared.person.granting import grant
from shared.person.model import Person as Stored
from tests.factories.assortment import NOW, TODAY
from tests.integration.functions.orders.conftest import Clock, Person, Reply
from tests.integration.functions.orders.test_approvals import Waiting, decide, rule, store_rules

ROLES = {"erik": Role.APPROVER, "ines": Role.APPROVER, "ada": Role.ADMIN, "otto": Role.BUYER}


@pytest.fixture
def waiting(firestore: Client, anna: Person, context: CartContext, cart: Cart) -> Waiting:
    """Anna's order, which is not placed yet."""
    return Waiting(firestore, anna, cart, context)


class Company:
    """People who approve, of whom the rule names Ines only."""

    def __init__(self, app: Flask, db: Client, waiting: Waiting, clock: Clock) -> None:
        self.db, self.waiting, self.clock = db, waiting, clock
        for uid, role in ROLES.items():
            person = Stored(uid=uid, email=f"{uid}@example.com", name=uid.title())
            grant(db, person, {"100001": role}, "", NOW, lambda _: None)
        self.erik, self.ines, self.ada, self.otto = (
            Person(app, uid=uid, name=uid.title(), role=role.value) for uid, role in ROLES.items()
        )
        store_rules(db, rule(levels=[{"approvers": ["ines"]}]))

    def name(self, who: Person, deputy: str | None, since: int = 0, until: int = 5) -> Reply:
        """Days are counted from today."""
        days = {
            name: (TODAY + timedelta(days=count)).isoformat()
            for name, count in (("since", since), ("until", until))
        }
        named = deputy and {"email": f"{deputy}@example.com", **days}
        return who.ask("PUT", "/approval-deputy", {"deputy": named})


@pytest.fixture
def there(app: Flask, firestore: Client, waiting: Waiting, clock: Clock) -> Company:
    """The company."""
    return Company(app, firestore, waiting, clock)


def boxes(who: Person) -> list[str]:
    return [one["number"] for one in who.get("/approvals").json["items"]]


def test_a_deputy_decides_and_the_decision_says_for_whom(there: Company) -> None:
    number = there.waiting.place()["group"]
    assert decide(there.erik, "approve", number).json["code"] == "not_your_turn"
    named = there.name(there.ines, "erik")
    assert (named.status_code, named.json["mine"]["name"]) == (200, "Erik")
    assert [one["of_name"] for one in there.erik.get("/approval-deputy").json["of_others"]] == [
        "Ines"
    ]
    assert boxes(there.erik) == [number]
    answer = decide(there.erik, "approve", number, key="key-0011").json
    assert answer["state"] == "approved"
    [decision] = answer["decisions"]
    assert (decision["by"], decision["instead_of"]) == ("Erik", "Ines")
    told = [one.to_dict() or {} for one in there.db.collection("audit").stream()]
    [entry] = [one for one in told if one["action"] == "name_deputy"]
    assert (entry["by"], entry["before"], entry["after"][:4]) == ("Ines", "", "Erik")


@pytest.mark.parametrize(("since", "until"), [(1, 5), (0, 0)])
def test_on_other_days_the_deputy_is_none(there: Company, since: int, until: int) -> None:
    there.name(there.ines, "erik", since, until)
    number = there.waiting.place()["group"]
    there.clock.now += timedelta(days=0 if since else 1)
    assert boxes(there.erik) == []
    assert decide(there.erik, "approve", number).json["code"] == "not_your_turn"


@pytest.mark.parametrize("change", [{"role": "buyer"}, {"suspended": True}])
def test_who_may_not_approve_any_more_has_no_deputy(there: Company, change: dict[str, Any]) -> None:
    there.name(there.ines, "erik")
    number = there.waiting.place()["group"]
    stored = there.db.collection("people").document("ines")
    stored.update({f"companies.`100001`.{name}": value for name, value in change.items()})
    assert boxes(there.erik) == []
    assert decide(there.erik, "approve", number).json["code"] == "not_your_turn"


def test_who_names_nobody_decides_alone_again(there: Company) -> None:
    there.name(there.ines, "erik")
    assert there.name(there.ines, None).json == {"mine": None, "of_others": []}
    number = there.waiting.place()["group"]
    assert decide(there.erik, "approve", number).status_code == 403
    assert decide(there.ines, "approve", number).json["state"] == "approved"


def test_nobody_decides_about_their_own_as_a_deputy_either(there: Company) -> None:
    there.name(there.ines, "erik")
    number = there.waiting.place(who=there.erik)["group"]
    assert boxes(there.erik) == []
    assert decide(there.erik, "approve", number).json["code"] == "own_approval"


def test_one_person_is_not_two_of_those_who_all_have_to_agree(there: Company) -> None:
    store_rules(there.db, rule(levels=[{"approvers": ["erik", "ines"], "need": "all"}]))
    there.name(there.ines, "erik")
    number = there.waiting.place()["group"]
    assert decide(there.erik, "approve", number).json["state"] == "waiting"
    assert decide(there.erik, "approve", number, key="key-0012").status_code == 403
    there.name(there.ines, "ada")
    answer = decide(there.ada, "approve", number, key="key-0013").json
    assert answer["state"] == "approved"


@pytest.mark.parametrize(
    ("deputy", "days", "pointer"),
    [
        ("ines", {}, "/deputy/email"),
        ("otto", {}, "/deputy/email"),
        ("nobody", {}, "/deputy/email"),
        ("erik", {"since": 3, "until": 2}, "/deputy/until"),
        ("erik", {"since": -9, "until": -1}, "/deputy/until"),
        ("erik", {"until": 400}, "/deputy/until"),
    ],
)
def test_who_is_no_deputy_is_refused_with_its_place(
    there: Company, deputy: str, days: dict[str, Any], pointer: str
) -> None:
    reply = there.name(there.ines, deputy, **days)
    assert (reply.status_code, [e["pointer"] for e in reply.json["errors"]]) == (422, [pointer])


def test_only_who_may_approve_names_one(there: Company) -> None:
    assert there.name(there.otto, "erik").status_code == 403
    assert there.otto.get("/approval-deputy").status_code == 403
