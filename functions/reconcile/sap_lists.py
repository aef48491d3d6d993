"""Asks SAP for its sales orders that bear numbers of ours."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from functions.reconcile.comparing import Compared, compare
from shared.order.model import Order
from shared.reconciliation.model import Deviation, Kind
from shared.sap.order_list import (
    ListedOrder,
    UnreadableListError,
    list_parameters,
    read_order,
    rows_of_documents,
)
from shared.sap.our_order import our_order
from shared.sap.rfc import Call
from shared.sap.sales_order import holder, lookup_parameters, lookup_refusal, pad
from shared.sap.source_system import SourceSystem

CALL_SECONDS = 20
"""The scheduler, whose call this is part of, waits a minute."""

_MONTH = timedelta(days=30)

_GET_LIST, _GET_STATUS = "BAPI_SALESORDER_GETLIST", "BAPI_SALESORDER_GETSTATUS"


@dataclass
class Listed:
    """Sales documents by our order's number, and why one of an order could not be read."""

    documents: dict[str, list[ListedOrder]] = field(default_factory=lambda: defaultdict(list))
    unreadable: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Listed") -> None:
        """Put in what another list has."""
        for number, found in other.documents.items():
            self.documents[number] += found
        self.unreadable |= other.unreadable


def list_customer(
    call: Call,
    company: str,
    organisation: str,
    first: date,
    system: SourceSystem,
    until: date | None = None,
) -> Listed:
    """What SAP has of a customer with document dates from `first` on.

    `until` has it asked for by months up to that day, and after it at once: of a large customer no
    answer then has all of the items.

    Raises:
        SapCallError: SAP did not answer.
        UnreadableListError: SAP could not make the list.
    """
    listed = Listed()
    while until is not None and first + _MONTH <= until:
        last = first + _MONTH - timedelta(days=1)
        listed.add(_ask(call, list_parameters(company, organisation, first, last), system))
        first += _MONTH
    listed.add(_ask(call, list_parameters(company, organisation, first), system))
    return listed


def _ask(call: Call, parameters: Mapping[str, Any], system: SourceSystem) -> Listed:
    answer = call(_GET_LIST, options={"timeout": CALL_SECONDS}, **parameters)
    if refused := lookup_refusal(answer, system.orders.nothing_found):
        raise UnreadableListError(refused)
    found = Listed()
    for rows in rows_of_documents(answer):
        number = our_order(str(rows[0]["PURCH_NO_C"]))
        if number is None:
            continue
        try:
            found.documents[number].append(read_order(rows, system))
        except UnreadableListError as error:
            found.unreadable[number] = str(error)
    return found


def look_again(call: Call, order: Order, system: SourceSystem, now: datetime) -> Compared:
    """Ask SAP for one order, and compare.

    One that is not in the list may be there with another customer or reference, so it is asked
    for by its number before it counts as missing.

    Raises:
        SapCallError: SAP did not answer.
        UnreadableListError: SAP could not make the list, or it can't be read.
    """
    listed = _ask(call, lookup_parameters(order), system)
    if order.number in listed.unreadable:
        raise UnreadableListError(listed.unreadable[order.number])
    found = compare(order, listed.documents[order.number], system, now)
    number = order.sap_number or order.external_number
    if found.kinds != [Kind.MISSING] or number is None:
        return found
    reference = reference_of(call, number)
    if reference is None:
        return found
    ours = lookup_parameters(order)["PURCHASE_ORDER_NUMBER"]
    if reference == ours:
        rows = [Deviation(field="customer", ours=order.company, saps="")]
        return Compared(kinds=[Kind.HEADER], rows=rows)
    return Compared(
        kinds=[Kind.NUMBER], rows=[Deviation(field="reference", ours=ours, saps=reference)]
    )


def reference_of(call: Call, number: str) -> str | None:
    """PURCH_NO_C of the sales order of that number; None where there is none.

    Raises:
        SapCallError: SAP did not answer.
    """
    answer = call(_GET_STATUS, options={"timeout": CALL_SECONDS}, SALESDOCUMENT=pad(number, 10))
    return holder(answer)
