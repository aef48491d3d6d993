"""The buyer's yes to an order that the brand's rep places for them."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from shared.text.message import N_, Message


class ConsentMeans(StrEnum):
    """How the buyer agreed."""

    PHONE = "phone"
    MAIL = "mail"
    MEETING = "meeting"


class Consent(BaseModel):
    """Who of the company agreed to the order, as the rep who placed it says, and how."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="of the person of the company")
    means: ConsentMeans


_AGREED = {
    ConsentMeans.PHONE: N_("Agreed with %(name)s by phone"),
    ConsentMeans.MAIL: N_("Agreed with %(name)s by mail"),
    ConsentMeans.MEETING: N_("Agreed with %(name)s in a meeting"),
}


def consent_text(consent: Consent) -> Message:
    """Says who agreed, and how."""
    return Message(_AGREED[consent.means], {"name": consent.name})
