"""Numbers that are drawn: of order groups, and of approvals of changes, which share them."""

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits that people don't mistake for one another (Douglas Crockford's base 32)."""


def draw_number() -> str:
    """10 characters, of 10^15."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(10))
