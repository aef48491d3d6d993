"""VIES is asked once for all that a company and its orders wait for, and the answer kept with each.

A task may come twice, late, or die anywhere: what waits says so itself (`vat_due_at`), an answer
that the company has already is not asked for again, and none overwrites a newer one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from google.cloud.firestore import Client, FieldFilter

from functions.check_vat_id.vies import Ask
from shared.company import repository as companies
from shared.company.model import Company
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.order.vat_checks import with_check
from shared.problem import Problem
from shared.store import Document, find_each, read_all, to_document
from shared.text.message import N_
from shared.vat.check import NO_VAT_ID, VatAnswer, VatCheck, VatOccasion
from shared.vat.ids import about, last_check, vies_request_of

AGAIN = timedelta(hours=2)
"""When `reconcile` looks after what VIES did not answer; a task tries again at least each hour."""

_FOR_A_PERSON = frozenset(
    {"INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED", "UNREADABLE", "HTTP_403", "HTTP_404"}
)
"""Reasons that do not pass by waiting: VIES knows our own id no more, shuts us out, or changed."""


_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class NotAnsweredProblem(Problem):
    """VIES did not answer this time; the task is to be tried again."""

    status = 503
    code = "vies_not_answered"
    text = N_("VIES did not answer. It will be asked again.")


@dataclass(frozen=True)
class _Waiting:
    """What waits for an answer: the company's id as such, and numbers of orders.

    An answer as of `since` or later is one for all of them.
    """

    company: bool
    orders: list[str]
    since: datetime


def check(db: Client, ask: Ask, company_id: str, clock: Callable[[], datetime]) -> None:
    """Have VIES's answer kept with the company and those of its orders that wait for one.

    Raises:
        NotAnsweredProblem: VIES did not answer; that is kept, too.
    """
    [document] = read_all(db, [companies.reference(db, company_id)])
    if document is None or "profile" not in document:
        return
    # Not by `parse`: orders of a company that SAP has deleted must not wait for ever.
    company = Company.model_validate({**document, "id": company_id})
    waiting = _waiting(db, company)
    if not waiting.company and not waiting.orders:
        return
    answer = _answer(company, waiting.since, ask, clock())
    log = structlog.get_logger().bind(company=company_id)
    _keep_with_company(db, company_id, answer)
    for number in waiting.orders:
        try:
            _keep_with_order(db, number, answer)
        except Exception:
            log.exception("vat check not kept", order=number)
    _tell(log, answer, waiting.orders)
    if not answer.is_settled:
        raise NotAnsweredProblem


def _waiting(db: Client, company: Company) -> _Waiting:
    due = (
        db.collection("orders")
        .where(filter=FieldFilter("company", "==", company.id))
        # Where nothing waits it is null, which no time is found beside.
        .where(filter=FieldFilter("vat_due_at", ">", _EVER))
        .order_by("vat_due_at")
        .select(["vat_checks"])
    )
    found = {read.id: read.data()["vat_checks"] for read in find_each(db, due)}
    occasions = [VatOccasion.model_validate(one) for kept in found.values() for one in kept]
    return _Waiting(
        company=company.vat_due_at is not None,
        orders=list(found),
        since=max((one.at for one in occasions if one.is_open), default=_EVER),
    )


def _answer(company: Company, since: datetime, ask: Ask, now: datetime) -> VatCheck:
    question = vies_request_of(company.profile)
    if question is None:
        return VatCheck(
            vat_id="",
            requester="",
            answer=VatAnswer.NOT_CHECKED,
            asked_at=now,
            reason=NO_VAT_ID,
        )
    last = last_check(company)
    if last is not None and last.is_settled and last.asked_at >= min(since, now):
        # Another task, or this one before it died, asked for all of them.
        return last
    return ask(question, now)


def _keep_with_company(db: Client, company_id: str, answer: VatCheck) -> None:
    reference = companies.reference(db, company_id)

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([reference])
        if document is None:
            return
        company = Company.model_validate({**document, "id": company_id})
        changes = company_changes(company, answer)
        # Field by field and without `updated_at`: to the catalogue it is no change.
        if any(document.get(name) != value for name, value in changes.items()):
            attempt.update(reference, changes)

    optimistically(db, body)


def company_changes(company: Company, answer: VatCheck) -> Document:
    """Fields of the company's document that an answer changes, pure; none where it came too late.

    Of an id that was changed meanwhile another task tells, and what is no answer leaves the last
    answer of the same id as it is.
    """
    question = vies_request_of(company.profile)
    if question is None:
        return {"vat_due_at": None} if answer.reason == NO_VAT_ID else {}
    if about(answer, question) is None:
        return {}
    changes: Document = {}
    if company.vat_due_at is not None:
        changes["vat_due_at"] = None if answer.is_settled else answer.asked_at + AGAIN
    if answer.replaces(last_check(company)):
        changes["vat_check"] = to_document(answer)
    return changes


def _keep_with_order(db: Client, number: str, answer: VatCheck) -> None:
    def body(attempt: Attempt) -> None:
        [document] = attempt.read([orders.reference(db, number)])
        order = Order.model_validate(document)
        kept = with_check(order, answer, answer.asked_at + AGAIN)
        save_orders(attempt, db, [(order, kept)])

    optimistically(db, body)


def _tell(log: Any, answer: VatCheck, numbers: list[str]) -> None:
    """In the log; never the id itself, which for a sole trader is a person's."""
    log.info("vat checked", answer=answer.answer, reason=answer.reason, orders=numbers)
    if answer.answer is VatAnswer.INVALID:
        log.warning("vat id not valid", orders=numbers)
    if answer.reason in _FOR_A_PERSON:
        log.error("vat check refused", reason=answer.reason)
