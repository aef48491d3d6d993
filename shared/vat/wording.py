"""The words that an invoice must have where the buyer is liable for VAT.

Directive 2006/112/EC, Art. 226(11a), as amended by Directive 2010/45/EU: "the mention
'Reverse charge'", of which each language version has its own.
"""

from babel import Locale

_REVERSE_CHARGE = {
    "bg": "обратно начисляване",
    "cs": "daň odvede zákazník",
    "da": "omvendt betalingspligt",
    "de": "Steuerschuldnerschaft des Leistungsempfängers",
    "el": "Αντίστροφη επιβάρυνση",
    "en": "Reverse charge",
    "es": "inversión del sujeto pasivo",
    "et": "pöördmaksustamine",
    "fi": "käännetty verovelvollisuus",
    "fr": "Autoliquidation",
    "ga": "Frithmhuirear",
    "hr": "prijenos porezne obveze",
    "hu": "fordított adózás",
    "it": "inversione contabile",
    "lt": "Atvirkštinis apmokestinimas",
    "lv": "nodokļa apgrieztā maksāšana",
    "mt": "Inverżjoni tal-ħlas",
    "nl": "Btw verlegd",
    "pl": "odwrotne obciążenie",
    "pt": "Autoliquidação",
    "ro": "taxare inversă",
    "sk": "prenesenie daňovej povinnosti",
    "sl": "obrnjena davčna obveznost",
    "sv": "omvänd betalningsskyldighet",
}


def reverse_charge(locale: Locale) -> str:
    """The mention in the reader's language; in English where the EU has no such version."""
    return _REVERSE_CHARGE.get(locale.language, _REVERSE_CHARGE["en"])
