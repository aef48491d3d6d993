"""What a buyer says of a file's columns: asked once, kept for the company, and changed again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.carts.upload.kept_mappings import MOST_KEPT, ImportMapping, read_kept
from shared.cart.model import Authorship
from shared.store import to_document
from tests.factories.import_mapping import store_mapping
from tests.factories.price import prices, store_prices
from tests.factories.style import gtin, store_style, style
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, make, quantities
from tests.integration.functions.carts.test_upload import upload
from tests.support.sheets import as_csv, xlsx

STRANGE = ("Ding", "Nebenbei", "Zahl", "Wohin", "Wann")
ROW = (gtin("10123002"), "x", 6, "200001", "AO")
MEANINGS = "article,none,quantity,door,window"


def asked(person: Person, made: Any, content: bytes, query: str = "?preview=true") -> Any:
    """The one header that the person is asked about."""
    answer = upload(person, made, content, query=query)
    assert answer.status_code == 422, answer.text
    [header] = answer.json["headers"]
    return header


def kept_paths(db: Client) -> list[str]:
    return sorted(one.reference.path for one in db.collection_group("import_mappings").stream())


@pytest.mark.parametrize("kind", [xlsx, as_csv])
def test_columns_are_said_once_and_known_for_the_companys_next_file(
    anna: Person, ben: Person, stranger: Person, firestore: Client, kind: Any
) -> None:
    made, content = make(anna), kind([STRANGE, ROW])
    header = asked(anna, made, content)
    assert header["columns"][0]["suggested"] == "article"
    said = f"?columns={header['id']}:{MEANINGS}"
    previewed = upload(anna, made, content, query=f"{said}&preview=true")
    assert previewed.json["taken"] == 1
    assert kept_paths(firestore) == []
    taken = upload(anna, made, content, query=said, key="with-columns")
    assert quantities(taken.json["cart"]) == {"10123-010-M": 6}
    assert kept_paths(firestore) == [f"companies/100001/import_mappings/{header['id']}"]

    later = make(ben, key="another-cart")
    told = upload(ben, later, kind([STRANGE, (*ROW[:2], 9, *ROW[3:])]), query="?preview=true").json
    [shown] = told["headers"]
    assert (told["taken"], shown["chosen"]["uid"]) == (1, "anna")
    assert shown["chosen"]["by"]
    assert ",".join(column["meaning"] for column in shown["columns"]) == MEANINGS
    foreign = stranger.ask("POST", body={"name": "Mine"}, key="strangers-own")
    assert foreign.status_code == 201
    assert asked(stranger, foreign.json, content)["chosen"] is None


def test_a_choice_is_changed_and_taken_back(anna: Person, firestore: Client) -> None:
    rows = [("SKU", "Qty", "Reorder", "Door", "Window"), ("10123-010-M", 6, 2, "200001", "AO")]
    made, content = make(anna), as_csv(rows)
    told = upload(anna, made, content, query="?preview=true").json
    [header] = told["headers"]
    assert (header["chosen"], told["pieces"]) == (None, 6)
    by_name = ",".join(column["meaning"] for column in header["columns"])
    for number, (meanings, pieces, kept) in enumerate(
        [
            (by_name, 6, 0),
            ("article,none,quantity,door,window", 2, 1),
            ("article,quantity,none,door,window", 6, 0),
        ]
    ):
        now = anna.ask("GET", f"/{made['id']}").json
        query = f"?columns={header['id']}:{meanings}"
        answer = upload(anna, now, content, query=query, key=f"upload-{number}")
        assert quantities(answer.json["cart"]) == {"10123-010-M": pieces}
        assert len(kept_paths(firestore)) == kept


def test_what_is_not_taken_is_not_kept(anna: Person, viewer: Person, firestore: Client) -> None:
    made, content = make(anna, cell()), as_csv([STRANGE, ("10999-010-M", *ROW[1:])])
    header = asked(anna, made, content)
    said = f"?columns={header['id']}:{MEANINGS}"
    assert upload(anna, made, content, query=said).json["refused"] == 1
    assert upload(anna, {**made, "etag": '"1"'}, content, query=said).status_code == 412
    assert upload(viewer, made, content, query=said).status_code == 403
    assert kept_paths(firestore) == []


def test_a_company_keeps_so_many_and_forgets_the_oldest(anna: Person, firestore: Client) -> None:
    mappings = firestore.collection("companies/100001/import_mappings")
    for minute in range(MOST_KEPT):
        at = datetime(2026, 1, 1, 0, minute, tzinfo=UTC)
        who = Authorship(uid="anna", by="Anna", at=at)
        one = ImportMapping(names=["A"], meanings=["article"], chosen=who)
        mappings.document(f"{minute:024}").set(to_document(one))
    made, content = make(anna), as_csv([STRANGE, ROW])
    header = asked(anna, made, content)
    taken = upload(anna, made, content, query=f"?columns={header['id']}:{MEANINGS}")
    assert taken.json["taken"] == 1
    kept = read_kept(firestore, "100001")
    assert len(kept) == MOST_KEPT
    assert f"{0:024}" not in kept
    assert header["id"] in kept


def test_a_mapping_of_a_later_release_is_asked_about_again(anna: Person, firestore: Client) -> None:
    made, content = make(anna), as_csv([STRANGE, ROW])
    header = asked(anna, made, content)
    who = Authorship(uid="anna", by="Anna", at=datetime(2026, 1, 1, tzinfo=UTC))
    one = ImportMapping(names=[], meanings=["article"], chosen=who)
    later = {**to_document(one), "meanings": ["po_number"], "more": 1}
    firestore.document(f"companies/100001/import_mappings/{header['id']}").set(later)
    assert asked(anna, made, content)["chosen"] is None


@pytest.mark.parametrize(
    "columns",
    ["article,quantity", "x:article", f"{'a' * 24}:gtin", f"{'a' * 24}:{','.join(['none'] * 51)}"],
)
def test_what_columns_can_not_be_is_malformed(anna: Person, columns: str) -> None:
    made = make(anna)
    answer = upload(anna, made, as_csv([STRANGE, ROW]), query=f"?columns={columns}")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    assert answer.json["errors"][0]["pointer"] == "/columns/0"


def test_a_door_that_nothing_names_is_asked_for_with_the_columns(anna: Person) -> None:
    rows = [("SKU", "Qty", "Window", "Wo"), ("10123-010-M", 6, "AO", "200001")]
    made = make(anna)
    header = asked(anna, made, as_csv(rows))
    query = f"?preview=true&columns={header['id']}:article,quantity,window,door"
    assert upload(anna, made, as_csv(rows), query=query).json["taken"] == 1


def test_which_article_a_gtin_of_two_means_is_asked_and_then_taken(
    anna: Person, firestore: Client
) -> None:
    other = style("10200", colours=("001",), sizes=("M",))
    other.colourways[0].skus[0].gtin = gtin("10123002")
    store_style(firestore, other)
    store_prices(firestore, prices("10200"))
    rows = [("GTIN", "Door", "Window", "Qty"), (gtin("10123002"), "200001", "AO", 6)]
    made, content = make(anna), as_csv(rows)
    first = upload(anna, made, content, query="?preview=true").json["rows"][0]
    assert first["outcome"] == "refused"
    choices = first["question"]["choices"]
    assert [choice["sku"] for choice in choices] == ["10123-010-M", "10200-001-M"]
    assert all(choice["style_name"] and choice["colour_name"] for choice in choices)
    query = f"?articles={gtin('10123002')}:10123-010-M"
    answer = upload(anna, made, content, query=query)
    assert quantities(answer.json["cart"]) == {"10123-010-M": 6}
    assert answer.json["rows"][0]["question"] is None


@pytest.mark.parametrize("named", ["10123-010", "10123"])
def test_which_article_a_row_without_a_size_means_is_asked_for_that_row(
    anna: Person, named: str
) -> None:
    rows = [("SKU", "Door", "Window", "Qty"), *((named, "200001", "AO", n) for n in (6, 4, 1))]
    made, content = make(anna), as_csv(rows)
    asked = upload(anna, made, content, query="?preview=true").json["rows"]
    assert [row["question"]["about"] for row in asked] == ["2", "3", "4"]
    skus = [choice["sku"] for choice in asked[0]["question"]["choices"]]
    assert {"10123-010-S", "10123-010-M"} <= set(skus)
    assert any(sku.startswith("10123-400-") for sku in skus) == (named == "10123")
    query = "?articles=2:10123-010-M&articles=3:10123-010-S&articles=4:10200-001-41"
    told = upload(anna, made, content, query=query).json
    assert quantities(told["cart"]) == {"10123-010-M": 6, "10123-010-S": 4}
    # The row can't mean another style, so it is asked about still.
    assert [row["question"] is None for row in told["rows"]] == [True, True, False]


def test_no_more_is_asked_than_can_be_answered(anna: Person) -> None:
    rows = [("SKU", "Door", "Window", "Qty"), *[("10123-010", "200001", "AO", 1)] * 400]
    made, content = make(anna), as_csv(rows)
    asked = upload(anna, made, content, query="?preview=true").json["rows"]
    assert 0 < sum(len(row["question"]["choices"]) for row in asked if row["question"]) <= 1_000
    answers = "&".join(f"articles={row}:10123-010-M" for row in range(2, 52))
    told = upload(anna, made, content, query=f"?preview=true&{answers}").json
    assert (told["taken"] + told["changed"], told["refused"]) == (50, 350)
    assert not any(row["question"] for row in told["rows"])


def test_what_is_kept_is_shown_and_forgotten_by_the_companys_people(
    anna: Person, viewer: Person, stranger: Person, firestore: Client
) -> None:
    made, content = make(anna), as_csv([STRANGE, ROW])
    header = asked(anna, made, content)
    assert upload(anna, made, content, query=f"?columns={header['id']}:{MEANINGS}").json["taken"]
    store_mapping(firestore, "100001", "a" * 24)
    items = viewer.ask("GET", "/upload/mappings").json["items"]
    assert {one["id"] for one in items} == {header["id"], "a" * 24}
    [mine] = [one for one in items if one["id"] == header["id"]]
    assert [column["name"] for column in mine["columns"]] == list(STRANGE)
    assert ",".join(column["meaning"] for column in mine["columns"]) == MEANINGS
    assert mine["chosen"]["uid"] == "anna"
    # A column without a name at the end has a meaning all the same.
    [other] = [one for one in items if one["id"] == "a" * 24]
    assert [column["name"] for column in other["columns"]] == ["Ding", "Zahl", ""]
    assert stranger.ask("GET", "/upload/mappings").json == {"items": []}
    path = f"/upload/mappings/{header['id']}"
    assert stranger.ask("DELETE", path).status_code == 404
    assert viewer.ask("DELETE", path).status_code == 403
    assert len(kept_paths(firestore)) == 2
    assert anna.ask("DELETE", path).status_code == 204
    assert anna.ask("DELETE", path).status_code == 404
    assert kept_paths(firestore) == [f"companies/100001/import_mappings/{'a' * 24}"]
    later = make(anna, key="after-that")
    assert asked(anna, later, content)["chosen"] is None
