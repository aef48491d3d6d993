"""What happens to uncommitted work, and what a client sees when things break."""

import threading

import pytest

from emulators.sap import system
from emulators.sap.client import pyrfc
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import SHIP_TO, SOLD_TO, order_call
from tests.support.wait import wait_until

CREATE = "BAPI_SALESORDER_CREATEFROMDAT2"
COMMIT = "BAPI_TRANSACTION_COMMIT"
ROLLBACK = "BAPI_TRANSACTION_ROLLBACK"


def create_and_commit(connection: pyrfc.Connection) -> str:
    """Creates the usual order, commits, and returns its number."""
    number: str = connection.call(CREATE, **order_call())["SALESDOCUMENT"]
    connection.call(COMMIT, WAIT="X")
    return number


def test_a_committed_order_is_saved(sap: Sap, connection: pyrfc.Connection) -> None:
    number = create_and_commit(connection)

    (order,) = sap.orders()
    assert order["VBELN"] == number
    assert order["PURCH_NO_C"] == "7K3Q9XZ4M2-001/PO 1"
    assert (order["KUNNR"], order["SHIP_TO"]) == (SOLD_TO, SHIP_TO)
    assert order["NET_VALUE"] == "62.50"


def test_without_commit_nothing_is_saved(sap: Sap) -> None:
    with sap.connect() as first:
        assert first.call(CREATE, **order_call())["SALESDOCUMENT"]
    with sap.connect() as second:
        second.call(COMMIT, WAIT="X")

    assert sap.orders() == []


def test_commit_of_another_connection_saves_nothing(sap: Sap) -> None:
    with sap.connect() as first, sap.connect() as second:
        first.call(CREATE, **order_call())
        second.call(COMMIT, WAIT="X")
        assert sap.orders() == []
        first.call(COMMIT, WAIT="X")

    assert len(sap.orders()) == 1


def test_rollback_leaves_a_gap_in_the_numbers(sap: Sap, connection: pyrfc.Connection) -> None:
    lost = connection.call(CREATE, **order_call())["SALESDOCUMENT"]
    connection.call(ROLLBACK)
    saved = create_and_commit(connection)

    assert int(saved) == int(lost) + 1
    assert [order["VBELN"] for order in sap.orders()] == [saved]


@pytest.mark.parametrize("reset", ["reset_server_context", "reopen"])
def test_a_new_context_forgets_uncommitted_work(
    sap: Sap, connection: pyrfc.Connection, reset: str
) -> None:
    connection.call(CREATE, **order_call())
    getattr(connection, reset)()
    connection.call(COMMIT, WAIT="X")

    assert sap.orders() == []


def test_commit_without_wait_saves_later(
    sap: Sap, connection: pyrfc.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "UPDATE_SECONDS", 3)
    number = connection.call(CREATE, **order_call())["SALESDOCUMENT"]
    connection.call(COMMIT)
    status = connection.call("BAPI_SALESORDER_GETSTATUS", SALESDOCUMENT=number)

    assert status["RETURN"]["CODE"] == "V1302"
    wait_until(sap.orders, what="the update task saving the order")


def test_sending_twice_makes_two_orders(sap: Sap, connection: pyrfc.Connection) -> None:
    create_and_commit(connection)
    create_and_commit(connection)

    assert len({order["VBELN"] for order in sap.orders()}) == 2
    assert len({order["PURCH_NO_C"] for order in sap.orders()}) == 1


@pytest.mark.parametrize(
    ("point", "failing", "saved"),
    [
        ("before_create", CREATE, 0),
        ("after_create", CREATE, 0),
        ("before_commit", COMMIT, 0),
        ("after_commit", COMMIT, 1),
    ],
)
def test_a_broken_connection_raises_and_opens_a_new_session(
    sap: Sap, connection: pyrfc.Connection, point: str, failing: str, saved: int
) -> None:
    sap.fault(break_=point, times=1)
    handle = connection.handle
    if failing == COMMIT:
        connection.call(CREATE, **order_call())
    with pytest.raises(pyrfc.CommunicationError) as caught:
        connection.call(failing, **(order_call() if failing == CREATE else {"WAIT": "X"}))

    assert (caught.value.code, caught.value.key) == (1, "RFC_COMMUNICATION_FAILURE")
    assert connection.alive
    assert connection.handle != handle
    connection.call(COMMIT, WAIT="X")
    assert len(sap.orders()) == saved


def test_a_call_that_takes_too_long_is_canceled(sap: Sap, connection: pyrfc.Connection) -> None:
    connection.call(CREATE, **order_call())
    sap.fault(delay_seconds=60, times=1)
    with pytest.raises(pyrfc.CommunicationError) as caught:
        connection.call(COMMIT, options={"timeout": 0.05}, WAIT="X")

    assert (caught.value.code, caught.value.key) == (7, "RFC_CANCELED")
    assert connection.call("STFC_CONNECTION", REQUTEXT="again")["ECHOTEXT"] == "again"


def test_sap_carries_on_with_a_commit_that_the_client_canceled(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    connection.call(CREATE, **order_call())
    sap.fault(delay_seconds=0.2, times=1)
    with pytest.raises(pyrfc.CommunicationError):
        connection.call(COMMIT, options={"timeout": 0.01}, WAIT="X")

    wait_until(sap.orders, what="the order whose commit was canceled")


def test_down_refuses_new_connections_and_breaks_open_ones(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    sap.fault(down=True)
    with pytest.raises(pyrfc.CommunicationError):
        connection.ping()
    assert not connection.alive
    with pytest.raises(pyrfc.CommunicationError):
        sap.connect()

    sap.clear_faults()
    connection.open()
    connection.ping()


def test_nobody_listening_is_a_communication_error(sap: Sap) -> None:
    with pytest.raises(pyrfc.CommunicationError, match="not reached"):
        pyrfc.Connection(**sap.stand_in.destination | {"ashost": "127.255.255.254"})


@pytest.mark.parametrize("changes", [{"passwd": ""}, {"client": "200"}, {"user": ""}])
def test_a_wrong_logon_is_refused(sap: Sap, changes: dict[str, str]) -> None:
    with pytest.raises(pyrfc.LogonError) as caught:
        pyrfc.Connection(**sap.stand_in.destination | changes)

    assert (caught.value.code, caught.value.key) == (2, "RFC_LOGON_FAILURE")


def test_a_refused_logon_as_a_fault_ends_after_its_times(sap: Sap) -> None:
    sap.fault(logon="refused", times=1)
    with pytest.raises(pyrfc.LogonError):
        sap.connect()
    sap.connect().close()


def test_a_closed_connection_refuses_calls(connection: pyrfc.Connection) -> None:
    connection.close()
    connection.close()

    assert not connection.alive
    assert not connection.is_valid()
    assert connection.get_connection_attributes() == {}
    with pytest.raises(pyrfc.RFCError, match="the connection is closed"):
        connection.call("STFC_CONNECTION")
    with pytest.raises(pyrfc.ExternalRuntimeError) as caught:
        connection.ping()
    assert caught.value.code == 13


def test_a_missing_mandatory_parameter_is_a_dump_that_ends_the_session(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    connection.call(CREATE, **order_call())
    with pytest.raises(pyrfc.ABAPRuntimeError):
        connection.call("BAPI_SALESORDER_GETSTATUS")
    connection.call(COMMIT, WAIT="X")

    assert sap.orders() == []


def test_an_unknown_function_module_keeps_the_session(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    connection.call(CREATE, **order_call())
    with pytest.raises(pyrfc.ABAPApplicationError) as caught:
        connection.call("Z_NOT_THERE")
    connection.call(COMMIT, WAIT="X")

    assert (caught.value.code, caught.value.key) == (5, "FU_NOT_FOUND")
    assert (caught.value.msg_class, caught.value.msg_number) == ("FL", "046")
    assert len(sap.orders()) == 1


def test_a_connection_serves_one_thread_at_a_time(sap: Sap, connection: pyrfc.Connection) -> None:
    connection.call("RFC_PING")
    sap.fault(delay_seconds=5, times=1)
    busy = threading.Thread(target=connection.call, args=(COMMIT,))
    busy.start()
    wait_until(lambda: not _faults(sap), what="the delay striking")
    with pytest.raises(pyrfc.ExternalRuntimeError) as caught:
        connection.call("RFC_PING")
    assert caught.value.code == 13
    busy.join()


def _faults(sap: Sap) -> dict[str, object]:
    return sap.stand_in.system.faults.plan().model_dump(exclude_defaults=True)


def test_attributes_tell_who_is_logged_on(sap: Sap, connection: pyrfc.Connection) -> None:
    attributes = connection.get_connection_attributes()

    assert attributes["user"] == "SELLIN"
    assert attributes["client"] == "100"
    assert attributes["sysNumber"] == sap.stand_in.system_number


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({}, "Connection parameters missing"),
        ({"ashost": "127.0.0.1", "sysnr": 0}, "'sysnr' value is not string"),
        ({"user": "SELLIN"}, "ASHOST, GWHOST, MSHOST or PORT is missing"),
        ({"ashost": "127.0.0.1", "sysnr": "00", "pasword": "x"}, "unknown connection parameter"),
    ],
)
def test_bad_connection_parameters_are_refused(params: dict, text: str) -> None:
    with pytest.raises(pyrfc.RFCError, match=text):
        pyrfc.Connection(**params)


def test_an_unknown_configuration_option_is_refused(sap: Sap) -> None:
    with pytest.raises(pyrfc.RFCError, match="'strip' is not supported"):
        sap.connect({"strip": True})
