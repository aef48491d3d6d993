"""Whether an order and what SAP lists of it say the same, and what differs where not. Pure.

Compared are the items that are to be delivered, at what price, whose they are, and what blocks
them. Confirmed schedule lines, deliveries and invoices are not in SAP's list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.money import Money
from shared.order.handover import HandoverState
from shared.order.hold import HoldKind
from shared.order.model import Order, OrderLine
from shared.order.status import Status
from shared.reconciliation.model import Deviation, Kind
from shared.reconciliation.repository import GRACE
from shared.sap.order_list import ListedItem, ListedOrder, in_cases
from shared.sap.source_system import SourceSystem

H = HandoverState

_TOLD_AGAIN = frozenset({Kind.LINES, Kind.UNTOLD, Kind.BLOCK, Kind.UNFILED, Kind.UNCONFIRMED})
"""What is mended by telling, in SAP's name, what its lost messages said. Of an order that SAP never
confirmed that is its number, and that it has the same lines: dates, which its list has not, are none."""

_OVER = frozenset({H.REFUSED, H.WITHDRAWN})


@dataclass(frozen=True)
class Compared:
    """`is_pending`: it is on its way between the systems. Without kinds both sides agree.

    `tell` are the sales documents whose state mends it, `hands_over` says that another hand-over
    does; where neither is, a person decides.
    """

    is_pending: bool = False
    kinds: list[Kind] = field(default_factory=list)
    rows: list[Deviation] = field(default_factory=list)
    tell: list[ListedOrder] = field(default_factory=list)
    hands_over: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether nobody has to decide about it."""
        return self.hands_over or _TOLD_AGAIN.issuperset(self.kinds)


def compare(
    order: Order | None, listed: Sequence[ListedOrder], system: SourceSystem, now: datetime
) -> Compared:
    """An order of ours, None where there is none, with the sales documents that bear its number."""
    if order is None:
        return _not_to_be(listed, Kind.UNKNOWN)
    if _is_pending(order, now):
        return Compared(is_pending=True)
    follows = [one for one in listed if one.order_type in system.documents.order_types]
    own, others = _own(order, [one for one in listed if one not in follows])
    if order.handover.state in _OVER or order.status in (Status.CANCELLED, Status.REJECTED):
        return _not_to_be([*own, *others], Kind.CANCELLED)
    if not own:
        return _not_there(order, others)
    if len(own) + len(others) > 1:
        rows = [Deviation(field="order", ours="", saps=one.number) for one in others]
        return Compared(kinds=[Kind.TWICE], rows=rows)
    return _same_order(order, own[0], follows, system)


def _is_pending(order: Order, now: datetime) -> bool:
    """Whether somebody or something is about to change one side, or SAP's first word under way."""
    handover, change = order.handover, order.change
    asked = handover.parked is not None and handover.state is not H.PARKED
    if handover.state in (H.WAITING, H.SENDING) or asked:
        return True
    # It was handed over after SAP made its list.
    if any(one.at > now for one in handover.attempts[-1:]):
        return True
    if not order.status_stamp and any(one.at > now - GRACE for one in handover.attempts[-1:]):
        return True
    return change is not None and change.handover.state in (H.WAITING, H.SENDING, H.PARKED)


def _own(
    order: Order, listed: Sequence[ListedOrder]
) -> tuple[list[ListedOrder], list[ListedOrder]]:
    """The order itself, and others that are not known to belong to it."""
    known = {one.number for one in order.related}
    number = order.sap_number or (order.external_number or "").lstrip("0")
    own = [one for one in listed if one.number == number]
    if not own and not order.sap_number:
        own = list(listed[:1])
    return own, [one for one in listed if one not in own and one.number not in known]


def _not_to_be(listed: Sequence[ListedOrder], kind: Kind) -> Compared:
    """What SAP goes on with although nothing of it is to be delivered."""
    open_ones = [one for one in listed if any(not item.rejection for item in one.items.values())]
    rows = [Deviation(field="order", ours="", saps=one.number) for one in open_ones]
    return Compared(kinds=[kind] if rows else [], rows=rows)


def _not_there(order: Order, others: Sequence[ListedOrder]) -> Compared:
    if order.handover.state is H.PARKED:
        # SAP refused it, and a person decides about that.
        return Compared(is_pending=True)
    ours = order.sap_number or order.external_number or order.number
    if others:
        saps = ", ".join(one.number for one in others)
        return Compared(kinds=[Kind.NUMBER], rows=[Deviation(field="order", ours=ours, saps=saps)])
    return Compared(
        kinds=[Kind.MISSING],
        rows=[Deviation(field="order", ours=ours, saps="")],
        # SAP took it and never spoke of it, and under its number there can't be a second. What
        # SAP has told of and has no more, somebody deleted there.
        hands_over=order.external_number is not None and not order.status_stamp,
    )


def _same_order(
    order: Order, own: ListedOrder, follows: Sequence[ListedOrder], system: SourceSystem
) -> Compared:
    header = list(_header(order, own))
    kinds: list[Kind] = [Kind.HEADER] if header else []
    rows = list(header)
    plants = list(_plants(order, own))
    units = list(_units(own, system))
    blocks = list(_blocks(order, own))
    lines = [] if units or header else list(_lines(order, own))
    for kind, found in (
        (Kind.PLANT, plants),
        (Kind.UNIT, units),
        (Kind.LINES, lines),
        (Kind.BLOCK, blocks),
    ):
        if found:
            kinds.append(kind)
            rows += found
    known = {one.number for one in order.related}
    unfiled = [one for one in follows if one.number not in known]
    rows += [Deviation(field="document", ours="", saps=one.number) for one in unfiled]
    kinds += [Kind.UNFILED] if unfiled else []
    untold = _untold(order)
    if untold is not None and not lines:
        kinds.append(untold)
    told = [own] if kinds and kinds != [Kind.UNFILED] else []
    return Compared(kinds=kinds, rows=rows, tell=[*told, *unfiled])


def _untold(order: Order) -> Kind | None:
    """What SAP should have said by now of an order that it has."""
    if order.handover.state is H.PARKED:
        return Kind.UNTOLD
    if not order.status_stamp:
        return Kind.UNCONFIRMED
    change = order.change
    waits = change is not None and change.handover.due_at is not None
    return Kind.UNTOLD if waits else None


def _header(order: Order, own: ListedOrder) -> Iterator[Deviation]:
    area = order.sales_area
    sides = (
        ("customer", order.company, own.company),
        ("organisation", area.organisation, own.organisation),
        ("channel", area.channel, own.channel),
        ("division", area.division, own.division),
        ("currency", order.currency, own.currency),
    )
    for name, ours, saps in sides:
        if ours != saps:
            yield Deviation(field=name, ours=ours, saps=saps)


def _plants(order: Order, own: ListedOrder) -> Iterator[Deviation]:
    for position, item in sorted(own.items.items()):
        if not item.rejection and item.plant != order.plant:
            yield Deviation(position=position, field="plant", ours=order.plant, saps=item.plant)


def _units(own: ListedOrder, system: SourceSystem) -> Iterator[Deviation]:
    for position, item in sorted(own.items.items()):
        if not item.rejection and in_cases(item, system) is not False:
            yield Deviation(position=position, field="unit", ours="", saps=item.unit)


def _blocks(order: Order, own: ListedOrder) -> Iterator[Deviation]:
    held = {hold.kind: hold.reason.partition(" ")[0] for hold in order.holds}
    for name, kind, saps in (
        ("delivery_block", HoldKind.DELIVERY_BLOCK, own.delivery_block),
        ("billing_block", HoldKind.BILLING_BLOCK, own.billing_block),
    ):
        if held.get(kind, "") != saps:
            yield Deviation(field=name, ours=held.get(kind, ""), saps=saps)


def _lines(order: Order, own: ListedOrder) -> Iterator[Deviation]:
    lines = {line.position: line for line in order.lines}
    for position in sorted(lines.keys() | own.items.keys()):
        item = own.items.get(position)
        line = lines.get(position)
        ours = line if line and line.quantity and not line.rejected else None
        saps = item if item and not item.rejection else None
        if ours and saps:
            yield from _line(ours, saps, order.currency)
        elif ours:
            reason = f"({item.rejection})" if item else ""
            there = f"{ours.quantity} × {ours.article}"
            yield Deviation(position=position, field="item", ours=there, saps=reason)
        elif saps:
            there = f"{saps.quantity.normalize():f} × {saps.article}"
            yield Deviation(position=position, field="item", ours="", saps=there)


def _line(line: OrderLine, item: ListedItem, currency: str) -> Iterator[Deviation]:
    price = line.unit_price
    agreed = _money(price.amount, currency, price.per)
    # The same in other words: 25.00 a piece, or 2,500.00 a hundred.
    same = price.amount * item.per == item.price * price.per
    sides = (
        ("article", line.article, item.article),
        ("quantity", str(line.quantity), f"{item.quantity.normalize():f}"),
        ("price", agreed, agreed if same else _money(item.price, currency, item.per)),
        ("amount", _money(line.amount.amount, currency), _money(item.amount, currency)),
    )
    for name, ours, saps in sides:
        if ours != saps:
            yield Deviation(position=line.position, field=name, ours=ours, saps=saps)


def _money(amount: int, currency: str, per: int = 1) -> str:
    text = f"{Money(amount=amount, currency=currency).decimal:f} {currency}"
    return text if per == 1 else f"{text} / {per}"
