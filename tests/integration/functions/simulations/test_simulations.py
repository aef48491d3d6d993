"""POST /v1/simulations against the SAP stand-in: what it says, and what if it does not."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client

from emulators.sap.server import CLIENT_PATH, StandIn, serve
from functions.simulations.asking import PAUSE_SECONDS, Pause, Sap
from functions.simulations.routes import SERVICE, Resources
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.sap.circuit import CircuitState, read_circuit, release, report
from shared.sap.failure import Failure
from shared.sap.rfc import Call, Connect, Limits, SapCallError, connector
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.cart import context_of, store_cart
from tests.factories.company import company
from tests.factories.placing import AT_ONCE, DOOR, PRE_BOOK, cart_of, store_context
from tests.factories.sap import ECC
from tests.factories.style import style
from tests.integration.emulators.sap.data import LARGE, SMALL, small_data, stock_row
from tests.support.services import Reply, fixed, person, send, verify_person

TODAY = NOW.date()
SKUS = {"10123001": SMALL, "10123002": LARGE}
STYLE = style()
FIRST, SECOND = (sku.id for sku in STYLE.colourways[0].skus[:2])


@pytest.fixture(scope="module")
def sap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """100 pieces of the first size; of the second 5, and 4 more in a month."""
    later = {"DAT00": f"{TODAY + timedelta(days=30):%Y%m%d}", "MNG01": "4.000"}
    stock = [stock_row(SMALL, "100.000", []), stock_row(LARGE, "5.000", [later])]
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        state: Path = tmp_path_factory.mktemp("sap")
        with serve(small_data(stock=stock), state) as stand_in:
            yield stand_in


@pytest.fixture
def faults(sap: StandIn) -> Iterator[Callable[..., None]]:
    """Sets faults of the stand-in, which end with the test."""

    def put(**plan: Any) -> None:
        httpx.put(f"{sap.control_url}/faults", json=plan).raise_for_status()

    yield put
    httpx.delete(f"{sap.control_url}/faults").raise_for_status()


def _asking(simulation: int | None, availability: int | None) -> SourceSystem:
    asked = {"simulation_ms": simulation, "availability_ms": availability}
    changed = ECC.before_placing.model_copy(update=asked)
    return ECC.model_copy(update={"before_placing": changed})


BOTH = _asking(4000, 4000)


class Shop:
    """A buyer with a cart, over the stand-in."""

    def __init__(self, db: Client, connect: Connect, system: SourceSystem) -> None:
        self.now = 0.0
        resources = Resources(db, Sap(connect, system, Pause(lambda: self.now)))
        verifiers = Verifiers(person=verify_person, writer=verify_person)
        self._app = create_app(SERVICE, resources, verifiers, fixed(NOW), db)
        self._db = db
        store_context(db, context_of(STYLE, buying=company()))

    def fill(self, *rows: tuple[str, str, int]) -> None:
        """SKU, window, pieces."""
        store_cart(self._db, cart_of([(sku, DOOR, window, n) for sku, window, n in rows]))

    def simulate(self, language: str = "en") -> Reply:
        """The answer of the service."""
        sent = {"Authorization": person({"100001": "buyer"}), "Accept-Language": language}
        return send(self._app, "POST", "/v1/simulations", sent, {"cart": "cart-1"})

    def orders(self) -> list[dict[str, Any]]:
        """What is told of each order."""
        reply = self.simulate()
        assert reply.status == 200, reply
        orders: list[dict[str, Any]] = reply.body["orders"]
        return orders


@pytest.fixture
def open_shop(firestore: Client, sap: StandIn) -> Callable[..., Shop]:
    """A shop whose system is asked so."""

    def opened(system: SourceSystem = BOTH) -> Shop:
        limits = Limits(system.before_placing.longest_seconds, 0.25)
        return Shop(firestore, connector(sap.destination, limits), system)

    return opened


def test_what_sap_confirms_in_full_at_the_same_price_is_not_worth_a_word(
    open_shop: Callable[..., Shop], firestore: Client
) -> None:
    shop = open_shop()
    shop.fill((FIRST, AT_ONCE, 12), (FIRST, PRE_BOOK, 500))
    for order in shop.orders():
        assert (order["source"], order["notice"], order["shortfalls"]) == ("sap", None, [])
        assert order["sap_net"] == order["net"]
        assert order["price_difference"] is None
    assert shop.simulate().body["to_accept"] is None
    # Nobody is kept, nothing is written.
    assert list(firestore.collection("orders").stream()) == []


@pytest.mark.parametrize("system", [BOTH, _asking(None, 4000)], ids=["simulation", "availability"])
def test_what_sap_does_not_confirm_is_told_by_line_and_day(
    open_shop: Callable[..., Shop], system: SourceSystem
) -> None:
    shop = open_shop(system)
    shop.fill((FIRST, AT_ONCE, 12), (SECOND, AT_ONCE, 12))
    [order] = shop.orders()
    [shortfall] = order["shortfalls"]
    assert (shortfall["sku"], shortfall["quantity"]) == (SECOND, 12)
    assert [one["quantity"] for one in shortfall["confirmed"]] == [5, 4]
    assert shortfall["text"] == (
        f"{SECOND}: the brand confirms 5 of 12 for Nov 22, 2026, then 4 on Dec 22, 2026."
    )
    assert (order["sap_net"] is None) == (system is not BOTH)


def test_another_net_value_is_shown_and_has_to_be_accepted(
    open_shop: Callable[..., Shop], faults: Callable[..., None]
) -> None:
    shop = open_shop()
    shop.fill((FIRST, AT_ONCE, 10))
    faults(net_percent=10)
    body = shop.simulate().body
    [order] = body["orders"]
    assert order["sap_net"]["amount"] == order["net"]["amount"] * 11 // 10
    assert order["price_difference"].startswith("The brand comes to €")
    assert body["to_accept"].startswith("I have seen")
    assert shop.simulate(language="de").body["to_accept"].startswith("Ich habe")


def test_a_slow_sap_costs_its_time_and_no_more_and_is_left_alone_for_a_while(
    open_shop: Callable[..., Shop], faults: Callable[..., None], firestore: Client
) -> None:
    shop = open_shop(_asking(300, None))
    shop.fill((FIRST, AT_ONCE, 12))
    faults(delay_seconds=5)
    began = time.monotonic()
    [order] = shop.orders()
    assert time.monotonic() - began < 2
    assert (order["source"], order["shortfalls"], order["sap_net"]) == ("sellin", [], None)
    # 12:00 UTC by the clock of the company's market.
    assert order["notice"].startswith("The brand's order system took too long to answer.")
    assert "1:00\u202fPM" in order["notice"]
    faults()
    assert shop.orders()[0]["notice"].startswith(
        "The brand's order system does not answer just now."
    )
    shop.now += PAUSE_SECONDS
    assert shop.orders()[0]["source"] == "sap"
    # A slow answer is no reason to hold back orders.
    assert read_circuit(firestore, ECC.logical_system).state is CircuitState.CLOSED


def test_a_cart_with_more_lines_than_there_is_time_for_keeps_nobody_else_from_asking(
    open_shop: Callable[..., Shop], faults: Callable[..., None]
) -> None:
    shop = open_shop(_asking(None, 800))
    shop.fill((FIRST, AT_ONCE, 12), (SECOND, AT_ONCE, 12))
    assert shop.orders()[0]["source"] == "sap"
    faults(delay_seconds=0.5)
    assert shop.orders()[0]["notice"].startswith("The brand's order system took too long")
    faults()
    assert shop.orders()[0]["source"] == "sap"


def test_after_a_pause_one_asks_first_and_the_others_once_that_was_answered(
    firestore: Client,
) -> None:
    asked: list[str] = []
    is_silent = True

    @contextmanager
    def connect() -> Iterator[Call]:
        asked.append("log-on")
        if len(asked) == 2:
            # While it waits for an answer.
            assert shop.orders()[0]["notice"].startswith("The brand's order system does not answer")
        if is_silent:
            raise SapCallError("log-on: no answer", Failure.UNREACHABLE)
        stock = [{"COM_DATE": "20261122", "COM_QTY": Decimal(12)}]
        yield lambda _name, **_given: {"RETURN": {"TYPE": ""}, "WMDVEX": stock}

    shop = Shop(firestore, connect, _asking(None, 4000))
    shop.fill((FIRST, AT_ONCE, 12))
    shop.orders()
    shop.now += PAUSE_SECONDS
    shop.orders()
    assert len(asked) == 2
    shop.now += PAUSE_SECONDS
    is_silent = False
    assert [shop.orders()[0]["source"] for _ in range(2)] == ["sap", "sap"]
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("system", "answer"),
    [
        (_asking(None, 4000), {"WMDVEX": [{"COM_DATE": "00000000", "COM_QTY": Decimal(5)}]}),
        (_asking(None, 4000), {}),
        (_asking(4000, None), {}),
        (
            _asking(4000, None),
            {
                "ORDER_ITEMS_OUT": [
                    {"ITM_NUMBER": "000010", "NET_VALUE1": Decimal(1), "CURRENCY": "EUR"}
                ],
                "ORDER_SCHEDULE_EX": [
                    {"ITM_NUMBER": "000011", "REQ_DATE": "20261122", "CONFIR_QTY": Decimal(1)}
                ],
            },
        ),
    ],
    ids=["no day", "no stock", "no items", "schedule of another item"],
)
def test_an_answer_that_cant_be_read_is_as_none(
    firestore: Client, system: SourceSystem, answer: dict[str, Any]
) -> None:
    @contextmanager
    def connect() -> Iterator[Call]:
        yield lambda _name, **_given: {"RETURN": {"TYPE": "", "MESSAGE": ""}, **answer}

    shop = Shop(firestore, connect, system)
    shop.fill((FIRST, AT_ONCE, 12))
    [order] = shop.orders()
    assert (order["source"], order["shortfalls"]) == ("sellin", [])
    assert order["notice"].startswith("The brand's order system could not check")


def test_while_sap_is_away_it_is_not_called(
    firestore: Client, open_shop: Callable[..., Shop]
) -> None:
    shop = open_shop()
    shop.fill((FIRST, AT_ONCE, 12))
    report(firestore, ECC.logical_system, Failure.UNREACHABLE, NOW, "down")
    [order] = shop.orders()
    assert (order["source"], order["notice"].partition(".")[0]) == (
        "sellin",
        "The brand's order system does not answer just now",
    )
    # SAP is there: had it been called, that would show.
    report(firestore, ECC.logical_system, None, NOW, "")
    assert shop.orders()[0]["source"] == "sap"


def test_a_refused_log_on_is_not_tried_again_and_stops_nobody_else(
    open_shop: Callable[..., Shop], faults: Callable[..., None], firestore: Client, sap: StandIn
) -> None:
    old, new = open_shop(), open_shop()
    old.fill((FIRST, AT_ONCE, 12))
    faults(logon="refused")
    assert old.orders()[0]["source"] == "sellin"
    assert read_circuit(firestore, ECC.logical_system).state is CircuitState.CLOSED
    httpx.delete(f"{sap.control_url}/faults").raise_for_status()
    old.now += PAUSE_SECONDS
    # Had it tried, SAP would have answered it, too.
    assert [shop.orders()[0]["source"] for shop in (old, new)] == ["sellin", "sap"]


def test_after_a_refused_log_on_a_person_says_when_it_works(
    open_shop: Callable[..., Shop], faults: Callable[..., None], firestore: Client, sap: StandIn
) -> None:
    shop = open_shop()
    shop.fill((FIRST, AT_ONCE, 12))
    faults(logon="refused")
    assert shop.orders()[0]["source"] == "sellin"
    report(firestore, ECC.logical_system, Failure.LOGON, NOW, "refused")
    release(firestore, ECC.logical_system, "Maria Berg", NOW + timedelta(seconds=1))
    report(firestore, ECC.logical_system, None, NOW + timedelta(seconds=2), "")
    httpx.delete(f"{sap.control_url}/faults").raise_for_status()
    shop.now += PAUSE_SECONDS
    assert shop.orders()[0]["source"] == "sap"


@pytest.mark.parametrize(
    "plan",
    [{"down": True}, {"unauthorized": "BAPI_SALESORDER_SIMULATE"}, {"reject_material": SMALL}],
    ids=str,
)
def test_whatever_is_wrong_with_sap_the_buyer_goes_on(
    open_shop: Callable[..., Shop], faults: Callable[..., None], plan: dict[str, Any]
) -> None:
    shop = open_shop(_asking(4000, None))
    shop.fill((FIRST, AT_ONCE, 12))
    faults(**plan)
    [order] = shop.orders()
    assert (order["source"], order["notice"] is None) == ("sellin", False)


def test_stock_is_asked_for_where_a_simulation_is_refused(
    open_shop: Callable[..., Shop], faults: Callable[..., None]
) -> None:
    shop = open_shop()
    shop.fill((SECOND, AT_ONCE, 12))
    faults(reject_material=LARGE)
    [order] = shop.orders()
    assert (order["source"], order["sap_net"], order["notice"]) == ("sap", None, None)
    assert [one["quantity"] for one in order["shortfalls"][0]["confirmed"]] == [5, 4]


def test_a_system_that_is_not_to_be_asked_says_nothing(open_shop: Callable[..., Shop]) -> None:
    shop = open_shop(_asking(None, None))
    shop.fill((FIRST, AT_ONCE, 12))
    assert shop.orders() == []
