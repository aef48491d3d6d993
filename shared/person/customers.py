"""The companies that a sales rep is assigned to now, a page at a time."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pydantic import Field

from shared.http.fields import NO_CONTROLS, Input
from shared.identity.caller import Claims, Role
from shared.paging import Page, pack_cursor, stale_cursor, unpack_cursor

MOST_CUSTOMERS = 20
"""On a page: each is asked about on its own, so this is what bounds the reads of a request."""

_AT_ONCE = 8
_COMPANY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

T = TypeVar("T")


class CustomersQuery(Input):
    """Which page of a rep's customers."""

    limit: int = Field(default=MOST_CUSTOMERS, ge=1, le=MOST_CUSTOMERS)
    cursor: str | None = Field(
        default=None, max_length=400, pattern=NO_CONTROLS, description="of the page before"
    )


def page_of_customers(claims: Claims, query: CustomersQuery) -> Page[str]:
    """Companies that the person acts for as a rep, by number; none of those where they buy.

    Raises:
        InvalidInputProblem: the cursor is garbled.
    """
    customers = sorted(id_ for id_, role in claims.companies.items() if role is Role.REP)
    if query.cursor is not None:
        last = _read(query.cursor)
        customers = [id_ for id_ in customers if id_ > last]
    shown = customers[: query.limit]
    return Page(shown, pack_cursor(shown[-1:]) if len(customers) > query.limit else None)


def for_each_customer(page: Page[str], ask: Callable[[str], T]) -> list[T]:
    """What `ask` answers about each, several asked about at a time."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(ask, page.items))


def _read(cursor: str) -> str:
    match unpack_cursor(cursor):
        case [str(last)] if _COMPANY.fullmatch(last):
            return last
        case _:
            raise stale_cursor()
