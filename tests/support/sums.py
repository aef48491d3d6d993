"""What saving an order makes of the sums, without a database."""

from collections import Counter
from collections.abc import Mapping

from shared.availability.model import Availability
from shared.availability.promised import MOST_SUMS, change
from shared.company.model import Company
from shared.company.open_amounts import (
    MOST_AMOUNTS,
    add_amounts,
    fold_amounts,
    pending_amounts,
)
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.model import Order


def save(
    stock: Availability,
    buyer: Company,
    before: Order | None,
    after: Order,
    most_sums: int = MOST_SUMS,
    most_amounts: int = MOST_AMOUNTS,
) -> tuple[Availability, Company]:
    """The availability of the order's style and its company, as `save_orders` leaves them."""
    pieces, amounts = promised_pieces(after), open_amounts(after)
    if before is not None:
        pieces.subtract(promised_pieces(before))
        amounts.subtract(open_amounts(before))
    more = Counter({(p.article, p.stamp, p.on): count for p, count in pieces.items()})
    promised = change(stock, more, most_sums)
    stamp = buyer.credit.stamp if buyer.credit else None
    held = add_amounts(buyer.open_amounts, pending_amounts(amounts, stamp))
    if len(held) > most_amounts:
        held = fold_amounts(pending_amounts(held, stamp), most_amounts)
    return (
        stock.model_copy(update={"promised": promised}),
        buyer.model_copy(update={"open_amounts": without_zeros(held)}),
    )


def without_zeros(amounts: Mapping[str, int]) -> dict[str, int]:
    """The sums that count for anything; others wait for the next credit figures."""
    return {stamp: amount for stamp, amount in amounts.items() if amount}
