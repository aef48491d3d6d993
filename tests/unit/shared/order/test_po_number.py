"""PO numbers in any letters, and what of them goes through SAP and on papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.order.po_number import clean, sap_form


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("PO 4711/26", "PO 4711/26"),
        ("Größe-Öl 7", "Groesse-Oel 7"),
        ("ÜBER 12", "UeBER 12"),
        ("Smørrebrød №5", "Smoerrebroed No5"),
        ("Commande n° 7", "Commande no 7"),
        ("N°7 / Nº8", "No7 / No8"),
        ("Saison 20°", "Saison 20deg"),
        ("Łódź–Świdnica", "Lodz-Swidnica"),
        ("őszi rendelés", "oszi rendeles"),
        ("Доставка 3", "Dostavka 3"),
    ],
)
def test_letters_are_spelt_in_ascii(written: str, printed: str) -> None:
    assert sap_form(written) == printed


def test_letters_of_two_parts_are_one() -> None:
    apart = "Gru\u0308n"
    assert sap_form(apart) == sap_form("Grün") == "Gruen"
    assert clean(apart) == "Grün"


def test_what_is_not_seen_is_left_out() -> None:
    assert clean("\u2009\u200bPO\u200e 9\u00a0\ufeff") == "PO 9"


@given(st.text(max_size=40))
def test_what_is_printed_is_ascii_and_stays_as_it_is(written: str) -> None:
    printed = sap_form(written)
    assert all(" " <= letter <= "~" for letter in printed)
    assert printed == printed.strip()
    assert sap_form(printed) == printed
    assert sap_form(f" {written}\u00a0") == printed


@given(st.from_regex(r"[!-~]+( [!-~]+)*", fullmatch=True))
def test_ascii_is_printed_as_it_was_written(written: str) -> None:
    assert sap_form(written) == written
