"""Which rules the company's cart would wait for, were it placed now."""

from dataclasses import replace

from google.cloud.firestore import Client

from functions.carts.reading import CurrentCart
from shared.approval import repository as approvals
from shared.approval.rules import describe_asked
from shared.approval.spending import fired_rules_now
from shared.cart.model import CartState
from shared.identity.caller import Caller
from shared.market.day import market_of
from shared.store import read_all


def with_rules(db: Client, current: CurrentCart, caller: Caller) -> CurrentCart:
    """The cart with the rules that fire if the caller places it; reads nothing of a company that
    has none."""
    company = current.context.company
    if not company.approval_rules or current.cart.state is not CartState.OPEN:
        return current
    [document] = read_all(db, [approvals.policy_reference(db, company.id)])
    policy = approvals.parse_policy(document)
    if policy is None:
        return current
    asked = describe_asked(current.priced, current.context, caller.uid)
    return replace(current, fired=tuple(fired_rules_now(db, policy, market_of(company), asked)))
