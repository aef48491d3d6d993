"""VAT ids: who issued one, and whether it counts as valid today. Pure, and cheap to import."""

from shared.company.model import Profile

NORTHERN_IRELAND = "XI"
"""Issues ids for goods as a member state does (Windsor Framework, Art. 8 and Annex 3)."""

_PREFIXES = {"EL": "GR"}
"""Prefixes that are not the issuer's ISO 3166 code (Directive 2006/112/EC, Art. 215)."""


def issuer(vat_id: str) -> str:
    """ISO country that the id's prefix names, `XI` for Northern Ireland; empty for no id."""
    prefix = vat_id[:2].upper()
    return _PREFIXES.get(prefix, prefix)


def counts_as_valid(profile: Profile) -> bool:
    """Whether the company's VAT id counts as valid (Art. 138(1)(b)).

    The one place that decides it: form and check digits, which are looked at when SAP sends the
    company (`shared.vat.forms`).
    """
    return bool(profile.vat_id) and profile.vat_id_valid
