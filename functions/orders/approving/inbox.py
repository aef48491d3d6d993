"""What waits for an approver, and what waited."""

from collections.abc import Iterable
from datetime import datetime

from google.cloud.firestore import Client, FieldFilter, Query

from functions.orders.approving.schema import (
    ApprovalHead,
    ApprovalPage,
    ApprovalQuery,
    ApprovalView,
)
from functions.orders.approving.views import head, view
from functions.orders.windows import with_days
from functions.orders.wording import Reader
from shared.approval import repository as approvals
from shared.approval.deciding import APPROVERS, may_decide
from shared.approval.deputies import read_stands_for
from shared.approval.model import ADMINS, ANYBODY, Approval, ApprovalState
from shared.identity.caller import Caller, Role
from shared.order import repository as orders
from shared.paging import newest_first
from shared.store import Read, read_all

MOST_ASKED = 30
"""Values that Firestore takes for `array_contains_any`."""


def list_approvals(db: Client, caller: Caller, query: ApprovalQuery, now: datetime) -> ApprovalPage:
    """A page of one of the caller's boxes.

    Raises:
        InvalidInputProblem: the cursor is garbled or of another box.
    """

    of = read_stands_for(db, caller, now)

    def read(document: Read) -> ApprovalHead | None:
        approval = Approval.model_validate(document.data())
        if query.box == "waiting" and not may_decide(approval, caller, now, of):
            return None
        return head(approval, caller, now, of)

    collection = db.collection("approvals")
    found = _of_box(
        collection.where(filter=FieldFilter("company", "==", caller.company)), caller, query, of
    )
    page = newest_first(db, collection, found, "placed_at", query, read)
    return ApprovalPage(items=page.items, next=page.next)


def _of_box(found: Query, caller: Caller, query: ApprovalQuery, of: Iterable[str]) -> Query:
    match query.box:
        case "waiting":
            anybody = [ANYBODY] if caller.role in APPROVERS else []
            admins = [ADMINS] if caller.role is Role.ADMIN else []
            asked = [caller.uid, *anybody, *admins, *sorted(of)][:MOST_ASKED]
            waiting = FieldFilter("state", "==", ApprovalState.WAITING.value)
            named = FieldFilter("approvers", "array_contains_any", asked)
            return found.where(filter=waiting).where(filter=named)
        case "mine":
            return found.where(filter=FieldFilter("placed_by_uid", "==", caller.uid))
        case "all":
            return found


def read_approval(
    db: Client, caller: Caller, number: str, reader: Reader, now: datetime
) -> ApprovalView:
    """One with its orders.

    Raises:
        ApprovalNotFoundProblem: none, or another company's.
    """
    [document] = read_all(db, [approvals.reference(db, number)])
    return with_orders(db, approvals.parse(document, caller.company), caller, reader, now)


def with_orders(
    db: Client, approval: Approval, caller: Caller, reader: Reader, now: datetime
) -> ApprovalView:
    """The approval and its orders as they are now."""
    documents = read_all(db, [orders.reference(db, one) for one in approval.orders])
    placed = [orders.parse(document, caller.company) for document in documents]
    placed = with_days(db, caller.company, placed)
    of = read_stands_for(db, caller, now)
    return view(approval, placed, caller, reader, now, of)
