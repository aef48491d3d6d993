"""The open carts of a company, a page at a time."""

import base64
import re
from datetime import UTC, datetime, timedelta

from google.cloud.firestore import Client, FieldFilter, Query

from functions.carts.schema import CartPage, CartSummary, ChangeView, ListQuery
from shared.cart.model import Cart, CartState
from shared.cart.preparation import hindrance, is_in_preparation
from shared.cart.repository import COLLECTION, revision_tag
from shared.identity.caller import Caller
from shared.paging import stale_cursor
from shared.problem import Problem
from shared.store import Read, count, find_all
from shared.text.message import N_

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_POSITION = re.compile(rb"(\d{1,17}) ([A-Za-z0-9][A-Za-z0-9._-]{0,63})")
MOST_OPEN = 200
"""Open carts of a company: more than anybody finds their way in."""

_SHOWN = ("name", "revision", "created", "changed", "handed_over", "size", "net", "unit")


class TooManyCartsProblem(Problem):
    """The company has as many open carts as it can have."""

    status = 409
    code = "too_many_carts"
    text = N_(
        "Your company has %(most)s open carts, and no more are possible. Nothing was created. "
        "Please order or delete some of them first."
    )


def require_room(db: Client, company: str) -> None:
    """Looks whether the company may have one more open cart, at the cost of one read.

    Those who create the last ones at the same moment may all get theirs.

    Raises:
        TooManyCartsProblem: it has `MOST_OPEN`.
    """
    if count(open_carts(db, company).limit(MOST_OPEN)) >= MOST_OPEN:
        raise TooManyCartsProblem(most=MOST_OPEN)


def list_carts(db: Client, caller: Caller, wanted: ListQuery) -> CartPage:
    """A page of the company's open carts, the last changed first.

    Reads one document more than the page has, without the lines, wherever the page is.

    Raises:
        InvalidInputProblem: the cursor is none of ours.
    """
    query = (
        open_carts(db, caller.company)
        .order_by("changed.at", direction=Query.DESCENDING)
        .order_by("__name__", direction=Query.DESCENDING)
        .select(_SHOWN)
        .limit(wanted.limit + 1)
    )
    if wanted.cursor is not None:
        query = query.start_after(_position(wanted.cursor))
    found = find_all(db, query)
    items = [_summary(read, caller) for read in found[: wanted.limit]]
    more = len(found) > wanted.limit
    return CartPage(items=items, next=_cursor(items[-1]) if more else None)


def open_carts(db: Client, company: str) -> Query:
    """All open carts of the company."""
    return (
        db.collection(COLLECTION)
        .where(filter=FieldFilter("company", "==", company))
        .where(filter=FieldFilter("state", "==", CartState.OPEN.value))
    )


def _summary(read: Read, caller: Caller) -> CartSummary:
    data = read.data()
    listed = Cart.model_validate(
        {**data, "id": read.id, "company": caller.company, "state": CartState.OPEN}
    )
    return CartSummary(
        id=read.id,
        name=data["name"],
        etag=revision_tag(data["revision"]),
        changed=ChangeView.model_validate(data["changed"]),
        lines=data["size"]["lines"],
        pieces=data["size"]["pieces"],
        unit=data.get("unit", "PCE"),
        net=data["net"],
        prepared_by=listed.created.by if is_in_preparation(listed) else None,
        may_change=hindrance(listed, caller) is None,
    )


def _cursor(last: CartSummary) -> str:
    position = f"{(last.changed.at - _EPOCH) // _MICROSECOND} {last.id}"
    return base64.urlsafe_b64encode(position.encode()).decode()


def _position(cursor: str) -> list[datetime | str]:
    try:
        match = _POSITION.fullmatch(base64.urlsafe_b64decode(cursor))
    except ValueError:
        match = None
    if match is None:
        raise stale_cursor()
    microseconds, cart = match.groups()
    return [_EPOCH + int(microseconds) * _MICROSECOND, cart.decode()]
