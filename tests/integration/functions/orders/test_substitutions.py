"""Accepting and refusing, by the service, another article than was ordered."""

from functools import partial
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.sync_order_status.merge import merge
from shared.order.model import Order
from shared.order.repository import parse, reference
from tests.factories.order import NUMBER, store_order
from tests.integration.functions.orders.conftest import Person, Queue, Reply, ask
from tests.support.crowd import at_once
from tests.support.firestore_counter import counting
from tests.unit.functions.sync_order_status.test_changes import (
    AS_PLACED,
    LARGE,
    Item,
    known,
    placed,
    status_at,
)

OTHER = "10123-010-L"


@pytest.fixture
def number(firestore: Client) -> str:
    """An order of which SAP has put large in the place of small."""
    one = placed(company="100001")
    for message in (status_at(101, AS_PLACED), status_at(102, {**AS_PLACED, 10: Item(LARGE, 12)})):
        one = merge(one, message, known())
    store_order(firestore, one)
    return one.number


def stored(firestore: Client, number: str) -> Order:
    return parse(reference(firestore, number).get().to_dict(), "100001")


def said(person: Person, number: str, accepted: bool, key: str = "key-0009", **other: Any) -> Reply:
    body = {"position": 10, "sku": OTHER, "accepted": accepted, **other}
    return person.ask("POST", f"/{number}/substitutions", body, key)


def test_anonymous(app: Flask, number: str) -> None:
    body = {"position": 10, "sku": OTHER, "accepted": True}
    path = f"/{number}/substitutions"
    assert ask(app, "POST", path, body, {"Idempotency-Key": "k" * 8}).status_code == 401


def test_wrong_role(viewer: Person, number: str) -> None:
    assert said(viewer, number, True).status_code == 403


def test_other_company_and_none(stranger: Person, anna: Person, number: str) -> None:
    assert said(stranger, number, True).status_code == 404
    assert said(anna, NUMBER[:-1] + "9", True).status_code == 404


@pytest.mark.parametrize(
    ("other", "pointer", "code"),
    [
        ({"accepted": "yes"}, "/accepted", "not_a_boolean"),
        ({"position": 0}, "/position", "too_small"),
        ({"reason": "?"}, "/reason", "unknown_field"),
    ],
)
def test_invalid(anna: Person, number: str, other: dict[str, Any], pointer: str, code: str) -> None:
    body = {"position": 10, "sku": OTHER, "accepted": True, **other}
    answer = anna.ask("POST", f"/{number}/substitutions", body, "key-0009")
    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [(pointer, code)]


def test_accepted(anna: Person, firestore: Client, queue: Queue, number: str) -> None:
    with counting(firestore) as count:
        answer = said(anna, number, True)
    # The rates of the person and of the company are two of each.
    assert (count.reads, count.writes) == (3, 3)
    assert answer.status_code == 200
    line = answer.json["lines"][0]
    assert line["substitution"]["accepted"] is True
    assert line["substitution"]["by"] == "Anna Läufer"
    assert line["substitution"]["ordered"]["sku"] == "10123-010-S"
    assert answer.json["change"] is None
    assert queue.changes == []
    # Told again, by whomever, it is as it was.
    assert said(anna, number, True).data == answer.data
    assert said(anna, number, True, key="key-0010").data == answer.data


def test_refused(anna: Person, firestore: Client, queue: Queue, number: str) -> None:
    answer = said(anna, number, False)
    assert answer.status_code == 200
    assert [line["quantity"] for line in answer.json["lines"]] == [0, 3]
    assert answer.json["change"]["underway"]
    assert len(queue.changes) == 1
    otherwise = said(anna, number, True, key="key-0010")
    assert (otherwise.status_code, otherwise.json["code"]) == (409, "answered_before")
    assert otherwise.json["detail"].startswith("Anna Läufer has already answered")
    assert len(stored(firestore, number).versions) == 3


def test_one_key_is_for_one_answer(anna: Person, number: str) -> None:
    said(anna, number, True)
    answer = said(anna, number, False)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_ten_people_refuse_at_once(
    anna: Person, firestore: Client, queue: Queue, number: str
) -> None:
    keys = [f"key-{count:04}" for count in range(10)]
    answers = at_once([partial(said, anna, number, False, key) for key in keys])
    assert {answer.status_code for answer in answers} == {200}
    one = stored(firestore, number)
    assert [version.number for version in one.versions] == [1, 2, 3]
    assert len(one.substitution_answers) == 1
    assert len(set(queue.changes)) == 1
