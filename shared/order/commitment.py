"""What an order adds to the sums of promised stock and of open amounts: a function of the order.

SAP's figures (stock less open sales orders; credit exposure) include nothing of an order before
SAP created it, and each version of it from the stamp on that SAP first told that version with.
What they lack of the pieces that are to be delivered is promised here, under the stamp from which
on SAP's figures have it. Readers ignore what stands under a stamp that SAP's figure has reached
(`shared.stamped`), so nothing counts twice, and nothing is left out, whatever comes first.

Whoever saves an order (`shared.order.saving`) adds to the sums what the order adds after the
change less what it added before.

An example: an order of 5 pieces of one article, in steps.

    what happens                                   what the order adds
    it is placed                                   untold: 5
    SAP tells that it created it at stamp 10       10: 5
    a change to 8 is on its way to SAP             10: 5, untold: 3
    SAP tells the change with stamp 20             10: 5, 20: 3
    a change to 2 is on its way to SAP             10: 5, 20: 3    the greater version counts
    SAP tells that change with stamp 30            10: 2           versions 10 and 20 have enough
    SAP rejects the order                          nothing

A change that waits for an approval is held as one that is on its way: the greater of the two counts,
until its approval ends.

Stock of stamp 15 includes the first version, so in the third and fourth step 3 more pieces are
promised beside it; stock of stamp 25 includes both. At the end of the fifth step, stock of
stamp 12 makes SAP's own open orders 5 and leaves 3 promised beside them: 8 altogether.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from shared.money import Money
from shared.order.contents import Content, contents
from shared.order.model import Order, OrderLine
from shared.order.status import Status
from shared.order.versions import effective_versions
from shared.stamped import UNTOLD, counts_beside
from shared.style.model import style_of
from shared.vat.rules import vat_amount


class Promise(NamedTuple):
    """Article, ship date, and the stock stamp from which on SAP counts these pieces itself."""

    style: str
    article: str
    stamp: str
    on: date


@dataclass(frozen=True)
class CountedVersion:
    """A version of an order as SAP's figures count it from `stamp` on (or `UNTOLD`)."""

    stamp: str
    lines: list[Content]


def stages(order: Order) -> list[CountedVersion]:
    """The versions that SAP counts or is to count, oldest first."""
    created, *later = contents(order, effective_versions(order))
    counted = [
        CountedVersion(order.sap_stamp or UNTOLD, created[1]),
        *(CountedVersion(version.sap_stamp or UNTOLD, there) for version, there in later),
    ]
    if (change := order.waiting_change) is None:
        return counted
    asked = [
        one.of(change.asked.get(line.position, one.quantity))
        for line, one in zip(order.lines, counted[-1].lines, strict=True)
    ]
    return [*counted, CountedVersion(UNTOLD, asked)]


def shares(counted: Sequence[int], *, last_is_sure: bool) -> list[int]:
    """For each stage: the pieces held back until SAP's figures include that stage.

    `counted` has the pieces that SAP counts from each stage on; before the first it counts none.
    """
    wanted = counted[-1] if last_is_sure else max(counted[-2:])
    known = [*counted[:-1], wanted]
    missing = [wanted - min(known[stage:]) for stage in range(len(known))]
    return [before - after for before, after in zip([wanted, *missing], missing, strict=False)]


def promised_pieces(order: Order) -> Counter[Promise]:
    """Pieces that the order adds to what is promised; a pre-book order takes none of the stock."""
    found: Counter[Promise] = Counter()
    if not order.at_once or not is_alive(order):
        return found
    there = stages(order)
    skus = _skus(order)
    for index, _ in _counting(order):
        lines = [stage.lines[index] for stage in there]
        # One article after another where SAP put one in place of another.
        for article in dict.fromkeys(line.article for line in lines if line.article):
            counted = [line.quantity if line.article == article else 0 for line in lines]
            for stage, share in zip(there, _shares(there, counted), strict=True):
                if share:
                    style = style_of(skus[article])
                    found[Promise(style, article, stage.stamp, order.requested_on)] += share
    return found


def _skus(order: Order) -> dict[str, str]:
    """By article, of all that any version has."""
    lines = {line.article: line.sku for line in [*order.lines, *order.placed_lines]}
    return lines | {article: one.sku for article, one in order.sap_articles.items()}


def open_amounts(order: Order) -> Counter[str]:
    """Amounts by stamp, in minor units, that the order adds to the company's open orders.

    With VAT or without as the order was placed: what it added it takes away again, also after
    the setting was changed.
    """
    found: Counter[str] = Counter()
    if not is_alive(order):
        return found
    there = stages(order)
    amounts = [_amount(order, stage.lines) for stage in there]
    for stage, share in zip(there, _shares(there, amounts), strict=True):
        if share:
            found[stage.stamp] += share
    return found


def counted_by_sap(order: Order, line: int, stock_stamp: str) -> int:
    """Pieces of the line at index `line` that are part of SAP's open orders as of a stock stamp."""
    if order.lines[line].rejected:
        return 0
    included = [stage for stage in stages(order) if not counts_beside(stage.stamp, stock_stamp)]
    there = included[-1].lines[line] if included else None
    return there.quantity if there and there.article == order.lines[line].article else 0


def is_alive(order: Order) -> bool:
    """Whether anything of the order is to be delivered, as far as its status tells."""
    return order.status not in (Status.REJECTED, Status.CANCELLED)


def _shares(there: list[CountedVersion], counted: list[int]) -> list[int]:
    # Nobody knows whether SAP takes a change before it has told of it.
    last_is_sure = len(there) == 1 or there[-1].stamp != UNTOLD
    return shares(counted, last_is_sure=last_is_sure)


def _counting(order: Order) -> Iterator[tuple[int, OrderLine]]:
    """Lines that count, with their index.

    A line that SAP rejects never was to be delivered. One that the buyer removed is rejected
    there as well, but SAP's figures counted its pieces before.
    """
    for index, line in enumerate(order.lines):
        if not line.rejected or not line.quantity:
            yield index, line


def _amount(order: Order, there: list[Content]) -> int:
    net = sum(there[index].amount.amount for index, _ in _counting(order))
    if order.credit == "net":
        return net
    return net + vat_amount(Money(amount=net, currency=order.currency), order.vat.rate).amount
