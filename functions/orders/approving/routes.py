"""The routes of approvals and their rules: each parses, calls one use case, and maps its answer."""

from collections.abc import Callable
from typing import Any

from functions.orders.approving import decisions, deputising, inbox, policy
from functions.orders.approving.schema import (
    ApprovalPage,
    ApprovalQuery,
    ApprovalView,
    ApproveRequest,
    DeclineRequest,
    DeputiesView,
    DeputyRequest,
    PolicyInput,
    PolicyView,
    RevisionPage,
    RevisionQuery,
)
from functions.orders.resources import Resources
from shared.approval.deciding import APPROVERS
from shared.approval.model import Approval, ApprovalState
from shared.http.route import Answer, Call, NoBody, NoQuery, Route
from shared.identity.caller import ADMINS, READERS, WRITERS, Role


def list_approvals(resources: Resources, call: Call[ApprovalQuery, NoBody]) -> Answer:
    """A page of the company's approvals."""
    return Answer(inbox.list_approvals(resources.db, call.caller, call.query, call.now))


def get_approval(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """One with its orders."""
    number = call.path["group"]
    reader = resources.reader(call.locale)
    return Answer(inbox.read_approval(resources.db, call.caller, number, reader, call.now))


def approve(resources: Resources, call: Call[NoQuery, ApproveRequest]) -> Answer:
    """The approval after the caller agreed."""
    reason = call.body.reason or ""
    after = decisions.approve(resources.db, resources.enqueue, _deciding(call), reason)
    return _decision_answer(resources, call, after)


def reject(resources: Resources, call: Call[NoQuery, DeclineRequest]) -> Answer:
    """The approval after the caller rejected it."""
    reason = call.body.reason
    after = decisions.decline(resources.db, _deciding(call), ApprovalState.REJECTED, reason)
    return _decision_answer(resources, call, after)


def send_back(resources: Resources, call: Call[NoQuery, DeclineRequest]) -> Answer:
    """The approval after the caller sent its orders back to the cart."""
    reason = call.body.reason
    after = decisions.decline(resources.db, _deciding(call), ApprovalState.RETURNED, reason)
    return _decision_answer(resources, call, after)


def withdraw(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The approval after the caller took their orders back."""
    return _decision_answer(resources, call, decisions.withdraw(resources.db, _deciding(call)))


def get_policy(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The rules."""
    return _policy(policy.read_policy(resources.db, call.caller, call.now))


def put_policy(resources: Resources, call: Call[NoQuery, PolicyInput]) -> Answer:
    """The company's rules after they were set."""
    db = resources.db
    return _policy(policy.save_policy(db, call.caller, call.body, call.if_match, call.now))


def list_revisions(resources: Resources, call: Call[RevisionQuery, NoBody]) -> Answer:
    """A page of what the rules were before."""
    return Answer(policy.list_revisions(resources.db, call.caller, call.query))


def get_deputies(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """The caller's deputy, and for whom the caller is one."""
    return Answer(deputising.read_deputies(resources.db, call.caller, call.now))


def put_deputy(resources: Resources, call: Call[NoQuery, DeputyRequest]) -> Answer:
    """Another deputy of the caller's, or none."""
    found = deputising.save_deputy(resources.db, call.caller, call.body.deputy, call.now)
    return Answer(found)


def _deciding(call: Call[Any, Any]) -> decisions.Deciding:
    key, number = call.idempotency_key, call.path["group"]
    return decisions.Deciding(call.caller, number, key, call.body, call.now)


def _decision_answer(resources: Resources, call: Call[Any, Any], after: Approval) -> Answer:
    reader = resources.reader(call.locale)
    return Answer(inbox.with_orders(resources.db, after, call.caller, reader, call.now))


def _policy(view: PolicyView) -> Answer:
    return Answer(view, headers={"ETag": view.etag})


def _decision(
    path: str,
    handler: Callable[[Resources, Call[Any, Any]], Answer],
    summary: str,
    body: type[Any],
    access: frozenset[Role] = APPROVERS,
) -> Route[Resources, Any, Any]:
    return Route(
        method="POST",
        path=f"/approvals/<group>/{path}",
        handler=handler,
        access=access,
        summary=summary,
        answer=ApprovalView,
        query=NoQuery,
        body=body,
        idempotent=True,
    )


APPROVING: tuple[Route[Resources, Any, Any], ...] = (
    Route(
        method="GET",
        path="/approvals",
        handler=list_approvals,
        access=READERS,
        summary="Orders that wait, or waited, for an approval, newest first",
        answer=ApprovalPage,
        query=ApprovalQuery,
        body=NoBody,
    ),
    Route(
        method="GET",
        path="/approvals/<group>",
        handler=get_approval,
        access=READERS,
        summary="An approval with its levels, decisions and orders",
        answer=ApprovalView,
        query=NoQuery,
        body=NoBody,
    ),
    _decision("approve", approve, "Agree; with the last word the orders go on", ApproveRequest),
    _decision("reject", reject, "End the orders, with a reason", DeclineRequest),
    _decision("return", send_back, "Send the orders back to their cart", DeclineRequest),
    _decision("withdraw", withdraw, "Take one's own orders back to their cart", NoBody, WRITERS),
    Route(
        method="GET",
        path="/approval-policy",
        handler=get_policy,
        access=ADMINS,
        summary="The company's rules of what waits for an approval",
        answer=PolicyView,
        query=NoQuery,
        body=NoBody,
    ),
    Route(
        method="PUT",
        path="/approval-policy",
        handler=put_policy,
        access=ADMINS,
        summary="Set the company's rules",
        answer=PolicyView,
        query=NoQuery,
        body=PolicyInput,
        conditional=True,
    ),
    Route(
        method="GET",
        path="/approval-policy/history",
        handler=list_revisions,
        access=ADMINS,
        summary="What the rules were, the latest first",
        answer=RevisionPage,
        query=RevisionQuery,
        body=NoBody,
    ),
    Route(
        method="GET",
        path="/approval-deputy",
        handler=get_deputies,
        access=APPROVERS,
        summary="Who decides in the caller's place, and for whom the caller does",
        answer=DeputiesView,
        query=NoQuery,
        body=NoBody,
    ),
    Route(
        method="PUT",
        path="/approval-deputy",
        handler=put_deputy,
        access=APPROVERS,
        summary="Name who decides in the caller's place for some days, or nobody",
        answer=DeputiesView,
        query=NoQuery,
        body=DeputyRequest,
    ),
)
