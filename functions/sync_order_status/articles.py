"""What articles have to be known for: items that people in SAP added, and cases made pieces."""

from collections.abc import Iterable, Iterator, Mapping

from google.cloud.firestore import Client, FieldFilter

from functions.sync_order_status.merge import SapRecord, is_own
from functions.sync_order_status.states import unknown_articles, unpriced_positions
from shared.event.awaited import awaited_name
from shared.order.model import Order
from shared.sap.deliveries import SapShipment
from shared.sap.fault import AwaitedError, UntranslatableMessageError
from shared.sap.invoices import SapInvoice
from shared.sap.order_responses import SapOrderStatus
from shared.store import read_all
from shared.style import repository as styles
from shared.style.model import Style, style_of


def styles_of(db: Client, order: Order, one: SapRecord) -> dict[str, Style]:
    """By article, the styles that the record can't be understood without.

    Raises:
        AwaitedError: SAP put an article into the order that has not come.
        UntranslatableMessageError: SAP put an item into it without a price.
    """
    added = _added_articles(order, one)
    wanted = sorted({*added, *_in_cases(order, one)})
    if not wanted:
        return {}
    known = {line.article: style_of(line.sku) for line in [*order.lines, *order.placed_lines]} | {
        article: style_of(there.sku) for article, there in order.sap_articles.items()
    }
    found = dict(_by_number(db, {a: known[a] for a in wanted if a in known}))
    for article in wanted:
        if article not in found and (style := _by_article(db, article)):
            found[article] = style
    if missing := [article for article in added if article not in found]:
        reasons = [
            f"E1EDP19/IDTNR: SAP put {article} into {order.number}, an article of no style"
            for article in missing
        ]
        # All are named, and the first is waited for: what waits is tried anew with each that comes.
        raise AwaitedError(reasons, awaited_name("article", missing[0]))
    return found


def in_pieces(order: Order, one: SapRecord, known: Mapping[str, Style]) -> SapRecord:
    """The record with all cases as pieces.

    Raises:
        AwaitedError: no article that has come tells how many pieces its case has.
    """
    articles = _articles(order)
    match one:
        case SapOrderStatus():
            lines = {
                position: line.in_pieces(_factor(known, line.article))
                if line.in_cases or line.priced_in_cases
                else line
                for position, line in one.lines.items()
            }
            return one.model_copy(update={"lines": lines})
        case SapShipment() if one.cases:
            more = {p: n * _factor(known, one.articles[p]) for p, n in one.cases.items()}
            sums = _sum(one.shipment.quantities, more)
            shipment = one.shipment.model_copy(update={"quantities": sums})
            return one.model_copy(update={"cases": {}, "shipment": shipment})
        case SapInvoice() if one.cases:
            more = {p: n * _factor(known, articles.get(p, "")) for p, n in one.cases.items()}
            sums = _sum(one.invoice.quantities, more)
            invoice = one.invoice.model_copy(update={"quantities": sums})
            return one.model_copy(update={"cases": {}, "invoice": invoice})
        case _:
            return one


def _added_articles(order: Order, one: SapRecord) -> list[str]:
    if not isinstance(one, SapOrderStatus) or not is_own(order, one):
        return []
    if positions := unpriced_positions(order, one):
        reasons = [
            f"no price (VPREI) of position {position}, that SAP added" for position in positions
        ]
        raise UntranslatableMessageError(reasons)
    return unknown_articles(order, one)


def _in_cases(order: Order, one: SapRecord) -> Iterator[str]:
    match one:
        case SapOrderStatus():
            for line in one.lines.values():
                if line.in_cases or line.priced_in_cases:
                    yield line.article
        case SapShipment():
            for position in one.cases:
                yield one.articles[position]
        case SapInvoice():
            articles = _articles(order)
            for position in one.cases:
                if position in articles:
                    yield articles[position]


def _articles(order: Order) -> dict[int, str]:
    """By position, as the order has them now."""
    return {line.position: line.article for line in order.lines}


def _by_number(db: Client, numbers: Mapping[str, str]) -> Iterator[tuple[str, Style]]:
    wanted = sorted(set(numbers.values()))
    documents = read_all(db, [styles.reference(db, number) for number in wanted])
    found = dict(zip(wanted, documents, strict=True))
    for article, number in numbers.items():
        if (document := found[number]) is not None:
            yield article, Style.model_validate(document)


def _by_article(db: Client, article: str) -> Style | None:
    has_it = FieldFilter("articles", "array_contains", article)
    query = db.collection("styles").where(filter=has_it).limit(1)
    found = [read.to_dict() for read in query.stream()]
    # Styles that were stored before they told their articles: a variant is mostly called as its
    # generic article, and three digits.
    found = found or read_all(db, [styles.reference(db, article[:-3])])
    for document in found:
        style = styles.parse(document)
        if style is not None and article in style.articles:
            return style
    return None


def _factor(known: Mapping[str, Style], article: str) -> int:
    style = known.get(article)
    if style is None or style.multiple == 1:
        reason = f"nobody knows how many pieces a case of {article} has"
        name = awaited_name("unit", style.number) if style else awaited_name("article", article)
        raise AwaitedError([reason], name)
    return style.multiple


def _sum(quantities: Mapping[int, int], more: Mapping[int, int]) -> dict[int, int]:
    positions: Iterable[int] = sorted({*quantities, *more})
    return {p: quantities.get(p, 0) + more.get(p, 0) for p in positions}
