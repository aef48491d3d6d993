"""What SAP told of an order's items, kept by stamp, and the lines that it needs for it. Pure."""

from bisect import bisect
from collections import Counter
from collections.abc import Mapping

from shared.money import Money
from shared.order.contents import Content, placed_lines
from shared.order.documents import RelatedKind, RelatedOrder
from shared.order.hold import Hold
from shared.order.model import Order, OrderLine, SapArticle, SapLine, SapState, StyleNames
from shared.order.versions import created_version
from shared.sap.fields import read_stamp
from shared.sap.order_responses import SapOrderLine, SapOrderStatus
from shared.style.model import Sku, Style, size_run

MOST_STAMPS = 50
"""Of one state: the first, by which stock is counted, and the newest."""


def unknown_articles(order: Order, sap: SapOrderStatus) -> list[str]:
    """Articles of items that SAP delivers, and that the order never had."""
    known = {line.article for line in [*order.lines, *order.placed_lines]} | set(order.sap_articles)
    there = {line.article for line in sap.lines.values() if not line.rejection}
    return sorted(there - known)


def unpriced_positions(order: Order, sap: SapOrderStatus) -> list[int]:
    """Positions that people in SAP added, and whose price it did not tell."""
    known = {line.position for line in order.lines}
    return [
        position
        for position, line in sap.lines.items()
        if position not in known and not line.rejection and line.price is None
    ]


def with_sap_lines(order: Order, sap: SapOrderStatus, styles: Mapping[str, Style]) -> Order:
    """The order with a line for each item that people in SAP added, and all articles known."""
    for article in unknown_articles(order, sap):
        order = _with_article(order, article, styles[article])
    known = {line.position for line in order.lines}
    for position, item in sorted(sap.lines.items()):
        if position not in known and not item.rejection:
            order = _with_line(order, position, item, late=sap.stamp < order.status_stamp)
    return order


def with_state(order: Order, sap: SapOrderStatus) -> Order:
    """The order with what SAP told, as of its stamp, kept."""
    if any(sap.stamp in one.stamps for one in order.sap_states):
        return order
    state = state_of(order, sap)
    content = {"stamps"}
    same = [
        one
        for one in order.sap_states
        if one.model_dump(exclude=content) == state.model_dump(exclude=content)
    ]
    stamps = sorted([*state.stamps, *(stamp for one in same for stamp in one.stamps)])
    kept = [stamps[0], *stamps[1:][-(MOST_STAMPS - 1) :]]
    states = [one for one in order.sap_states if one not in same]
    states.append(state.model_copy(update={"stamps": kept}))
    return _with_placed(order, state).model_copy(
        update={"sap_states": sorted(states, key=lambda one: one.stamps[0])}
    )


def holds(order: Order) -> list[Hold]:
    """What SAP holds the order for now, each since the first message of those that all told so."""
    told = {stamp: one for one in order.sap_states for stamp in one.stamps}
    timeline = [(stamp, told[stamp]) for stamp in sorted(told, reverse=True)]
    found = []
    for kind, reason in timeline[0][1].holds if timeline else ():
        since = timeline[0][0]
        for stamp, one in timeline:
            if kind not in {other for other, _ in one.holds}:
                break
            since = stamp
        found.append(Hold(kind=kind, reason=reason, since=read_stamp(since)))
    return found


def related_order(sap: SapOrderStatus) -> RelatedOrder:
    """A sales document that is not the order itself."""
    quantities: Counter[str] = Counter()
    for line in sap.lines.values():
        if not line.rejection:
            quantities[line.article] += line.ordered
    return RelatedOrder(
        number=sap.sap_number,
        kind=sap.kind or RelatedKind.SECOND_ORDER,
        stamp=sap.stamp,
        on=sap.on,
        rejected=all(line.rejection for line in sap.lines.values()),
        quantities=dict(sorted(quantities.items())),
    )


def _with_article(order: Order, article: str, style: Style) -> Order:
    sku, colour = next(
        (one, colourway)
        for colourway in style.colourways
        for one in colourway.skus
        if one.article == article
    )
    known = order.names.get(style.number)
    before = known or StyleNames(style=style.names, colours={}, sizes={})
    sizes = {*before.run, sku.size}
    names = StyleNames(
        style=before.style,
        colours={**before.colours, colour.code: colour.names},
        sizes=before.sizes | {s: n for s, n in style.size_names.items() if s == sku.size},
        # Orders of before runs were kept have none, and get none of a part of their sizes.
        run=[size for size in size_run(style) if size in sizes]
        if known is None or known.run
        else [],
    )
    return order.model_copy(
        update={
            "sap_articles": order.sap_articles | {article: _article(sku)},
            "names": order.names | {style.number: names},
            "styles": sorted({*order.styles, style.number}),
        }
    )


def _article(sku: Sku) -> SapArticle:
    return SapArticle(sku=sku.id, gtin=sku.gtin, size=sku.size)


def _with_line(order: Order, position: int, item: SapOrderLine, *, late: bool) -> Order:
    """With a line of no pieces, that the versions give pieces to."""
    if item.price is None:
        raise LookupError(f"no price of position {position}")
    lines = {line.article: line for line in [*order.lines, *order.placed_lines]}
    known = order.sap_articles.get(item.article) or lines[item.article]
    line = OrderLine(
        position=position,
        sku=known.sku,
        article=item.article,
        gtin=known.gtin,
        size=known.size,
        quantity=0,
        unit_price=item.price,
        amount=Money(amount=0, currency=order.currency),
        # The newest message had it not, else it would be here.
        rejected=late,
    )
    place = bisect([one.position for one in order.lines], position)
    versions = [
        one.model_copy(update={"quantities": [*one.quantities[:place], 0, *one.quantities[place:]]})
        for one in order.versions
    ]
    return order.model_copy(
        update={
            "lines": [*order.lines[:place], line, *order.lines[place:]],
            "versions": versions,
            "sap_added": sorted([*order.sap_added, position]),
        }
    )


def state_of(order: Order, sap: SapOrderStatus) -> SapState:
    lines: dict[int, SapLine] = {}
    quantities = created_version(order).quantities
    for line, quantity in zip(placed_lines(order), quantities, strict=True):
        # What is as it was created is left out, so most states are a stamp.
        item = sap.lines.get(line.position)
        if item is None or item.rejection:
            continue
        told = _content(line, item)
        placed = Content(
            line.article, quantity, line.unit_price, line.unit_price.line_amount(quantity)
        )
        if told != placed or line.position in order.sap_added:
            lines[line.position] = SapLine(
                article=told.article,
                quantity=told.quantity,
                price=told.unit_price.amount,
                per=told.unit_price.per,
                amount=told.amount.amount,
            )
    ordered = [line.position for line in order.lines if line.position not in order.sap_added]
    return SapState(
        stamps=[sap.stamp],
        lines=lines,
        rejected=sorted(p for p, item in sap.lines.items() if item.rejection),
        gone=[p for p in ordered if p not in sap.lines],
        holds=sap.holds,
        reasons={p: item.rejection for p, item in sorted(sap.lines.items()) if item.rejection},
    )


def _content(placed: OrderLine, item: SapOrderLine) -> Content:
    """An item of SAP's, at the price that was agreed where it is that one in other words."""
    price = item.price or placed.unit_price
    agreed = placed.unit_price
    if price.amount * agreed.per == agreed.amount * price.per:
        price = agreed
    amount = item.amount or price.line_amount(item.ordered)
    return Content(item.article, item.ordered, price, amount)


def _with_placed(order: Order, state: SapState) -> Order:
    """Lines as they were placed are kept before SAP's article or price takes their place."""
    known = {line.position for line in order.placed_lines}
    quantities = created_version(order).quantities
    kept = [
        line.model_copy(
            update={
                "quantity": pieces,
                "amount": line.unit_price.line_amount(pieces),
                "confirmed": [],
                "rejected": False,
            }
        )
        for line, pieces in zip(order.lines, quantities, strict=True)
        if line.position not in known and line.position not in order.sap_added
        if (there := state.lines.get(line.position)) and _is_other(line, there)
    ]
    return order.model_copy(
        update={"placed_lines": sorted([*order.placed_lines, *kept], key=lambda o: o.position)}
    )


def _is_other(line: OrderLine, there: SapLine) -> bool:
    price = line.unit_price
    at_price = price.line_amount(there.quantity).amount
    return (line.article, price.amount, price.per, at_price) != (
        there.article,
        there.price,
        there.per,
        there.amount,
    )
