"""A company's rules, as its admins see and change them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from google.cloud.firestore import Client, Query

from functions.orders.approving.schema import (
    PolicyInput,
    PolicyView,
    RevisionPage,
    RevisionQuery,
    RuleInput,
)
from functions.orders.approving.views import policy_tag, policy_view
from shared import audit
from shared.approval import repository as approvals
from shared.approval.deciding import APPROVERS
from shared.approval.model import Policy, Rule, RuleKind
from shared.audit import Action, AuditEntry, Doer
from shared.company import repository as companies
from shared.company.model import Company
from shared.identity.caller import Caller, Role
from shared.optimistic import Attempt, optimistically
from shared.person import repository as people
from shared.problem import Fault, InvalidInputProblem, Problem
from shared.store import find_all, read_all, to_document
from shared.text.message import N_, Message

_NEEDS = {
    RuleKind.ORDER_AMOUNT: ("limit",),
    RuleKind.PERIOD_AMOUNT: ("limit", "period"),
    RuleKind.WINDOW_BUDGET: ("limit", "window"),
    RuleKind.SEASON_BUDGET: ("limit", "season"),
}

_SUMS = frozenset({RuleKind.PERIOD_AMOUNT, RuleKind.WINDOW_BUDGET, RuleKind.SEASON_BUDGET})
"""Of these whole orders are summed, with goods of all categories."""


class RulesChangedProblem(Problem):
    """Somebody changed the rules since the caller read them; carries their `etag` of now."""

    status = 412
    code = "rules_changed"
    text = N_("Somebody else changed these rules meanwhile. Please look again.")


def read_policy(db: Client, caller: Caller, now: datetime) -> PolicyView:
    """The company's rules; none of a company that never had any."""
    own = [companies.reference(db, caller.company), approvals.policy_reference(db, caller.company)]
    company, document = read_all(db, own)
    found = approvals.parse_policy(document)
    return policy_view(found or _none(companies.parse(caller.company, company), now))


def save_policy(
    db: Client, caller: Caller, wanted: PolicyInput, if_match: str | None, now: datetime
) -> PolicyView:
    """The company's rules from the next placing on, told in the audit log; what they were is kept.

    Raises:
        RulesChangedProblem: `if_match` is not their revision of now.
        InvalidInputProblem: with every fault of `wanted`.
    """
    names = _check(db, caller, wanted)

    def body(attempt: Attempt) -> Policy:
        company_at = companies.reference(db, caller.company)
        own = approvals.policy_reference(db, caller.company)
        company_document, document = attempt.read([company_at, own])
        company = companies.parse(caller.company, company_document)
        before = approvals.parse_policy(document) or _none(company, now)
        if if_match != policy_tag(before):
            raise RulesChangedProblem(extra={"etag": policy_tag(before)})
        after = before.model_copy(
            update={
                "currency": company.profile.currency,
                "rules": [_rule(one) for one in wanted.rules],
                "hold_days": wanted.hold_days,
                "names": names,
                "revision": before.revision + 1,
                "by": caller.name,
                "uid": caller.uid,
                "at": now,
            }
        )
        attempt.save_model(own, after)
        kept = approvals.revision_reference(db, caller.company, after.revision)
        attempt.create(kept, to_document(after))
        if company.approval_rules != bool(after.rules):
            attempt.update(company_at, {"approval_rules": bool(after.rules)})
        audit.tell_with(attempt, db, _audit_entry(before, after, caller, now))
        return after

    return policy_view(optimistically(db, body))


def list_revisions(db: Client, caller: Caller, query: RevisionQuery) -> RevisionPage:
    """What the rules were, the latest first."""
    kept = approvals.revisions(db, caller.company)
    found = kept.order_by("revision", direction=Query.DESCENDING)
    if query.cursor is not None:
        found = found.start_after({"revision": int(query.cursor)})
    reads = find_all(db, found.limit(query.limit + 1))
    policies = [Policy.model_validate(one.data()) for one in reads[: query.limit]]
    more = len(reads) > query.limit
    return RevisionPage(
        items=[policy_view(one) for one in policies],
        next=str(policies[-1].revision) if more else None,
    )


def _none(company: Company, now: datetime) -> Policy:
    return Policy(company=company.id, currency=company.profile.currency, at=now)


def _rule(given: RuleInput) -> Rule:
    fields = given.model_dump()
    return Rule.model_validate(
        {**fields, "window": given.window or "", "season": given.season or ""}
    )


def _check(db: Client, caller: Caller, wanted: PolicyInput) -> dict[str, str]:
    """The names of the people that the rules name, by user id."""
    named = {
        uid
        for rule in wanted.rules
        for uid in [*rule.who, *(one for level in rule.levels for one in level.approvers)]
    }
    found = map(people.parse, read_all(db, [people.reference(db, uid) for uid in sorted(named)]))
    known = {one.uid: one for one in found if one and caller.company in one.companies}
    roles = {uid: one.companies[caller.company].role for uid, one in known.items()}
    faults = (*_shape(wanted.rules), *_strangers(wanted.rules, roles))
    if faults:
        raise InvalidInputProblem(faults)
    return {uid: one.name for uid, one in known.items()}


def _shape(rules: list[RuleInput]) -> Iterator[Fault]:
    ids = Counter(rule.id for rule in rules)
    missing = Message(N_("This has to be given here."))
    whole = Message(N_("Orders are summed whole, so no categories can be given here."))
    for place, rule in enumerate(rules):
        at = f"/rules/{place}"
        if ids[rule.id] > 1:
            yield Fault("given_twice", f"{at}/id", Message(N_("This line is given twice.")))
        for name in _NEEDS.get(rule.kind, ()):
            if getattr(rule, name) is None:
                yield Fault("missing", f"{at}/{name}", missing)
        if rule.categories and rule.kind in _SUMS:
            yield Fault("not_here", f"{at}/categories", whole)
        for number, level in enumerate(rule.levels):
            if level.need == "all" and not level.approvers:
                yield Fault("missing", f"{at}/levels/{number}/approvers", missing)


def _strangers(rules: list[RuleInput], roles: dict[str, Role]) -> Iterator[Fault]:
    nobody = Message(N_("Nobody of your company has this id."))
    no_approver = Message(N_("This is none of your company's approvers and administrators."))
    for place, rule in enumerate(rules):
        for index, uid in enumerate(rule.who):
            if uid not in roles:
                yield Fault("unknown_person", f"/rules/{place}/who/{index}", nobody)
        for number, level in enumerate(rule.levels):
            at = f"/rules/{place}/levels/{number}/approvers"
            for index, uid in enumerate(level.approvers):
                if roles.get(uid) not in APPROVERS:
                    yield Fault("no_approver", f"{at}/{index}", no_approver)


def _audit_entry(before: Policy, after: Policy, caller: Caller, now: datetime) -> AuditEntry:
    return Doer(caller.name, now, uid=caller.uid, kind=caller.actor.kind).entry(
        Action.CHANGE_RULES,
        f"approval_policies/{after.company}/revisions/{after.revision:06}",
        company=after.company,
        before=_in_words(before),
        after=_in_words(after),
    )


def _in_words(policy: Policy) -> str:
    return "; ".join(_each(policy.rules, policy.currency))


def _each(rules: Iterable[Rule], currency: str) -> Iterator[str]:
    for rule in rules:
        limit = "" if rule.limit is None else f" over {rule.limit} {currency} (minor units)"
        yield f"{rule.name}: {rule.kind}{limit}"
