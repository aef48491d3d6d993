"""Buckets in Firestore are the region's: two instances give no more than one does."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from shared.http.limiter import COLLECTION, Limiter
from shared.http.rate import COMPANY_SHARES, Counted, Rate, TooManyRequestsProblem
from shared.identity.caller import Caller, Role
from tests.factories.assortment import NOW
from tests.support.crowd import at_once

ANNA = Caller("anna", "anna@example.com", "Anna", "100001", Role.BUYER)
PRINTS = Rate("print", burst=4, per_minute=20, counted=Counted.REGION)
EACH = timedelta(seconds=3)


def admits(
    limiter: Limiter, caller: Caller = ANNA, rate: Rate = PRINTS, now: datetime = NOW
) -> bool:
    """Whether a request is let through."""
    try:
        limiter.admit(rate, caller, now)
    except TooManyRequestsProblem:
        return False
    return True


def test_two_instances_at_once_let_through_what_one_bucket_has(firestore: Client) -> None:
    instances = [Limiter(firestore), Limiter(firestore)]
    answers = at_once([partial(admits, instances[i % 2]) for i in range(12)])
    assert Counter(answers) == {True: PRINTS.burst, False: 12 - PRINTS.burst}
    later = at_once([partial(admits, one, now=NOW + EACH) for one in instances * 3])
    assert Counter(later) == {True: 1, False: 5}


def test_colleagues_share_what_their_company_has(firestore: Client) -> None:
    limiter = Limiter(firestore)
    people = [replace(ANNA, uid=f"buyer-{i}") for i in range(COMPANY_SHARES + 1)]
    answers = [admits(limiter, one) for one in people for _ in range(PRINTS.burst)]
    assert answers == [True] * (COMPANY_SHARES * PRINTS.burst) + [False] * PRINTS.burst
    assert admits(limiter, Caller("otto", "o@example.com", "Otto", "100002", Role.BUYER))


def test_a_person_has_one_bucket_for_all_companies(firestore: Client) -> None:
    limiter = Limiter(firestore)
    companies = [replace(ANNA, company=str(100001 + i)) for i in range(PRINTS.burst + 1)]
    assert [admits(limiter, one) for one in companies] == [True] * PRINTS.burst + [False]


def test_each_kind_has_its_own(firestore: Client) -> None:
    limiter = Limiter(firestore)
    assert not all(admits(limiter) for _ in range(PRINTS.burst + 1))
    assert admits(limiter, rate=replace(PRINTS, kind="scan"))


def test_a_document_says_when_it_may_go_and_nothing_of_anybody(firestore: Client) -> None:
    limiter = Limiter(firestore)
    assert [admits(limiter) for _ in range(9)].count(True) == PRINTS.burst
    kept = [one.to_dict() or {} for one in firestore.collection(COLLECTION).stream()]
    assert {name for one in kept for name in one} == {"expires_at"}
    assert sorted(one["expires_at"] for one in kept) == [
        NOW + EACH * PRINTS.burst / COMPANY_SHARES,
        NOW + EACH * PRINTS.burst,
    ]
    for one in firestore.collection(COLLECTION).list_documents():
        one.delete()
    assert admits(limiter, now=NOW + EACH * PRINTS.burst)


def test_nobody_is_kept_out_where_nothing_can_be_counted(firestore_host: str) -> None:
    broken = Client(project="no/such", credentials=AnonymousCredentials())
    limiter = Limiter(broken)
    with capture_logs() as logs:
        assert all(admits(limiter) for _ in range(PRINTS.burst + 2))
    assert {(one["event"], one["kind"], one["log_level"]) for one in logs} == {
        ("rate not counted", "print", "warning")
    }


@pytest.mark.parametrize("counted", Counted)
def test_where_it_is_counted(firestore: Client, counted: Counted) -> None:
    rate = replace(PRINTS, counted=counted)
    first, other = Limiter(firestore), Limiter(firestore)
    assert [admits(first, rate=rate) for _ in range(PRINTS.burst + 1)][-1] is False
    assert admits(other, rate=rate) is (counted is Counted.INSTANCE)
