"""Orders on their way to SAP, seen and sent again from the desk."""

from datetime import timedelta

import pytest
from google.cloud.firestore import Client

from shared.order import desk
from shared.order.handover import ExportAttempt, Handover, HandoverState, Parked, ParkReason
from shared.order.model import Order, OrderChange
from shared.order.repository import reference
from shared.sap.circuit import report
from shared.sap.failure import Failure
from tests.factories.assortment import NOW
from tests.factories.order import order, store_order, waiting
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
    ):
        reply = ask("POST", f"/orders/{_number(1)}/{path}", body)
        assert (reply.status, reply.body["code"]) == (409, code)
    assert enqueued == []
    assert ask("GET", "/audit", role="brand_admin").body["items"] == []


def test_an_order_in_doubt_is_released_in_the_name_of_who_looked(
    firestore: Client, ask: Ask, enqueued: list[tuple[str, str]]
) -> None:
    store_order(firestore, order(handover=waiting(attempts=[BROKEN])))
    assert [one.order.number for one in desk.undecided(firestore)] == [_number(1)]
    view = ask("POST", f"/orders/{_number(1)}/resend", {"reason": "Not in VA05"}).body
    assert (view["handover"]["in_doubt"], view["may_resend"]) == (False, False)
    document = reference(firestore, _number(1)).get().to_dict()
    [attempt] = Order.model_validate(document).handover.attempts
    assert (attempt.ruled_out_by, attempt.ruled_out_at) == ("Maria", NOW)
    assert [number for number, _ in enqueued] == [_number(1)]
    assert list(desk.undecided(firestore)) == []
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
