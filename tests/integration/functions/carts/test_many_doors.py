"""Carts of a company whose doors are documents of their own."""

import base64
from io import BytesIO
from typing import Any

import pytest
from google.cloud.firestore import Client
from openpyxl import load_workbook

from tests.factories.company import company as make_company
from tests.factories.company import door, store_company, store_doors
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, fill, make, patch
from tests.integration.functions.carts.test_upload import GOOD, upload
from tests.support.sheets import HEADER, xlsx

DOORS = [
    *(door(str(300001 + i), name=f"Filiale {i:03}", blocked=i == 7) for i in range(57)),
    door("300101", name="Süd-Filiale"),
    door("300102", name="Kiosk"),
    door("300103", name="Kiosk"),
    door("300104", name="Kiosk"),
    door("300105", name="Koebmand Aarhus"),
]


@pytest.fixture
def chain(anna: Person, firestore: Client) -> Person:
    """Anna, whose company has many doors."""
    store_company(firestore, make_company(doors=[]))
    store_doors(firestore, "100001", DOORS)
    return anna


def _codes(cart: Any) -> list[str]:
    return [check["code"] for check in cart["checks"] if check["severity"] == "error"]


def test_lines_are_for_doors_that_the_company_has(chain: Person) -> None:
    cart = make(chain)
    filled = fill(chain, cart, cell(door="300101"))
    assert filled["deliveries"][0]["door_name"] == "Süd-Filiale"
    assert _codes(filled) == []
    for strange in ("309999", "200001", "300/101", ".."):
        answer = patch(chain, cart["id"], filled["etag"], cell(door=strange))
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json["errors"]] == ["/lines/0/door"]
    assert chain.ask("GET", f"/{cart['id']}").json == filled


def test_a_blocked_door_is_told(chain: Person) -> None:
    assert _codes(fill(chain, make(chain), cell(door="300008"))) == ["door_not_allowed"]


def test_a_file_names_doors_by_number_or_name(chain: Person) -> None:
    named = ["300101", "0000300102", "süd filiale", "Kiosk", "Nirgends", "Filiale 007"]
    rows = [HEADER, *(("10123-010-M", text, "AO", 6) for text in named)]
    answer = upload(chain, make(chain), xlsx(rows))
    assert answer.status_code == 200, answer.text
    told = answer.json["rows"]
    assert [row["door"] for row in told] == ["300101", "300102", "300101", None, None, None]
    assert [row["notes"][-1]["code"] for row in told[3:]] == [
        "ambiguous_door",
        "unknown_door",
        "door_not_allowed",
    ]


def test_a_file_names_doors_with_umlauts_in_one_letter_or_two(chain: Person) -> None:
    named = ["Sued-Filiale", "Købmand Århus", "'300101"]
    rows = [HEADER, *(("10123-010-M", text, "AO", 6) for text in named)]
    answer = upload(chain, make(chain), xlsx(rows))
    assert [row["door"] for row in answer.json["rows"]] == ["300101", "300105", "300101"]


def test_a_door_for_all_rows(chain: Person) -> None:
    rows = [("Article", "Delivery", "Quantity"), (GOOD[0], GOOD[2], GOOD[3])]
    answer = upload(chain, make(chain), xlsx(rows), query="?door=300102")
    assert [row["door"] for row in answer.json["rows"]] == ["300102"], answer.text
    assert upload(chain, make(chain), xlsx(rows), query="?door=1").status_code == 422


def test_the_template_lists_all_doors(chain: Person) -> None:
    answer = chain.ask("GET", "/upload/template?kind=xlsx")
    assert answer.status_code == 200, answer.text
    book = load_workbook(BytesIO(base64.b64decode(answer.json["content"])))
    [_, *listed] = book.worksheets[1].iter_rows(values_only=True)
    assert [number for number, _ in listed] == [one.id for one in DOORS if not one.blocked]
