"""Why SAP does not deliver what was ordered, as its buyer reads it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from babel import Locale

from shared.text.message import N_, Message


class RejectionReason(StrEnum):
    """What a reason for rejection of SAP's (ABGRU) means; its customizing says which key is which."""

    SOLD_OUT = "sold_out"
    DISCONTINUED = "discontinued"
    TOO_LATE = "too_late"
    REPLACED = "replaced"
    NOT_ALLOWED = "not_allowed"
    PRICE = "price"
    CREDIT = "credit"
    MINIMUM = "minimum"
    DUPLICATE = "duplicate"
    AT_YOUR_REQUEST = "at_your_request"
    OTHER = "other"


_TEXTS = {
    RejectionReason.SOLD_OUT: N_("Sold out"),
    RejectionReason.DISCONTINUED: N_("No longer made"),
    RejectionReason.TOO_LATE: N_("Can't be delivered in the delivery window"),
    RejectionReason.REPLACED: N_("Replaced by another article"),
    RejectionReason.NOT_ALLOWED: N_("May not be sold to this door"),
    RejectionReason.PRICE: N_("The price has to be agreed first"),
    RejectionReason.CREDIT: N_("Open payments or the credit limit"),
    RejectionReason.MINIMUM: N_("Less than the minimum quantity or value"),
    RejectionReason.DUPLICATE: N_("Ordered twice"),
    RejectionReason.AT_YOUR_REQUEST: N_("At your request"),
    RejectionReason.OTHER: N_("Our staff can tell you the reason"),
}

_SEPARATOR = ", "
"""Between the keys of an order whose lines have several."""


def join_keys(keys: Iterable[str]) -> str:
    """Each of SAP's keys once, as a step of an order's history keeps them."""
    return _SEPARATOR.join(dict.fromkeys(key for key in keys if key))


def reason_of(key: str, reasons: Mapping[str, RejectionReason]) -> RejectionReason:
    """What a key of SAP's means; one that nobody explained is none that a buyer could read."""
    return reasons.get(key, RejectionReason.OTHER)


def reason_text(reason: RejectionReason) -> Message:
    """The reason in words."""
    return Message(_TEXTS[reason])


def reasons_text(keys: str, reasons: Mapping[str, RejectionReason], locale: Locale) -> str:
    """What the keys that `join_keys` joined mean, each meaning once."""
    found = dict.fromkeys(reason_of(key, reasons) for key in keys.split(_SEPARATOR))
    return "; ".join(reason_text(reason).render(locale) for reason in found)
