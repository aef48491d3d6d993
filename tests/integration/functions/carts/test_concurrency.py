"""People who change one cart at the same time: each change wins whole, or is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, fill, make, patch, quantities

PEOPLE = 20
SIZES = ("S", "M", "L")


def test_of_twenty_changes_from_one_version_one_wins(app: Flask, anna: Person) -> None:
    made = make(anna, cell("10123-400-S", 1))
    start = Barrier(PEOPLE)

    def change(number: int) -> tuple[int, str]:
        person = Person(app, uid=f"person-{number}", name=f"Person {number}")
        cells = [cell(f"10123-010-{size}", number) for size in SIZES]
        start.wait()
        answer = patch(person, made["id"], made["etag"], *cells)
        return answer.status_code, answer.json.get("etag", "")

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = dict(
            zip(range(1, PEOPLE + 1), pool.map(change, range(1, PEOPLE + 1)), strict=True)
        )
    winners = [number for number, (status, _) in answers.items() if status == 200]
    assert len(winners) == 1
    assert sorted(status for status, _ in answers.values())[1:] == [412] * (PEOPLE - 1)
    now = anna.ask("GET", f"/{made['id']}").json
    assert {etag for _, etag in answers.values()} == {now["etag"]}
    won = {f"10123-010-{size}": winners[0] for size in SIZES}
    assert quantities(now) == won | {"10123-400-S": 1}
    assert {x["changed"]["by"] for x in now["lines"] if x["sku"] in won} == {f"Person {winners[0]}"}


def test_whoever_tries_again_from_what_is_told_loses_nothing(app: Flask, anna: Person) -> None:
    """Each person adds one piece to the same cell, over and over until it is saved."""
    made = make(anna, cell(quantity=1))
    seen = {made["etag"]: 1}

    def add_one(number: int) -> None:
        person = Person(app, uid=f"person-{number}")
        etag, quantity = made["etag"], 1
        while True:
            answer = patch(person, made["id"], etag, cell(quantity=quantity + 1))
            if answer.status_code == 200:
                seen[answer.json["etag"]] = quantity + 1
                return
            assert answer.status_code == 412
            etag = answer.json["etag"]
            [quantity] = [conflict["quantity"] for conflict in answer.json["conflicts"]]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add_one, range(6)))
    now = anna.ask("GET", f"/{made['id']}").json
    assert now["lines"][0]["quantity"] == 7
    assert seen == {f'"{n + 2}"': n + 1 for n in range(7)}


def test_a_repetition_at_once_with_the_first_is_one_change(anna: Person) -> None:
    made = make(anna)
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: patch(anna, made["id"], made["etag"], cell(), key="filled-once"), range(8)
            )
        )
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json["etag"] for answer in answers} == {'"2"'}


def test_a_change_and_a_deletion_exclude_each_other(anna: Person, ben: Person) -> None:
    made = fill(anna, make(anna), cell())
    with ThreadPoolExecutor(2) as pool:
        deletion = pool.submit(anna.ask, "DELETE", f"/{made['id']}", tag=made["etag"])
        change = pool.submit(patch, ben, made["id"], made["etag"], cell(quantity=2))
        outcome = deletion.result().status_code, change.result().status_code
    assert outcome in {(204, 404), (412, 200)}
