"""GET /v1/accounts/company/notices: what buyers learn of the brand's system."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.sync_inventory.handler import apply
from shared.event.message import SapMessage
from shared.sap.circuit import release, report
from shared.sap.control import write_stamp
from shared.sap.failure import Failure
from tests.factories.assortment import NOW
from tests.factories.sap import ECC, stock_message, stock_row
from tests.integration.functions.accounts.conftest import WHO_CALLS, Call
from tests.support.firestore_counter import counting

SYSTEM = ECC.logical_system
BUYER = {"100001": "buyer"}


def _items(call: Call, language: str = "en") -> list[dict[str, Any]]:
    answer = call("/company/notices", BUYER, Accept_Language=language)
    items: list[dict[str, Any]] = answer.get_json()["items"]
    return items


def _stock_comes(db: Client, at: datetime, **of: str) -> None:
    message = stock_message(stock_row("10123001", write_stamp(at), 5) | of)
    apply(db, ECC, SapMessage("1", "sap-inventory", message, {}, at))


def test_all_is_well_in_one_read_of_three_documents(call: Call, firestore: Client) -> None:
    with counting(firestore) as count:
        assert _items(call) == []
    assert (count.reads, count.methods["BatchGetDocuments"]) == (3 + WHO_CALLS, 1 + WHO_CALLS)


@pytest.mark.parametrize("failure", [Failure.UNREACHABLE, Failure.LOGON])
def test_since_when_sap_is_away_until_it_answers(
    call: Call, firestore: Client, failure: Failure
) -> None:
    since = NOW - timedelta(minutes=20)
    report(firestore, SYSTEM, failure, since, "no route to host")
    # A further try that fails changes nothing of since when.
    report(firestore, SYSTEM, failure, NOW - timedelta(minutes=2), "no route to host")
    [notice] = _items(call)
    assert notice["code"] == "sap_away"
    assert datetime.fromisoformat(notice["since"]) == since
    # The company's clock, and nothing of the library's words.
    assert "ince 12:40\u202fPM" in notice["text"]
    assert ("does not let us in" in notice["text"]) is (failure is Failure.LOGON)
    assert "route" not in notice["text"]
    assert "eit 12:40" in _items(call, "de-DE")[0]["text"]
    release(firestore, SYSTEM, "maria", NOW)
    report(firestore, SYSTEM, None, NOW, "")
    assert _items(call) == []


@pytest.mark.parametrize("of", [{}, {"LGORT": "0001"}])
def test_how_old_stock_is_once_sap_is_silent_for_long(
    call: Call, firestore: Client, of: dict[str, str]
) -> None:
    """Of the plant, or of its storage locations, whichever the system sends."""
    _stock_comes(firestore, NOW - timedelta(hours=27), **of)
    [notice] = _items(call)
    assert notice["code"] == "stock_old"
    assert datetime.fromisoformat(notice["since"]) == NOW - timedelta(hours=27)
    # Any change of the plant's shows that stock still comes.
    _stock_comes(firestore, NOW - timedelta(minutes=3), **of)
    assert _items(call) == []


def test_changes_in_quick_succession_are_noted_once(firestore: Client) -> None:
    _stock_comes(firestore, NOW)
    with counting(firestore) as count:
        _stock_comes(firestore, NOW + timedelta(minutes=1))
    # The style's own document.
    assert count.writes == 1
