"""The response that is made of SAP's list, in SAP's name."""

from datetime import datetime, timedelta

import pytest

from shared.sap.control import write_stamp
from shared.sap.fields import read_stamp
from shared.sap.order_list import BEHIND, ListedOrder, response
from tests.factories.assortment import NOW, TODAY
from tests.factories.order import NUMBER, order
from tests.factories.sap import S4

LISTED = ListedOrder(
    number="16023",
    reference=f"{NUMBER}/PO 4711",
    order_type="OR",
    company="100001",
    organisation="3000",
    channel="10",
    division="10",
    currency="USD",
    created=NOW,
    on=TODAY,
    delivery_block="",
    billing_block="",
    items={},
)


def _stamped(told: str) -> datetime:
    """When SAP is made to say it; `told` is the stamp of its last own word."""
    placed = order(sap_number=LISTED.number, status_stamp=told, sap_stamp=write_stamp(NOW))
    [idoc] = response(LISTED, placed, S4, NOW)["IDOCS"]
    return read_stamp(idoc["EDI_DC40"]["SERIAL"])


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(minutes=9)])
def test_what_sap_does_next_is_newer_though_its_clock_is_behind(behind: timedelta) -> None:
    says_next = NOW + timedelta(seconds=1) - behind
    assert _stamped(write_stamp(NOW - timedelta(hours=1))) < says_next


@pytest.mark.parametrize("ago", [timedelta(hours=1), timedelta(0), -BEHIND])
def test_what_sap_said_before_is_older_whatever_its_clock_shows(ago: timedelta) -> None:
    assert _stamped(write_stamp(NOW - ago)) > NOW - ago
