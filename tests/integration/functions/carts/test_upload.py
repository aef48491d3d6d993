"""A file into a cart: one change for all good rows, what it costs, and what repeats or crosses."""

import base64
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from google.cloud.firestore import Client
from openpyxl import Workbook

from functions.carts.upload.schema import CSV
from shared.cart.model import MAX_LINES
from shared.optimistic import Attempt, ChangedMeanwhileError
from shared.sheets import isolation
from tests.factories.availability import availability, store_availability
from tests.factories.cart import cart, line, store_cart
from tests.factories.company import company, door, store_company
from tests.factories.price import prices, store_prices
from tests.factories.style import gtin, store_style, style
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, fill, make, patch, quantities
from tests.support import burning
from tests.support.firestore_counter import Count, counting
from tests.support.sheets import HEADER, MEDIA_TYPES, as_csv, rows_of, xlsx

GOOD = ("10123-010-M", "200001", "AO", 6)
BAD = ("10999-010-M", "200001", "AO", "12 Stk")

COUNTED = Count(reads=2, writes=2)
"""How often person and company uploaded something."""
MAPPINGS = Count(reads=1, writes=0)
"""What the company said of columns: one query, a read though it finds nothing."""


def upload(
    person: Person,
    cart: Any,
    content: bytes,
    key: str | None = None,
    query: str = "",
    **headers: str,
) -> Any:
    """Upload a file into the cart as it was answered."""
    kind = MEDIA_TYPES["xlsx" if content.startswith(b"PK") else "csv"]
    path = f"/{cart['id']}/upload{query}"
    return person.ask("POST", path, content, key=key, tag=cart["etag"], kind=kind, **headers)


@pytest.mark.parametrize("made", [xlsx, as_csv])
def test_good_rows_are_taken_and_bad_ones_come_back(anna: Person, made: Any) -> None:
    before = make(anna, cell("10123-010-S", 3))
    rows = [HEADER, GOOD, BAD, ("10123-010-S", "200001", "AO", 9), GOOD]
    answer = upload(anna, before, made(rows))
    assert answer.status_code == 200, answer.text
    told = answer.json
    assert [row["row"] for row in told["rows"]] == [2, 3, 4, 5]
    assert [row["outcome"] for row in told["rows"]] == ["changed", "refused", "changed", "changed"]
    assert [[n["code"] for n in row["notes"]] for row in told["rows"]] == [
        ["summed"],
        ["not_whole", "unknown_article"],
        ["replaced"],
        ["summed"],
    ]
    assert (told["taken"], told["changed"], told["refused"]) == (0, 3, 1)
    assert quantities(told["cart"]) == {"10123-010-S": 9, "10123-010-M": 12}
    assert answer.headers["ETag"] == told["cart"]["etag"] == '"3"'
    assert anna.ask("GET", f"/{before['id']}").json == told["cart"]
    assert told["refused_rows"]["media_type"] == MEDIA_TYPES["xlsx" if made is xlsx else "csv"]


def test_refused_rows_are_corrected_and_uploaded_again(anna: Person) -> None:
    first = upload(anna, make(anna), xlsx([HEADER, GOOD, BAD])).json
    header, row = rows_of(base64.b64decode(first["refused_rows"]["content"]))
    corrected = xlsx([header, ["10123-010-L", *row[1:3], 12, *row[4:]]])
    again = upload(anna, first["cart"], corrected).json
    assert [row["outcome"] for row in again["rows"]] == ["taken"]
    assert again["refused_rows"] is None
    assert quantities(again["cart"]) == {"10123-010-M": 6, "10123-010-L": 12}


def test_texts_are_in_the_readers_language(anna: Person) -> None:
    rows = [
        ("Artikel", "Filiale", "Lieferung", "Menge"),
        BAD,
        ("10123-010-M", "200001", "Sofort", 6),
    ]
    answer = upload(anna, make(anna), as_csv(rows), **{"Accept-Language": "de-DE"}).json
    assert [note["detail"] for note in answer["rows"][0]["notes"]] == [
        "12 Stk ist keine ganze Stückzahl.",
        "Diesen Artikel gibt es nicht.",
    ]
    assert answer["rows"][1]["window"] == "AO"
    assert answer["refused_rows"]["name"] == "Abgelehnte Zeilen.csv"


def test_door_and_window_for_all_rows(anna: Person) -> None:
    made = make(anna)
    content = as_csv(
        [("GTIN", "Qty", "Door"), (gtin("10123002"), 6, ""), (gtin("10123003"), 1, 200002)]
    )
    missing = upload(anna, made, content)
    assert (missing.status_code, missing.json["code"]) == (422, "missing_columns")
    answer = upload(anna, made, content, query="?door=200001&window=SS27-1").json
    assert [(x["sku"], x["door"], x["window"]) for x in answer["cart"]["lines"]] == [
        ("10123-010-M", "200001", "SS27-1"),
        ("10123-010-L", "200002", "SS27-1"),
    ]
    wrong = upload(anna, answer["cart"], content, query="?door=300001&window=FW30-1")
    assert wrong.status_code == 422
    assert [(fault["in"], fault["pointer"]) for fault in wrong.json["errors"]] == [
        ("query", "/door"),
        ("query", "/window"),
    ]


def test_a_file_that_cant_be_taken_changes_nothing(anna: Person) -> None:
    made = make(anna, cell())
    for content, code in (
        (b"", "file_empty"),
        (b"PK\x03\x04 and no more", "file_unreadable"),
        (b"a;b\n1;2\n", "no_header"),
        (as_csv([HEADER, *[GOOD] * 5_001]), "too_many_rows"),
    ):
        answer = upload(anna, made, content)
        assert (answer.status_code, answer.json["code"]) == (422, code)
    assert upload(anna, made, b"x" * ((4 << 20) + 1)).status_code == 413
    other = anna.ask("POST", f"/{made['id']}/upload", b"x", tag=made["etag"], kind="image/png")
    assert other.status_code == 415
    assert anna.ask("GET", f"/{made['id']}").json == made


def test_nothing_is_written_where_every_row_is_refused(anna: Person, firestore: Client) -> None:
    made = make(anna, cell())
    with counting(firestore) as count:
        answer = upload(anna, made, as_csv([HEADER, BAD]))
    assert answer.json["cart"] == made
    assert count.writes == COUNTED.writes


def test_a_repeated_upload_is_taken_once(anna: Person) -> None:
    made = make(anna, cell(quantity=1))
    content = xlsx([HEADER, GOOD, BAD])
    first = upload(anna, made, content, key="uploaded-once")
    after = patch(anna, made["id"], first.json["cart"]["etag"], cell("10123-010-M", 2)).json
    repeated = upload(anna, made, content, key="uploaded-once")
    assert repeated.status_code == 200
    assert repeated.json["cart"] == after
    assert [row["outcome"] for row in repeated.json["rows"]] == ["changed", "refused"]
    for other in (xlsx([HEADER, GOOD]), content):
        reused = upload(anna, made, other, key="uploaded-once", query="?door=200002")
        assert (reused.status_code, reused.json["code"]) == (422, "idempotency_key_reused")
    assert anna.ask("GET", f"/{made['id']}").json == after


def test_a_commit_whose_answer_was_lost_is_told_as_it_was(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(anna, cell(quantity=1))
    commit, lost = Attempt.commit, [True]

    def lose_once(attempt: Attempt) -> None:
        commit(attempt)
        if lost:
            lost.clear()
            raise ChangedMeanwhileError

    monkeypatch.setattr(Attempt, "commit", lose_once)
    answer = upload(anna, made, xlsx([HEADER, GOOD]))
    assert [note["code"] for note in answer.json["rows"][0]["notes"]] == ["replaced"]
    assert answer.json["cart"]["etag"] == '"3"'


def test_an_upload_to_a_cart_that_changed_tells_what(anna: Person, ben: Person) -> None:
    made = make(anna)
    fill(ben, made, cell("10123-010-S", 7))
    answer = upload(anna, made, as_csv([HEADER, GOOD]))
    assert (answer.status_code, answer.json["code"]) == (412, "cart_changed")
    assert [(x["sku"], x["quantity"]) for x in answer.json["conflicts"]] == [("10123-010-S", 7)]


def test_viewers_and_strangers_upload_nothing(
    viewer: Person, stranger: Person, anna: Person
) -> None:
    made = make(anna)
    content = as_csv([HEADER, GOOD])
    assert upload(viewer, made, content).status_code == 403
    assert upload(stranger, made, content).status_code == 404
    assert upload(anna, {**made, "etag": '"9"'}, content).status_code == 412


def test_a_cart_takes_no_more_lines_than_it_can_have(anna: Person, firestore: Client) -> None:
    lines = [line(f"10123-010-{n}", 1) for n in range(MAX_LINES)]
    full = cart(lines, id="full")
    store_cart(firestore, full)
    answer = upload(anna, {"id": "full", "etag": '"1"'}, as_csv([HEADER, GOOD]))
    assert (answer.status_code, answer.json["code"]) == (422, "too_many_lines")
    assert "10,001" in answer.json["detail"]


@pytest.mark.parametrize("by", ["sku", "gtin"])
def test_five_thousand_rows_cost_by_their_styles(anna: Person, firestore: Client, by: str) -> None:
    styles = [
        style(str(n), ("010", "020"), [str(s) for s in range(25)]) for n in range(20001, 20101)
    ]
    for first in range(0, len(styles), 50):
        some = styles[first : first + 50]
        store_style(firestore, *some)
        store_prices(firestore, *(prices(one.number) for one in some))
        store_availability(firestore, *(availability(one) for one in some))
    skus = [sku for one in styles for colourway in one.colourways for sku in colourway.skus]
    rows = [(getattr(sku, "id" if by == "sku" else "gtin"), "200001", "AO", 1) for sku in skus]
    made = make(anna)
    with counting(firestore) as count:
        answer = upload(anna, made, xlsx([HEADER, *rows]))
    assert answer.json["taken"] == len(rows) == 5_000
    assert answer.json["cart"]["totals"]["lines"] == 5_000
    assert count.writes == 1 + COUNTED.writes
    assert count.methods["Commit"] == 1 + 1
    assert count.methods["BatchGetDocuments"] == 2 + 1
    documents = 2 + 2 + 3 * len(styles) + COUNTED.reads + MAPPINGS.reads
    if by == "sku":
        assert (count.reads, count.methods["RunQuery"]) == (documents, 1)
    else:
        # Few enough queries for the emulator; hardly a style is found twice.
        assert count.methods["RunQuery"] <= 8 + 1
        assert count.reads - documents <= 1.5 * len(styles)


def test_a_style_whose_number_has_hyphens_is_found_however_it_is_named(
    anna: Person, firestore: Client
) -> None:
    tee = style("CW2288-111", ("010",), ("M",))
    store_style(firestore, tee)
    store_prices(firestore, prices(tee.number))
    store_availability(firestore, availability(tee))
    (sku,) = tee.colourways[0].skus
    header = ("Article", "Style", "Size", "Door", "Delivery window", "Quantity")
    names = [(sku.id.lower(), "", ""), (sku.gtin, "", "")]
    names += [("", tee.number, "M"), ("", f"{tee.number}-010", "M"), ("", tee.number, "")]
    rows = [(*name, "200001", "AO", 2) for name in names]
    told = upload(anna, make(anna), as_csv([header, *rows])).json
    assert quantities(told["cart"]) == {sku.id: 2 * len(rows)}


def test_templates_are_for_the_companys_doors_and_windows(anna: Person, viewer: Person) -> None:
    answer = viewer.ask("GET", "/upload/template?kind=csv", **{"Accept-Language": "hu"})
    assert base64.b64decode(answer.json["content"]).decode("utf-8-sig") == (
        "Cikk;Szállítási hely;Szállítási időszak;Mennyiség\r\n"
    )
    assert answer.json["media_type"] == CSV
    sheet = anna.ask("GET", "/upload/template").json
    assert sheet["name"] == "Order template.xlsx"
    assert rows_of(base64.b64decode(sheet["content"])) == [list(HEADER)]


def test_letters_are_told_by_the_doors_else_asked_about(anna: Person, firestore: Client) -> None:
    rows = [HEADER, ("10123-010-M", "Filiale Nürnberg", "AO", 6)]
    content = as_csv(rows, encoding="mac_roman")
    made = make(anna)
    asked = upload(anna, made, content)
    assert (asked.status_code, asked.json["code"]) == (422, "letters_unclear")
    samples = {one["encoding"]: one["samples"] for one in asked.json["encodings"]}
    assert samples["mac_roman"] == ["Nürnberg"]
    told = upload(anna, made, content, query="?encoding=mac_roman").json
    assert told["letters"][0]["encoding"] == "mac_roman"
    other = {one["encoding"]: one for one in told["letters"][1:]}
    assert other.keys() == samples.keys() - {"mac_roman"}
    assert all(one["name"] and one["samples"] for one in told["letters"])
    assert [note["code"] for note in told["rows"][0]["notes"]] == ["unknown_door"]
    store_company(firestore, company(doors=[door("200001", name="Filiale Nürnberg")]))
    taken = upload(anna, told["cart"], content).json
    assert (taken["rows"][0]["door"], taken["notes"]) == ("200001", [])


def test_hidden_rows_are_taken_and_told(anna: Person) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, GOOD, GOOD):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    out = BytesIO()
    book.save(out)
    told = upload(anna, make(anna), out.getvalue()).json
    assert quantities(told["cart"]) == {"10123-010-M": 12}
    assert [(note["code"], "3" in note["detail"]) for note in told["notes"]] == [
        ("hidden_rows", True)
    ]


def test_others_are_served_while_a_file_burns(
    anna: Person, stranger: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(anna)
    monkeypatch.setattr(isolation, "child", burning)
    # A company has one file read at a time; whichever comes last is the one that is sent away.
    with ThreadPoolExecutor(2) as pool:
        files = [xlsx([HEADER, GOOD]), as_csv([HEADER, GOOD])]
        uploads = [pool.submit(upload, anna, made, content) for content in files]
        served = 0
        while not all(answer.done() for answer in uploads):
            assert stranger.ask("GET").status_code == 200
            served += 1
    assert served > 10
    burnt, refused = sorted((each.result() for each in uploads), key=lambda a: a.json["code"])
    assert burnt.json["code"] == "file_overlarge"
    assert (refused.json["code"], refused.status_code) == ("reading_company_busy", 429)
    assert refused.headers["Retry-After"] == "2"
    monkeypatch.undo()
    assert upload(anna, made, xlsx([HEADER, GOOD])).json["taken"] == 1
