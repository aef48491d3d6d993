"""Who a token, or a record, says that somebody is."""

import pytest

from shared.actor import ActorKind
from shared.audit import Action, AuditEntry
from shared.event.keeping import Discarded
from shared.identity.caller import read_claims

AT = "2026-11-27T10:00:00Z"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Anna\u202e PAS", "Anna PAS"),
        ("Anna\x07\tVogel\n", "Anna Vogel"),
        ("S\u200bAP", "SAP"),
        ("Lea La\u0308ufer", "Lea L\u00e4ufer"),
        ("\u2066\u2069", "anna@example.com"),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_name(told: str, shown: str) -> None:
    claims = read_claims({"uid": "anna", "email": "anna@example.com", "full_name": told})
    assert claims is not None
    assert claims.name == shown
    assert claims.brand_actor.kind is ActorKind.BRAND


def test_what_was_told_before_kinds_were_kept_is_of_none() -> None:
    entry = AuditEntry.model_validate(
        {"at": AT, "by": "SAP", "uid": "", "action": Action.REPLAY, "object": "quarantine/1"}
    )
    discarded = Discarded.model_validate({"by": "SAP", "at": AT, "reason": "a test"})
    assert {entry.actor.kind, discarded.actor.kind} == {None}
