"""What SAP's reasons for rejection tell a buyer."""

import pytest
from babel import Locale

from shared.order.rejection import RejectionReason, join_keys, reason_text, reasons_text

REASONS = {
    "01": RejectionReason.TOO_LATE,
    "Z1": RejectionReason.SOLD_OUT,
    "Z2": RejectionReason.SOLD_OUT,
}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["Z1"], "Ausverkauft"),
        (["Z1", "01", "Z1"], "Ausverkauft; Im Lieferfenster nicht lieferbar"),
        (["Z1", "Z2"], "Ausverkauft"),
        (["99"], "Den Grund nennen Ihnen unsere Mitarbeiter"),
        (["", "99"], "Den Grund nennen Ihnen unsere Mitarbeiter"),
        ([], "Den Grund nennen Ihnen unsere Mitarbeiter"),
    ],
)
def test_keys_are_told_by_what_they_mean_each_once(keys: list[str], told: str) -> None:
    assert reasons_text(join_keys(keys), REASONS, Locale("de")) == told


@pytest.mark.parametrize("language", ["de", "fr", "hu", "pl", "sv"])
def test_every_reason_has_words_of_its_own(language: str) -> None:
    texts = {reason_text(one).render(Locale(language)) for one in RejectionReason}
    english = {reason_text(one).render(Locale("en")) for one in RejectionReason}
    assert len(texts) == len(RejectionReason)
    assert not texts & english
