"""VAT ids: who issued one, what VIES is asked and said of it, and whether it counts as valid. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.company.model import Company, Profile
from shared.market.model import SALES_ORGANISATIONS
from shared.vat.check import VatAnswer, VatCheck
from shared.vat.territories import states

NORTHERN_IRELAND = "XI"
"""Issues ids for goods as a member state does (Windsor Framework, Art. 8 and Annex 3)."""

_PREFIXES = {"EL": "GR"}
"""Prefixes that are not the issuer's ISO 3166 code (Directive 2006/112/EC, Art. 215)."""

_SEPARATORS = re.compile(r"[\s.\-/]")
# As VIES takes the number (checkVatService.wsdl).
_NUMBER = re.compile(r"[0-9A-Z+*]{2,12}")


@dataclass(frozen=True)
class ViesRequest:
    """A VAT id as VIES writes it, and the seller's own, which it is asked with."""

    vat_id: str
    requester: str


def issuer(vat_id: str) -> str:
    """ISO country that the id's prefix names, `XI` for Northern Ireland; empty for no id."""
    prefix = vat_id[:2].upper()
    return _PREFIXES.get(prefix, prefix)


def vies_request_of(profile: Profile) -> ViesRequest | None:
    """What VIES is to be asked; None where it can't know the id, or who sells has none."""
    if profile.deleted:
        return None
    seller = SALES_ORGANISATIONS[profile.sales_area.organisation]
    vat_id = _SEPARATORS.sub("", profile.vat_id).upper()
    country, number = issuer(vat_id), vat_id[2:]
    known = country in states() or country == NORTHERN_IRELAND
    if seller.tax != "eu_vat" or not seller.seller.vat_id or not known:
        return None
    prefix = next((prefix for prefix, iso in _PREFIXES.items() if iso == country), country)
    return ViesRequest(prefix + number, seller.seller.vat_id) if _NUMBER.fullmatch(number) else None


def about(check: VatCheck | None, question: ViesRequest | None) -> VatCheck | None:
    """The check, if it answers this question; None for one of an earlier id, or another seller's."""
    if check is None or question is None:
        return None
    same = (check.vat_id, check.requester) == (question.vat_id, question.requester)
    return check if same else None


def last_check(company: Company) -> VatCheck | None:
    """The last check of the company's VAT id of today; None where there is none."""
    return about(company.vat_check, vies_request_of(company.profile))


def is_recent(check: VatCheck, now: datetime, age: timedelta) -> bool:
    """Whether VIES called the id valid no longer than `age` ago.

    Any other answer is asked for again: what was wrong may have been mended.
    """
    return check.answer is VatAnswer.VALID and now - check.asked_at <= age


def counts_as_valid(company: Company) -> bool:
    """Whether the company's VAT id counts as valid (Art. 138(1)(b)).

    The one place that decides it: form and check digits, which are looked at when SAP sends the
    company (`shared.vat.forms`), and VIES, unless it has not answered.
    """
    profile, check = company.profile, last_check(company)
    refuted = check is not None and check.answer is VatAnswer.INVALID
    return bool(profile.vat_id) and profile.vat_id_valid and not refuted
