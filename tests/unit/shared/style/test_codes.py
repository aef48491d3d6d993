"""What typed, pasted, scanned and uploaded codes say, however programs wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from shared.style.codes import Code, read_code, resolve

GTIN = "4012345678901"
CASE = "14012345678908"
digits = st.text("0123456789", min_size=12, max_size=12)


def _gtin13(twelve: str) -> str:
    return twelve + ean.calc_check_digit(twelve)


@pytest.mark.parametrize(
    "text",
    [
        GTIN,
        f" {GTIN}\t",
        f"'{GTIN}",
        f"\u2019{GTIN}",
        f'="{GTIN}"',
        f'"=""{GTIN}"""',
        f'"{GTIN}"',
        "4 012345 678901",
        "\u200b4012345\u200d678901\ufeff",
        f"\u202a{GTIN}\u202c",
        f"\u2066{GTIN}\u2069",
        "4\u00a0012345\u202f678901",
        "４０１２３４５６７８９０１",
        f"0{GTIN}",
        f"00000{GTIN}",
        "4.012345678901E+12",
        "4,012345678901e12",
        f"(01)0{GTIN}",
        f"(01) 0{GTIN} (10) LOT7 (17) 271231",
        f"010{GTIN}",
        f"]C1010{GTIN}",
        f"]d2010{GTIN}\x1d10LOT",
        f"]d2{'240'}ABC\x1d010{GTIN}",
        f"]E0{GTIN}",
        f"https://id.gs1.org/01/0{GTIN}/10/LOT?x=1",
    ],
)
def test_a_gtin_is_read_whatever_it_went_through(text: str) -> None:
    code = read_code(text)
    assert (code.gtin, code.count, code.in_cases, code.fault) == (GTIN, 1, False, None)


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("96385074", "0000096385074"),
        ("036000291452", "0036000291452"),
        ("0036000291452", "0036000291452"),
        ("00036000291452", "0036000291452"),
    ],
)
def test_gtins_of_all_lengths_are_one_number(text: str, gtin: str) -> None:
    assert read_code(text) == Code(text, gtin)


@given(digits)
def test_lost_zeros_are_put_back_where_the_check_digit_proves_them(twelve: str) -> None:
    upc = "0" + _gtin13("00" + twelve[:10])[1:]
    shown = upc.lstrip("0")
    code = read_code(shown)
    if len(shown) in (9, 10, 11):
        assert (code.gtin, code.restored) == (upc, True)
        wrong = shown[:-1] + str((int(shown[-1]) + 1) % 10)
        assert read_code(wrong) == Code(wrong)


@given(digits, st.integers(1, 9))
def test_one_wrong_digit_is_never_another_article(twelve: str, off: int) -> None:
    good = _gtin13("4" + twelve[1:])
    for place in range(13):
        wrong = good[:place] + str((int(good[place]) + off) % 10) + good[place + 1 :]
        assert read_code(wrong).fault == "check_digit"
        assert not read_code(wrong).gtin


@pytest.mark.parametrize(
    ("text", "count", "in_cases"),
    [
        (CASE, 1, True),
        (f"(01){CASE}", 1, True),
        (f"(01){CASE}(37)24", 24, False),
        (f"(02)0{GTIN}(37)48", 48, False),
        (f"(02){CASE}(37)3", 3, True),
        (f"]C102{CASE}3703\x1d10LOT", 3, True),
        (f"]C102{CASE}3703<GS>10LOT", 3, True),
        (f"(00)340123450000000017(02)0{GTIN}(37)6", 6, False),
    ],
)
def test_a_label_of_a_case_says_what_is_in_it(text: str, count: int, in_cases: bool) -> None:
    code = read_code(text)
    assert (code.gtin, code.count, code.in_cases, code.fault) == (GTIN, count, in_cases, None)
    assert code.pieces(12) == (count * 12 if in_cases else count)
    assert code.pieces(1) == (None if in_cases else count)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        (" \u200b\u00a0", "empty"),
        ("'", "empty"),
        ("4,01235E+12", "digits_lost"),
        ("4.012E12", "digits_lost"),
        ("4012345678902", "check_digit"),
        ("14012345678901", "check_digit"),
        ("(00)340123450000000017", "no_article"),
        ("00340123450000000017", "no_article"),
        ("(414)4012345000009", "no_article"),
        ("94012345678904", "no_article"),
        ("(02)04012345678901", "label_broken"),
        ("(02)04012345678901(37)0", "label_broken"),
        ("(01)0401234567890", "label_broken"),
        ("]C1hello", "label_broken"),
        ("(01)14012345678901", "label_broken"),
    ],
)
def test_what_names_no_article_says_why(text: str, fault: str) -> None:
    code = read_code(text)
    assert (code.fault, code.gtin) == (fault, "")


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        (" 10001-010-m ", "10001-010-M"),
        ("10001\u2011010\u201142.5", "10001-010-42.5"),
        ("10001\u2013010\u2014M", "10001-010-M"),
        ("10001\u2212010\u2212M", "10001-010-M"),
        ("10001-\u00ad010-M", "10001-010-M"),
        ("１０００１－０１０－Ｍ", "10001-010-M"),
        ("'10001-010-30x32", "10001-010-30X32"),
        ("10001", "10001"),
        ("20003-010-9", "20003-010-9"),
        ("10001-010-42.0", "10001-010-42.0"),
        ("10001.0", "10001.0"),
        ("10001-010-42½", "10001-010-42½"),
        ("10001-010-4²", "10001-010-4²"),
        ("१२३४५६७८९", "१२३४५६७८९"),
    ],
)
def test_everything_else_is_a_sku_as_it_is_meant(text: str, sku: str) -> None:
    assert read_code(text) == Code(sku)


@pytest.mark.parametrize(
    "text",
    [
        "9 521000 10001-5",
        "9\u00a0521000\u201110001\u20135",
        "9 521000-10001 5",
        "95 21000-10001-5",
    ],
)
def test_a_gtin_in_groups_of_blanks_and_dashes_is_read(text: str) -> None:
    assert read_code(text).gtin == "9521000100015"
    assert read_code(text[:-1] + "6").fault == "check_digit"


@pytest.mark.parametrize("text", ["952100010001 -5", "9-521000-10001 5", "10001 010-42"])
def test_what_may_be_a_sku_with_a_quantity_is_no_gtin_in_groups(text: str) -> None:
    assert read_code(text) == Code(text)


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    code = read_code(text)
    assert not (code.fault and code.gtin)
    assert code.count >= 1


def test_of_several_articles_none_is_picked() -> None:
    assert resolve([], str) is None
    assert resolve(["10001-010-M", "10001-010-M"], str) == "10001-010-M"
    assert resolve(["10001-010-M", "10002-010-S"], str) == "ambiguous"


@given(st.lists(st.text("0123456789", min_size=1, max_size=6), min_size=2, max_size=4))
def test_a_sku_of_digits_and_dashes_is_a_gtin_only_where_there_is_no_such_sku(
    parts: list[str],
) -> None:
    text = "-".join(parts)
    code = read_code(text)
    assert (code.text, code.gtin, code.fault) == (text, "", None)
    gtin = code.as_gtin()
    assert gtin is None or gtin.gtin == read_code("".join(parts)).gtin


@pytest.mark.parametrize("text", ["4-012345-678901", "401-2345-67890-1", "1-4012345-67890-8"])
def test_a_gtin_in_dashes_is_one_at_last(text: str) -> None:
    gtin = read_code(text).as_gtin()
    assert gtin is not None
    assert gtin.gtin == GTIN
    assert read_code(text[:-1] + str((int(text[-1]) + 1) % 10)).as_gtin() is None
