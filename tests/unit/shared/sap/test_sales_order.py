"""What SAP's answers about sales orders mean."""

from datetime import datetime

import pytest

from shared.sap.sales_order import MOST_MESSAGES, create_parameters, lookup_refusal, refusal
from tests.factories.company import sales_area
from tests.factories.order import order, order_line
from tests.factories.sap import ECC, S4

INITIAL = {"TYPE": "", "CODE": "", "MESSAGE": ""}
NONE_FOUND = {"TYPE": "E", "CODE": "V1929", "MESSAGE": "No sales orders"}
IN_TWO_FIELDS = {"TYPE": "E", "ID": "V1", "NUMBER": "929", "MESSAGE": "No sales orders"}
SAVED_INCOMPLETE = {"TYPE": "W", "CODE": "V1555", "MESSAGE": "Not yet complete"}
NOT_ALLOWED = {"TYPE": "E", "CODE": "VP199", "MESSAGE": "No authorization"}


def _message(number: int, kind: str = "E", id_: str = "V1") -> dict[str, str]:
    return {"TYPE": kind, "ID": id_, "NUMBER": f"{number:03}", "MESSAGE": "M" * 220}


def test_warnings_are_no_refusal() -> None:
    assert refusal([_message(555, "W"), _message(311, "S")]) is None


def test_a_lock_goes_by_itself() -> None:
    refused = refusal([_message(42)], ECC.orders.locks)
    assert refused is not None
    assert refused.transient


def test_as_many_errors_as_an_order_has_items_are_told_in_short() -> None:
    refused = refusal([_message(302)] * 8_000)
    assert refused is not None
    assert refused.text.endswith(f"; … +{8_000 - MOST_MESSAGES}")
    assert len(refused.text) < 3_000


@pytest.mark.parametrize(
    "told",
    [
        INITIAL,
        [],
        None,
        SAVED_INCOMPLETE,
        {**NONE_FOUND, "TYPE": "I"},
        {**NONE_FOUND, "TYPE": "S"},
        {**IN_TWO_FIELDS, "TYPE": "W"},
        [SAVED_INCOMPLETE, {**IN_TWO_FIELDS, "TYPE": "I"}],
    ],
)
def test_an_empty_list_is_one_where_sap_tells_no_error_in_whichever_form(told: object) -> None:
    assert lookup_refusal({"RETURN": told, "SALES_ORDERS": []}) is None


def test_a_list_without_any_word_of_sap_is_one() -> None:
    assert lookup_refusal({"SALES_ORDERS": []}) is None


@pytest.mark.parametrize("kind", ["E", "A"])
@pytest.mark.parametrize("told", [NONE_FOUND, IN_TWO_FIELDS])
@pytest.mark.parametrize("many", [False, True], ids=["a message", "a table"])
def test_an_error_that_the_settings_name_says_that_there_is_none(
    kind: str, told: dict[str, str], many: bool
) -> None:
    message = {**told, "TYPE": kind}
    answer = {"RETURN": [SAVED_INCOMPLETE, message] if many else message}
    assert lookup_refusal(answer, ["V1 929"]) is None
    assert lookup_refusal(answer) == "No sales orders (V1 929)"


def test_an_empty_list_says_nothing_where_sap_could_not_look() -> None:
    for told in (NOT_ALLOWED, [NOT_ALLOWED], [NONE_FOUND, NOT_ALLOWED]):
        assert lookup_refusal({"RETURN": told}, ["V1 929"]) == "No authorization (VP 199)"


def test_a_class_of_one_letter_and_an_error_without_any_are_told() -> None:
    short = {**NOT_ALLOWED, "CODE": "M 601"}
    assert lookup_refusal({"RETURN": short}) == "No authorization (M 601)"
    assert lookup_refusal({"RETURN": short}, ["M 601"]) is None
    assert lookup_refusal({"RETURN": {**NOT_ALLOWED, "CODE": ""}}) == "No authorization"


@pytest.mark.parametrize(
    ("market", "day"), [("DE", "20270101"), ("PT", "20261231"), ("US", "20261231")]
)
def test_it_was_bought_on_the_business_day_of_the_market_that_sold_it(
    market: str, day: str
) -> None:
    at = datetime.fromisoformat("2026-12-31T23:30:00+00:00")
    organisation = "3000" if market == "US" else "1000"
    sold = order(placed_at=at, market=market, sales_area=sales_area(organisation))
    assert create_parameters(sold, ECC)["ORDER_HEADER_IN"]["PURCH_DATE"] == day


def test_an_article_with_hyphens_goes_to_sap_as_it_is_and_a_number_with_its_zeros() -> None:
    lines = [
        order_line("CW-2288-010-S_Short", article="CW2288-111-42", gtin=""),
        order_line(position=20),
    ]
    items = create_parameters(order(lines=lines), ECC)["ORDER_ITEMS_IN"]
    assert [item["MATERIAL"] for item in items] == ["CW2288-111-42", "000000000010123001"]


def test_an_article_of_more_than_18_characters_goes_in_the_field_that_has_room() -> None:
    long = "CW2288-111-42-STADIUM-BLUE"
    parameters = create_parameters(order(lines=[order_line(article=long)]), S4)
    [item], [meant] = parameters["ORDER_ITEMS_IN"], parameters["ORDER_ITEMS_INX"]
    assert item["MATERIAL_LONG"] == long
    assert meant["MATERIAL_LONG"] == "X"
    assert "MATERIAL" not in {**item, **meant}
