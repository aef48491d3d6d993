"""The words on documents, in the EU's 24 official languages."""

import pytest
from babel import Locale

from shared.money import Money
from shared.text.locale import LANGUAGES
from shared.vat.rules import Vat, VatRule
from shared.vat.view import vat_view
from shared.vat.wording import vat_note, wordings

# Regulation No 1 (1958), as amended, Art. 1
OFFICIAL = [
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "ga",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sv",
]
EXEMPT = {
    VatRule.INTRA_COMMUNITY: ("K", "VATEX-EU-IC", "138"),
    VatRule.REVERSE_CHARGE: ("AE", "VATEX-EU-AE", ""),
    VatRule.EXPORT: ("G", "VATEX-EU-G", "146"),
}


def decided(rule: VatRule, rate: int = 0, **fields: str) -> Vat:
    return Vat(rule=rule, rate=rate, amount=Money(amount=rate, currency="EUR"), **fields)


@pytest.mark.parametrize("rule", EXEMPT)
def test_all_24_languages_have_words_of_their_own_that_say_where_they_are_from(
    rule: VatRule,
) -> None:
    found = wordings()[rule]
    assert sorted(found) == OFFICIAL
    assert len(OFFICIAL) == 24
    texts = [row["text"] for row in found.values()]
    assert len(set(texts)) == 24
    for row in found.values():
        assert row["status"] in ("official", "national", "ours")
        assert (row["status"] == "official") == bool(row.get("seen"))
        assert bool(row.get("law")) == (row["status"] == "national")
        assert row["text"] == row["text"].strip() != ""
        # What no act prescribes has to name the provision (Art. 226(11)).
        assert row["status"] == "official" or EXEMPT[rule][2] in row["text"]
    assert set(wordings()) == set(EXEMPT)


@pytest.mark.parametrize("rule", EXEMPT)
@pytest.mark.parametrize("language", OFFICIAL)
def test_a_reader_gets_the_words_of_their_language_with_the_codes(
    rule: VatRule, language: str
) -> None:
    view = vat_view(decided(rule), Locale.parse(language))
    assert view.note == wordings()[rule][language]["text"]
    assert (view.category, view.exemption) == EXEMPT[rule][:2]


@pytest.mark.parametrize(
    ("locale", "rule", "words"),
    [
        ("de", VatRule.REVERSE_CHARGE, "Steuerschuldnerschaft des Leistungsempfängers"),
        ("hu", VatRule.REVERSE_CHARGE, "fordított adózás"),
        ("pl", VatRule.REVERSE_CHARGE, "odwrotne obciążenie"),
        ("sv", VatRule.REVERSE_CHARGE, "omvänd betalningsskyldighet"),
        ("el", VatRule.REVERSE_CHARGE, "Αντίστροφη επιβάρυνση"),
        ("fr_CA", VatRule.REVERSE_CHARGE, "Autoliquidation"),
        ("nb", VatRule.REVERSE_CHARGE, "Reverse charge"),
        ("es_MX", VatRule.EXPORT, "Exportación exenta, artículo 146 de la Directiva 2006/112/CE"),
        ("nb", VatRule.EXPORT, "Exempt export, Article 146 of Directive 2006/112/EC"),
    ],
)
def test_readers_get_their_languages_words_or_english(
    locale: str, rule: VatRule, words: str
) -> None:
    assert vat_note(decided(rule), Locale.parse(locale)) == words


def test_who_is_charged_for_lack_of_an_id_reads_why_and_how_to_mend_it() -> None:
    charged = decided(VatRule.NO_VAT_ID, 190, departure="DE")
    texts = {tag: vat_note(charged, Locale.parse(tag)) or "" for tag in LANGUAGES}
    assert len(set(texts.values())) == len(LANGUAGES)
    assert "add or correct your VAT id" in texts["en"]
    # Of before territories were kept, when the rate was that of arrival.
    assert vat_note(decided(VatRule.NO_VAT_ID, 200), Locale("en")) == (
        "VAT of the country of delivery, as there is no valid VAT id."
    )


def test_domestic_vat_needs_no_words() -> None:
    view = vat_view(decided(VatRule.DOMESTIC, 190), Locale("de"))
    assert (view.note, view.category, view.exemption) == (None, "S", None)
