"""Reads everything that a cart is priced and checked against, in one batch."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TypeVar

from google.cloud.firestore import Client, DocumentReference

from shared.assortment import repository as assortments
from shared.availability import repository as availabilities
from shared.cart.context import CartContext
from shared.company.model import Company
from shared.price import repository as prices
from shared.store import Document, read_all
from shared.style import repository as styles
from shared.style.model import style_of

T = TypeVar("T")
Read = Callable[[list[DocumentReference]], list[Document | None]]
_NUMBER = re.compile(r"[0-9A-Za-z]{1,18}")


def load_context(
    db: Client,
    company: Company,
    skus: Iterable[str],
    today: date,
    read: Read | None = None,
) -> CartContext:
    """Read the assortment and three documents per style of `skus`, in one RPC.

    A fourth per style is read only of a company that may have prices of its own.
    `read` reads documents in place of `read_all`.
    What can't be a style number is not looked up, so `skus` may be whatever a caller sent.
    """
    numbers = sorted(filter(_NUMBER.fullmatch, {style_of(sku) for sku in skus}))
    profile = company.profile
    own = numbers if company.own_prices else []
    documents = iter(
        (read or partial(read_all, db))(
            [
                assortments.reference(db, profile.assortment),
                *(styles.reference(db, number) for number in numbers),
                *(prices.reference(db, number, profile.currency) for number in numbers),
                *(availabilities.reference(db, number, profile.plant) for number in numbers),
                *(prices.own_reference(db, company.id, n, profile.currency) for n in own),
            ]
        )
    )
    return CartContext(
        company=company,
        assortment=assortments.parse(profile.assortment, next(documents)),
        styles=_present(numbers, styles.parse, documents),
        prices=_present(numbers, prices.parse, documents),
        availability=_present(numbers, availabilities.parse, documents),
        own_prices=_present(own, prices.parse, documents),
        today=today,
    )


def _present(
    numbers: list[str],
    parse: Callable[[Document | None], T | None],
    documents: Iterator[Document | None],
) -> dict[str, T]:
    """The next documents, one for each number, without those that don't exist."""
    parsed = {number: parse(next(documents)) for number in numbers}
    return {number: item for number, item in parsed.items() if item is not None}
