"""Reads everything that a cart is priced and checked against, in one batch."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import TypeVar

from google.cloud.firestore import Client, DocumentReference

from shared.assortment import repository as assortments
from shared.availability import repository as availabilities
from shared.cart.context import CartContext
from shared.company import doors
from shared.company.model import Company
from shared.market.day import business_day, market_of
from shared.price import repository as prices
from shared.store import Document, read_all, read_lazily
from shared.style import repository as styles
from shared.style.model import style_of

T = TypeVar("T")
Read = Callable[[list[DocumentReference]], list[Document | None]]
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")


def load_context(
    db: Client,
    company: Company,
    skus: Iterable[str],
    door_ids: Iterable[str],
    now: datetime,
    read: Read | None = None,
    styles_too: Iterable[str] = (),
) -> CartContext:
    """Read the assortment, general discounts and three documents per style of `skus` and
    `styles_too`, in one RPC, for the day of `now`.

    A fourth per style is read only of a company that may have prices of its own, and the
    doors `door_ids` only of one whose doors are documents. `read` reads documents in place of
    `read_all`.
    What can't be a number is not looked up, so both may be whatever a caller sent.
    """
    named = {style_of(sku) for sku in skus} | set(styles_too)
    numbers = sorted(filter(_NUMBER.fullmatch, named))
    profile = company.profile
    own = numbers if company.own_prices else []
    apart = sorted(filter(_NUMBER.fullmatch, set(door_ids))) if company.doors_apart else []
    documents = iter(
        (read or partial(read_all, db))(
            [
                assortments.reference(db, company.assortment),
                prices.general_reference(db, profile.sales_area.organisation),
                *(styles.reference(db, number) for number in numbers),
                *(prices.reference(db, number, profile.currency) for number in numbers),
                *(availabilities.reference(db, number, profile.plant) for number in numbers),
                *(prices.own_reference(db, company.id, n, profile.currency) for n in own),
                *(doors.reference(db, company.id, door) for door in apart),
            ]
        )
    )
    assortment = assortments.parse(company.assortment, next(documents))
    company = company.with_discounts(prices.parse_general(next(documents)))
    return CartContext(
        assortment=assortment,
        styles=_present(numbers, styles.parse, documents),
        prices=_present(numbers, prices.parse, documents),
        availability=_present(numbers, availabilities.parse, documents),
        own_prices=_present(own, prices.parse, documents),
        company=_with_doors(company, documents),
        today=business_day(market_of(company), now),
    )


def existing_styles(db: Client, numbers: Iterable[str]) -> set[str]:
    """Those of `numbers`, which may be whatever a caller sent, that are a style's, in one RPC."""
    asked = sorted(filter(_NUMBER.fullmatch, numbers))
    found = read_lazily(db, [styles.reference(db, number) for number in asked])
    return {number for number, read in zip(asked, found, strict=True) if read}


def _with_doors(company: Company, documents: Iterable[Document | None]) -> Company:
    if not company.doors_apart:
        return company
    return company.with_doors(filter(None, (doors.parse(one, company) for one in documents)))


def _present(
    numbers: list[str],
    parse: Callable[[Document | None], T | None],
    documents: Iterator[Document | None],
) -> dict[str, T]:
    """The next documents, one for each number, without those that don't exist."""
    parsed = {number: parse(next(documents)) for number in numbers}
    return {number: item for number, item in parsed.items() if item is not None}
