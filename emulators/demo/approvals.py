"""The rule by which orders of one of the demo's companies wait for an approval."""

from datetime import datetime

from emulators.demo.companies import FIRST_COMPANY
from shared.approval.model import Level, Policy, Rule, RuleKind
from shared.money import Currency

POSITION = 2
"""Of the company, in both systems."""

_LIMITS: dict[str, tuple[Currency, int]] = {
    "ecc_eu": ("HUF", 250_000_000),
    "s4_na": ("CAD", 250_000),
}
"""Minor units of the company's currency, by system."""


def policy_of(system: str, now: datetime) -> Policy:
    """The company's rules: an order over the limit waits for any of its approvers."""
    currency, limit = _LIMITS[system]
    rule = Rule(
        id="large-orders",
        name="Large orders",
        kind=RuleKind.ORDER_AMOUNT,
        limit=limit,
        levels=[Level()],
    )
    company = str(FIRST_COMPANY + POSITION)
    return Policy(company=company, currency=currency, rules=[rule], revision=1, at=now)


def note(system: str) -> str:
    """What its buyers should know."""
    currency, limit = _LIMITS[system]
    return f"An order over {limit // 100:,} {currency} waits for approval."
