"""What a buyer is told whose company no orders are taken from."""

from shared.company.model import BlockKind, Company
from shared.text.message import N_, Message

_BLOCKED = N_("Your company is blocked for orders. Please contact us.")
_TEXTS: dict[BlockKind, str] = {
    "deletion": N_(
        "Your company's account is to be closed, so no orders are taken. Please contact us."
    ),
    "sales": _BLOCKED,
    "order": _BLOCKED,
    "delivery": N_(
        "Deliveries to your company are blocked, so no orders are taken. Please contact us."
    ),
    "billing": N_(
        "Invoices to your company are blocked, so no orders are taken. Please contact us."
    ),
    "credit": N_("Your company's credit is blocked, so no orders are taken. Please contact us."),
}


def block_message(company: Company) -> Message | None:
    """Why no orders are taken from the company; None where they are."""
    return None if company.block is None else Message(_TEXTS[company.block])
