"""Orders on their way to SAP, seen and sent again from the desk."""

from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.actor import ActorKind
from shared.availability.model import Availability
from shared.availability.repository import reference as availability_reference
from shared.availability.rules import pending
from shared.company.repository import reference as company_reference
from shared.order import desk
from shared.order.changing import to_sap
from shared.order.handover import ExportAttempt, Handover, HandoverState, Parked, ParkReason
from shared.order.model import Order, OrderChange
from shared.order.repository import reference
from shared.order.status import Status
from shared.order.versions import add_version
from shared.sap.circuit import report
from shared.sap.failure import Failure
from tests.factories.assortment import NOW
from tests.factories.availability import availability, store_availability
from tests.factories.company import company, store_company
from tests.factories.order import ANNA, order, place_order, store_order, waiting
from tests.factories.sap import stamp
from tests.factories.style import style
from tests.integration.functions.operations.conftest import Ask

BROKEN = ExportAttempt(
    at=NOW - timedelta(hours=1),
    outcome="unknown",
    detail="connection reset",
    ended_at=NOW - timedelta(minutes=58),
)
FAILED = ExportAttempt(at=NOW - timedelta(hours=2), outcome="failed", detail="locked by ANNA")


def _number(last: int) -> str:
    return f"7K3Q9XZ4M2-{last:03}"


def _found(ask: Ask, query: str) -> list[str]:
    return [one["number"] for one in ask("GET", f"/orders?{query}").body["items"]]


def test_orders_of_all_companies_are_listed_by_how_far_they_are(
    firestore: Client, ask: Ask
) -> None:
    doubtful = waiting(attempts=[FAILED, BROKEN])
    changed = OrderChange(number=2, at=NOW, by="Anna", handover=waiting(attempts=[FAILED]))
    store_order(
        firestore,
        order(_number(1)),
        order(_number(2), company="100002", handover=doubtful),
        order(
            _number(3),
            handover=waiting(state=HandoverState.ACCEPTED, due_at=None),
            change=changed,
        ),
        order(_number(4), handover=waiting(state=HandoverState.REFUSED, due_at=None)),
    )
    assert _found(ask, "state=waiting") == [_number(2), _number(1)]
    assert _found(ask, "state=in_doubt") == [_number(2)]
    assert _found(ask, "state=accepted") == [_number(3)]
    assert _found(ask, "state=refused") == [_number(4)]
    assert _found(ask, "state=waiting&of=change") == [_number(3)]
    [head] = ask("GET", "/orders?state=in_doubt").body["items"]
    assert (head["company"], head["attempts"], head["in_doubt"]) == ("100002", 2, True)
    assert head["last_attempt"]["detail"] == "connection reset"


def test_an_order_is_shown_with_every_attempt(firestore: Client, ask: Ask) -> None:
    store_order(firestore, order(handover=waiting(attempts=[FAILED, BROKEN])))
    view = ask("GET", f"/orders/{_number(1)}").body
    assert [one["outcome"] for one in view["handover"]["attempts"]] == ["failed", "unknown"]
    failed, broken = view["handover"]["attempts"]
    # One that was stored before its end was kept has none.
    assert (failed["ended_at"], broken["ended_at"]) == (None, "2026-11-22T11:02:00Z")
    assert view["purchase_order"].startswith(_number(1))
    assert (view["may_retry"], view["may_resend"]) == (True, True)


def test_a_retry_asks_for_the_export_at_once(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]]
) -> None:
    store_order(firestore, order())
    assert ask("POST", f"/orders/{_number(1)}/retry").status == 200
    assert enqueued == [(_number(1), f"desk-{NOW:%Y%m%d%H%M%S}")]
    [told] = ask("GET", "/audit", role="brand_admin").body["items"]
    assert (told["action"], told["object"]) == ("retry", f"orders/{_number(1)}")


@pytest.mark.parametrize(
    "held",
    [
        waiting(state=HandoverState.ACCEPTED, due_at=None),
        waiting(state=HandoverState.SENDING, lease_until=NOW + timedelta(seconds=30)),
    ],
    ids=["in SAP", "being sent"],
)
def test_what_needs_no_sending_is_not_sent(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]], held: object
) -> None:
    store_order(firestore, order(handover=held))
    why = {"reason": "x"}
    for path, body, code in (
        ("retry", None, "nothing_to_send"),
        ("resend", why, "nothing_to_decide"),
        ("accept", why, "nothing_to_decide"),
        ("reject", why, "nothing_to_decide"),
        ("park", why, "nothing_to_decide"),
        ("cancel", why, "nothing_to_decide"),
    ):
        reply = ask("POST", f"/orders/{_number(1)}/{path}", body)
        assert (reply.status, reply.body["code"]) == (409, code)
    assert enqueued == []
    assert ask("GET", "/audit", role="brand_admin").body["items"] == []


def test_an_order_in_doubt_is_released_in_the_name_of_who_looked(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]]
) -> None:
    store_order(firestore, order(handover=waiting(attempts=[BROKEN])))
    assert [one.order.number for one in desk.find_undecided(firestore)] == [_number(1)]
    view = ask("POST", f"/orders/{_number(1)}/resend", {"reason": "Not in VA05"}).body
    assert (view["handover"]["in_doubt"], view["may_resend"]) == (False, False)
    document = reference(firestore, _number(1)).get().to_dict()
    [attempt] = Order.model_validate(document).handover.attempts
    assert (attempt.ruled_out_by, attempt.ruled_out_at) == ("Maria", NOW)
    assert [number for number, _ in enqueued] == [_number(1)]
    assert list(desk.find_undecided(firestore)) == []
    [told] = ask("GET", "/audit", role="brand_admin").body["items"]
    assert (told["action"], told["reason"], told["by"]) == ("resend", "Not in VA05", "Maria")


def _parked(reason: ParkReason, state: HandoverState = HandoverState.PARKED) -> Handover:
    return waiting(state=state, parked=Parked(reason=reason, at=NOW, detail="Blocked for sale"))


def test_what_is_parked_is_listed_with_what_sap_said(firestore: Client, ask: Ask) -> None:
    priced = _parked(ParkReason.PRICE_DIFFERS, HandoverState.ACCEPTED)
    store_order(
        firestore,
        order(_number(1)),
        order(_number(2), handover=_parked(ParkReason.REFUSED)),
        order(_number(3), handover=priced),
    )
    assert _found(ask, "state=parked") == [_number(3), _number(2)]
    [_, head] = ask("GET", "/orders?state=parked").body["items"]
    assert head["parked"]["detail"] == "Blocked for sale"
    may: dict[str, list[int]] = {"resend": [], "accept": [], "reject": []}
    for last in (1, 2, 3):
        view = ask("GET", f"/orders/{_number(last)}").body
        for name, numbers in may.items():
            if view[f"may_{name}"]:
                numbers.append(last)
    assert may == {"resend": [2], "accept": [3], "reject": [2]}


def test_each_decision_is_kept_with_the_order_and_told(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]]
) -> None:
    priced = _parked(ParkReason.PRICE_DIFFERS, HandoverState.ACCEPTED)
    store_order(
        firestore,
        order(_number(1), handover=_parked(ParkReason.REFUSED)),
        order(_number(2), handover=_parked(ParkReason.REFUSED)),
        order(_number(3), handover=priced),
    )
    for last, action in ((1, "resend"), (2, "reject"), (3, "accept")):
        reply = ask("POST", f"/orders/{_number(last)}/{action}", {"reason": f"why {last}"})
        assert reply.status == 200, reply
        [decision] = reply.body["handover"]["decisions"]
        assert (decision["decision"], decision["by"]) == (action, "Maria")
        assert decision["reason"] == f"why {last}"
    assert [number for number, _ in enqueued] == [_number(1)]
    assert ask("GET", f"/orders/{_number(2)}").body["status"] == "rejected"
    done = ask("GET", "/audit", role="brand_admin").body["items"]
    assert {(one["action"], one["object"], one["uid"]) for one in done} == {
        ("resend", f"orders/{_number(1)}", "maria"),
        ("reject", f"orders/{_number(2)}", "maria"),
        ("accept", f"orders/{_number(3)}", "maria"),
    }


def test_an_order_that_waits_is_parked_and_sent_again(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]]
) -> None:
    store_order(firestore, order())
    path = f"/orders/{_number(1)}"
    assert ask("GET", path).body["may_park"] is True
    view = ask("POST", f"{path}/park", {"reason": "The customer is moving"}).body
    assert (view["may_park"], view["may_resend"], view["may_retry"]) == (False, True, False)
    assert view["handover"]["state"] == "parked"
    assert view["handover"]["parked"]["reason"] == "by_person"
    assert view["handover"]["parked"]["detail"] == "The customer is moving"
    assert _found(ask, "state=parked") == [_number(1)]
    assert [one.order.number for one in desk.find_undecided(firestore)] == [_number(1)]
    assert enqueued == []
    again = ask("POST", f"{path}/resend", {"reason": "They have moved"}).body
    assert [one["decision"] for one in again["handover"]["decisions"]] == ["park", "resend"]
    assert again["handover"]["state"] == "waiting"
    assert [number for number, _ in enqueued] == [_number(1)]


def test_a_change_that_waits_is_parked_and_taken_back(firestore: Client, ask: Ask) -> None:
    held = waiting(state=HandoverState.ACCEPTED, due_at=None)
    asked = add_version(order(status=Status.CONFIRMED, handover=held), [5], NOW, ANNA, via_sap=True)
    store_order(firestore, asked.model_copy(update={"change": to_sap(2, NOW, ANNA)}))
    path = f"/orders/{_number(1)}"
    parked = ask("POST", f"{path}/park", {"reason": "Too many"}).body["change"]
    assert (parked["state"], parked["parked"]["reason"]) == ("parked", "by_person")
    assert ask("POST", f"{path}/reject", {"reason": "Too many"}).status == 200
    stored = Order.model_validate(reference(firestore, _number(1)).get().to_dict())
    assert (stored.pieces, stored.versions[-1].refused) == (2, True)


def test_an_order_that_waits_is_cancelled_by_the_brand(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]]
) -> None:
    store_availability(firestore, availability(style()))
    store_company(firestore, company())
    for last in (1, 2):
        place_order(firestore, order(_number(last)))
    assert _held(firestore) == (4, 2 * order().net.amount)
    ask("POST", f"/orders/{_number(2)}/park", {"reason": "Wait"})
    why = {"reason": "Sold out"}
    for last in (1, 2):
        reply = ask("POST", f"/orders/{_number(last)}/cancel", why)
        assert (reply.body["status"], reply.body["may_cancel"]) == ("cancelled", False)
        assert ask("POST", f"/orders/{_number(last)}/cancel", why).status == 409
    assert _held(firestore) == (0, 0)
    stored = Order.model_validate(reference(firestore, _number(1)).get().to_dict())
    step = stored.history[-1]
    assert (step.by, step.by_kind, step.reason) == ("Maria", ActorKind.BRAND, "Sold out")
    assert enqueued == []
    done = ask("GET", "/audit?action=cancel", role="brand_admin").body["items"]
    assert [one["reason"] for one in done] == ["Sold out", "Sold out"]


def test_an_order_in_sap_is_cancelled_there(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]]
) -> None:
    held = waiting(state=HandoverState.ACCEPTED, due_at=None)
    store_order(
        firestore, order(status=Status.CONFIRMED, handover=held, sap_stamp=stamp(1), sap_number="1")
    )
    path = f"/orders/{_number(1)}"
    view = ask("POST", f"{path}/cancel", {"reason": "Sold out"}).body
    assert (view["status"], view["may_cancel"], view["change"]["cancels"]) == (
        "confirmed",
        False,
        True,
    )
    assert enqueued == [(_number(1), "v2")]
    assert ask("POST", f"{path}/cancel", {"reason": "Sold out"}).status == 409
    assert enqueued == [(_number(1), "v2")]


def test_what_may_be_in_sap_is_neither_parked_nor_cancelled(firestore: Client, ask: Ask) -> None:
    sent = waiting(state=HandoverState.ACCEPTED, due_at=None)
    store_order(
        firestore,
        order(_number(1), handover=waiting(attempts=[BROKEN])),
        order(_number(2), status=Status.SENT, handover=sent),
    )
    for last in (1, 2):
        view = ask("GET", f"/orders/{_number(last)}").body
        assert (view["may_park"], view["may_cancel"]) == (False, False)
        for action in ("park", "cancel"):
            reply = ask("POST", f"/orders/{_number(last)}/{action}", {"reason": "x"})
            assert (reply.status, reply.body["code"]) == (409, "nothing_to_decide")


def _held(db: Client) -> tuple[int, int]:
    """Pieces that are promised, and what is open."""
    stock = Availability.model_validate(availability_reference(db, "10123", "EU01").get().to_dict())
    buyer = company_reference(db, "100001").get().to_dict() or {}
    promised = pending(stock, order().lines[0].article)
    return sum(promised.values()), sum(buyer["open_amounts"].values())


def test_sap_is_called_again_when_a_person_says_so(firestore: Client, ask: Ask) -> None:
    assert ask("GET", "/circuit").body["state"] == "closed"
    assert ask("POST", "/circuit/release").body["state"] == "closed"
    report(firestore, "ECPCLNT100", Failure.LOGON, NOW, "password expired")
    known = ask("GET", "/circuit").body
    assert (known["system"], known["state"]) == ("ECPCLNT100", "stopped")
    assert known["reason"] == "password expired"
    after = ask("POST", "/circuit/release").body
    assert (after["state"], after["released_by"]) == ("open", "Maria")
    [told] = ask("GET", "/audit", role="brand_admin").body["items"]
    assert (told["action"], told["object"]) == ("call_again", "source_systems/ECPCLNT100")


@pytest.mark.parametrize("of", ["order", "change"])
def test_pages_of_what_waits_for_a_decision_follow_one_another(
    firestore: Client, ask: Ask, of: str
) -> None:
    for last in (1, 2, 3):
        at = NOW + timedelta(minutes=last % 2)
        parked = Parked(reason=ParkReason.REFUSED, at=at, detail="Article is blocked")
        handover = waiting(state=HandoverState.PARKED, due_at=None, parked=parked)
        change = OrderChange(number=2, at=NOW, by="Anna", handover=handover)
        fields: dict[str, Any] = {"handover": handover} if of == "order" else {"change": change}
        store_order(firestore, order(_number(last), **fields))

    query, numbers, cursor = f"/orders?state=parked&of={of}&limit=1", list[str](), ""
    while page := ask("GET", f"{query}{cursor}").body:
        numbers += [one["number"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"

    assert numbers == [_number(3), _number(1), _number(2)]
