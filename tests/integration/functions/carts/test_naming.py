"""Renaming and deleting: from the current version only."""

from collections.abc import Callable
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.cart.model import DELETED_KEPT
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, fill, make

Change = Callable[[Person, str, str | None], Any]


def rename(person: Person, cart: str, tag: str | None) -> Any:
    return person.ask("PATCH", f"/{cart}", {"name": "Autumn"}, tag=tag)


def delete(person: Person, cart: str, tag: str | None) -> Any:
    return person.ask("DELETE", f"/{cart}", tag=tag)


BOTH = pytest.mark.parametrize("change", [rename, delete])


def test_another_name(anna: Person, ben: Person) -> None:
    made = make(anna, cell())
    answer = rename(ben, made["id"], made["etag"])
    assert answer.status_code == 200
    assert answer.headers["ETag"] == answer.json["etag"] != made["etag"]
    assert answer.json["name"] == "Autumn"
    assert answer.json["changed"]["by"] == "Ben Läufer"
    assert answer.json["lines"] == made["lines"]
    assert anna.ask("GET", f"/{made['id']}").json == answer.json


def test_a_deleted_cart_is_gone_but_kept(anna: Person, firestore: Client) -> None:
    made = make(anna, cell())
    answer = delete(anna, made["id"], made["etag"])
    assert (answer.status_code, answer.data) == (204, b"")
    assert anna.ask("GET", f"/{made['id']}").status_code == 404
    assert anna.ask("GET").json["items"] == []
    document = firestore.collection("carts").document(made["id"]).get().to_dict()
    assert document is not None
    assert (document["state"], document["size"]["lines"]) == ("deleted", 1)
    assert document["expires_at"] == document["changed"]["at"] + DELETED_KEPT


def test_an_open_cart_never_expires(anna: Person, firestore: Client) -> None:
    made = fill(anna, make(anna, cell()), cell(quantity=9))
    document = firestore.collection("carts").document(made["id"]).get().to_dict() or {}
    assert document["expires_at"] is None


@BOTH
def test_replayed(change: Change, anna: Person) -> None:
    made = make(anna)
    assert change(anna, made["id"], made["etag"]).status_code in {200, 204}
    assert change(anna, made["id"], made["etag"]).status_code in {412, 404}


@BOTH
def test_from_a_stale_version_nothing_changes(change: Change, anna: Person, ben: Person) -> None:
    made = make(anna)
    theirs = fill(ben, made, cell(quantity=3))
    answer = change(anna, made["id"], made["etag"])
    assert (answer.status_code, answer.json["code"]) == (412, "cart_changed")
    assert [(x["sku"], x["quantity"]) for x in answer.json["conflicts"]] == [("10123-010-M", 3)]
    assert anna.ask("GET", f"/{made['id']}").json == theirs


@BOTH
def test_without_a_version_nothing_changes(change: Change, anna: Person) -> None:
    made = make(anna)
    assert change(anna, made["id"], None).status_code == 428
    assert anna.ask("GET", f"/{made['id']}").json == made


def test_a_name_is_kept_as_written_but_composed(anna: Person) -> None:
    """A Mac's file names, and so what is pasted from them, are decomposed."""
    made = make(anna)
    written = {"name": "  Fru\u0308hjahr \u2013 No\u0308 2 "}
    answer = anna.ask("PATCH", f"/{made['id']}", written, tag=made["etag"])
    assert answer.json["name"] == "Fr\xfchjahr \u2013 N\xf6 2"


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2067", "\ufeff", "\u00ad", "\n"])
def test_nothing_hides_in_a_name(hidden: str, anna: Person) -> None:
    made = make(anna)
    answer = anna.ask("PATCH", f"/{made['id']}", {"name": f"PO{hidden}fdp.exe"}, tag=made["etag"])
    assert answer.status_code == 422
    ((code, detail),) = [(fault["code"], fault["detail"]) for fault in answer.json["errors"]]
    assert code == "unseen_character"
    assert f"U+{ord(hidden):04X}" in detail
    assert anna.ask("GET", f"/{made['id']}").json["name"] == made["name"]
