"""VIES's answers over HTTP: kept once with the company and all that waits, whatever goes wrong."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from emulators.vies.app import PATH
from emulators.vies.register import MAGIC_FAULTS
from functions.check_vat_id.checking import AGAIN, NotAnsweredProblem
from functions.check_vat_id.vies import client
from shared.company.model import Company
from shared.money import Money
from shared.order.documents import Shipment
from shared.order.model import Order
from shared.order.vat_checks import at_goods_issue, at_placing
from shared.vat.check import VatAnswer, VatCheck
from shared.vat.ids import ViesRequest
from shared.vat.rules import Vat, VatRule
from tests.factories.assortment import NOW
from tests.factories.company import company, store_company
from tests.factories.order import order, store_order
from tests.factories.sap import stamp
from tests.factories.vat import FRENCH, vat_check
from tests.integration.functions.check_vat_id.conftest import Vies, World
from tests.support.firestore_counter import counting
from tests.support.services import MACHINE

FIRST, SECOND = "7K3Q9XZ4M2-001", "7K3Q9XZ4M2-002"


def due(vat_id: str = FRENCH, **fields: Any) -> Company:
    """A company whose id SAP has just sent."""
    waiting = {"vat_due_at": NOW} | fields
    return company(vat_id=vat_id, vat_id_valid=True).model_copy(update=waiting)


def waiting(number: str = FIRST, buyer: Company | None = None) -> Order:
    """An order to another member state that was placed just now, on no answer."""
    vat = Vat(rule=VatRule.INTRA_COMMUNITY, rate=0, amount=Money(amount=0, currency="EUR"))
    return at_placing(order(number, vat=vat), buyer or due(), timedelta(days=7))


def shipped(placed: Order, delivery: str) -> Order:
    """The order, of which a delivery has left an hour later."""
    left = Shipment(
        number=delivery,
        stamp=stamp(1),
        shipped_at=NOW + timedelta(hours=1),
        quantities={10: 1},
    )
    return at_goods_issue(placed.model_copy(update={"shipments": [left]}))


def checks(placed: Order) -> list[VatCheck | None]:
    return [one.check for one in placed.vat_checks]


def test_an_answer_is_kept_with_the_company_and_its_orders(world: World) -> None:
    store_company(world.db, due())
    store_order(world.db, waiting(FIRST), waiting(SECOND))

    world.check()

    kept = world.company()
    assert kept.vat_due_at is None
    assert kept.vat_check is not None
    assert (kept.vat_check.answer, kept.vat_check.name) == (VatAnswer.VALID, "SA FOULEE")
    assert kept.vat_check.consultation.startswith("WAPI")
    for number in (FIRST, SECOND):
        placed = world.order(number)
        assert placed.vat_due_at is None
        assert checks(placed) == [kept.vat_check.without_trader()]
    [question] = world.vies.register.asked
    assert (question["vatNumber"], question["requester"]) == (FRENCH[2:], "DE999999990")


def test_a_task_that_comes_twice_asks_once_and_writes_once(world: World) -> None:
    store_company(world.db, due())
    store_order(world.db, waiting())
    world.check()
    with counting(world.db) as count:
        world.check()
    assert (world.vies.questions, count.writes) == (1, 0)


def test_two_at_once_end_as_one(world: World) -> None:
    store_company(world.db, due())
    store_order(world.db, waiting(FIRST), waiting(SECOND))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: world.check(), range(4)))
    for number in (FIRST, SECOND):
        [kept] = checks(world.order(number))
        assert kept is not None
        assert kept.answer is VatAnswer.VALID
    assert world.company().vat_due_at is None


def test_who_died_between_company_and_orders_is_finished_without_another_question(
    world: World,
) -> None:
    store_company(world.db, due())
    store_order(world.db, waiting())
    answered = vat_check(asked_at=NOW + timedelta(minutes=1))
    store_company(world.db, due(vat_check=answered, vat_due_at=None))
    world.check()
    assert world.vies.questions == 0
    assert checks(world.order(FIRST)) == [answered]


def test_an_answer_of_before_the_goods_left_is_none_for_their_leaving(world: World) -> None:
    before = vat_check(asked_at=NOW, consultation="WAPIAAAAZ0999999")
    buyer = due(vat_check=before, vat_due_at=None)
    store_company(world.db, buyer)
    store_order(world.db, shipped(waiting(buyer=buyer), "80000001"))
    world.vies.now = NOW + timedelta(hours=1)
    world.check()
    at_placing_, at_leaving = checks(world.order(FIRST))
    assert at_placing_ == before
    assert at_leaving is not None
    assert at_leaving.asked_at > NOW + timedelta(hours=1)
    assert at_leaving.consultation != before.consultation
    assert world.order(FIRST).vat_due_at is None


def test_an_id_that_is_struck_off_is_invalid_and_told_without_naming_it(world: World) -> None:
    store_company(world.db, due())
    store_order(world.db, waiting())
    requests.delete(f"{world.vies.url}/register/{FRENCH}", timeout=5).raise_for_status()
    with capture_logs() as logs:
        world.check()
    [kept] = checks(world.order(FIRST))
    assert kept is not None
    assert (kept.answer, kept.consultation) == (VatAnswer.INVALID, "")
    assert ("warning", "vat id not valid") in {(log["log_level"], log["event"]) for log in logs}
    assert FRENCH not in str(logs)
    assert FRENCH[2:] not in str(logs)


@pytest.mark.parametrize("number", sorted(MAGIC_FAULTS))
def test_every_fault_of_vies_is_not_checked_and_all_but_a_bad_question_come_again(
    world: World, number: str
) -> None:
    store_company(world.db, due(f"FR{number}"))
    store_order(world.db, waiting())
    code = MAGIC_FAULTS[number]
    final = code == "INVALID_INPUT"
    with capture_logs() as logs:
        if final:
            world.check()
        else:
            with pytest.raises(NotAnsweredProblem):
                world.check()
    [kept] = checks(world.order(FIRST))
    assert kept is not None
    assert (kept.answer, kept.reason) == (VatAnswer.NOT_CHECKED, code)
    again = None if final else kept.asked_at + AGAIN
    assert world.order(FIRST).vat_due_at == world.company().vat_due_at == again
    told = [log["event"] for log in logs if log["log_level"] == "error"]
    blocked = code in {"INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED"}
    assert told == (["vat check refused"] if blocked else [])


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"down": True}, "HTTP_503"),
        ({"delay_seconds": 3}, "TIMEOUT"),
        ({"error": "MS_UNAVAILABLE", "member_state": "FR"}, "MS_UNAVAILABLE"),
    ],
)
def test_a_vies_that_fails_changes_nothing_that_was_known(
    world: World, plan: dict[str, Any], reason: str
) -> None:
    known = vat_check(asked_at=NOW - timedelta(days=30))
    store_company(world.db, due(vat_check=known, vat_due_at=None))
    store_order(world.db, waiting())
    world.vies.break_(**plan, times=1)
    with pytest.raises(NotAnsweredProblem):
        world.check()
    [kept] = checks(world.order(FIRST))
    assert kept is not None
    assert (kept.answer, kept.reason) == (VatAnswer.NOT_CHECKED, reason)
    assert world.company().vat_check == known

    world.check()

    [kept] = checks(world.order(FIRST))
    assert kept is not None
    assert kept.answer is VatAnswer.VALID
    assert world.order(FIRST).vat_due_at is None
    found = world.company().vat_check
    assert found is not None
    assert found.asked_at == kept.asked_at


def test_another_member_states_outage_is_not_ours(world: World) -> None:
    store_company(world.db, due())
    world.vies.break_(error="MS_UNAVAILABLE", member_state="HU")
    world.check()
    assert world.vies.questions == 1


def test_nobody_there_is_not_checked(world: World) -> None:
    store_company(world.db, due())
    nobody = client(f"http://127.0.0.1:9{PATH}", patience=(1, 1))
    with pytest.raises(NotAnsweredProblem):
        world.check(nobody)
    kept = world.company().vat_check
    assert kept is not None
    assert kept.reason == "UNREACHABLE"


class _InPieces(BaseHTTPRequestHandler):
    """A VIES whose answer comes in three chunks (RFC 9112, 7.1)."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps(
            {
                "countryCode": asked["countryCode"],
                "vatNumber": asked["vatNumber"],
                "requestDate": "2026-11-26T10:15:00.123Z",
                "valid": True,
            }
        ).encode()
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (body[:10], body[10:40], body[40:], b""):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing, so that test output stays readable."""


def test_an_answer_in_pieces_is_read_whole(world: World) -> None:
    store_company(world.db, due())
    with ThreadingHTTPServer(("127.0.0.1", 0), _InPieces) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        world.check(client(f"http://127.0.0.1:{server.server_port}"))
        server.shutdown()
    kept = world.company().vat_check
    assert kept is not None
    assert kept.answer is VatAnswer.VALID


def test_a_late_answer_to_an_id_of_before_is_not_kept_for_the_new_one(world: World) -> None:
    store_company(world.db, due())

    def slow(question: ViesRequest, now: Any) -> VatCheck:
        answer = world.vies.ask(question, now)
        store_company(world.db, due("FR83404833048"))
        return answer

    world.check(slow)
    kept = world.company()
    assert kept.vat_check is None
    assert kept.vat_due_at == NOW


def test_an_order_that_can_not_be_read_keeps_no_other_waiting(world: World) -> None:
    store_company(world.db, due())
    store_order(world.db, waiting(FIRST), waiting(SECOND))
    world.db.document(f"orders/{FIRST}").update({"lines": ["nonsense"]})
    with capture_logs() as logs:
        world.check()
    assert world.order(SECOND).vat_due_at is None
    assert [log["order"] for log in logs if log["event"] == "vat check not kept"] == [FIRST]


def test_an_id_that_was_taken_away_leaves_nothing_to_ask_for(world: World) -> None:
    store_company(world.db, due(""))
    store_order(world.db, waiting())
    world.check()
    [kept] = checks(world.order(FIRST))
    assert kept is not None
    assert (kept.answer, kept.reason) == (VatAnswer.NOT_CHECKED, "NO_VAT_ID")
    assert world.order(FIRST).vat_due_at is world.company().vat_due_at is None
    assert world.vies.questions == 0


def test_nobody_else_may_call_and_of_a_company_that_is_not_there_nothing_is_asked(
    world: World, http: FlaskClient
) -> None:
    world.check()
    assert world.vies.questions == 0
    body = {"company": "100001"}
    assert http.post("/v1/check_vat_id", json=body).status_code == 401
    ours = {"Authorization": f"Bearer {MACHINE}"}
    assert http.post("/v1/check_vat_id", json=body, headers=ours).status_code == 204


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"requesterNumber": None}, "INVALID_REQUESTER_INFO"),
        ({"requesterNumber": "136695976"}, "INVALID_REQUESTER_INFO"),
        ({"vatNumber": 40303265045}, "INVALID_INPUT"),
        ({"vatNumber": "40 303"}, "INVALID_INPUT"),
        ({"countryCode": "GR"}, "INVALID_INPUT"),
        ({"vatnumber": "1"}, "INVALID_INPUT"),
    ],
)
def test_the_stand_in_is_strict(vies: Vies, change: dict[str, Any], code: str) -> None:
    right = {
        "countryCode": "FR",
        "vatNumber": "40303265045",
        "requesterMemberStateCode": "DE",
        "requesterNumber": "999999990",
    }
    body = {name: value for name, value in (right | change).items() if value is not None}
    reply = requests.post(f"{vies.url}{PATH}/check-vat-number", json=body, timeout=5)
    assert (reply.status_code, reply.json()) == (
        400,
        {"actionSucceed": False, "errorWrappers": [{"error": code}]},
    )
