"""Names that people spell in more than one way."""

import pytest

from shared.text.spelling import fold_spelling


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Mu\u0308nchen-Su\u0308d", "München Süd"),
        ("Bras\u0327ov", "Bra\u0219ov"),
        ("ΣΊΣΥΦΟΣ Αθήνα", "σίσυφος αθήνα"),
        ("GROSSER MARKT", "Großer Markt"),
        ("Ｌｙｏｎ\u00a0２", "Lyon 2"),
        ("Saint\u2011Denis", "saint denis"),
    ],
)
def test_a_door_is_found_as_people_spell_it(written: str, stored: str) -> None:
    assert fold_spelling(written) == fold_spelling(stored)


@pytest.mark.parametrize(
    ("one", "other"), [("Lyon 2", "Lyon 3"), ("Bremen", "Bremer"), ("Ää", "O")]
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert fold_spelling(one) != fold_spelling(other)
