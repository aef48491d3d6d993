"""What VIES answered, in words for people."""

from datetime import date

from babel import Locale
from pydantic import BaseModel, Field

from shared.text.message import N_, Message
from shared.vat.check import NO_VAT_ID, VatAnswer, VatCheck


class VatCheckView(BaseModel):
    """An answer of VIES as people see it."""

    vat_id: str = Field(description="as VIES writes it; empty where there was none to ask for")
    answer: VatAnswer = Field(description="not_checked: VIES did not answer, which is not invalid")
    on: date | None = Field(description="the day that VIES states; null before it answered")
    consultation: str = Field(description="VIES's consultation number; empty where it gave none")
    detail: str = Field(description="the same in a sentence, in the reader's language")


def view(check: VatCheck | None, locale: Locale) -> VatCheckView:
    """The answer; None before VIES was asked."""
    return VatCheckView(
        vat_id=check.vat_id if check else "",
        answer=check.answer if check else VatAnswer.NOT_CHECKED,
        on=check.stated_on if check else None,
        consultation=check.consultation if check else "",
        detail=check_text(check).render(locale),
    )


def check_text(check: VatCheck | None) -> Message:
    """The answer in a sentence."""
    if check is None:
        return Message(N_("VIES has not been asked yet."))
    on, about = check.stated_on, {"id": check.vat_id}
    if on is None:
        if check.reason == NO_VAT_ID:
            return Message(N_("Not checked: there was no VAT id of a member state."))
        return Message(N_("Not checked: VIES did not answer for %(id)s."), about)
    if check.answer is VatAnswer.INVALID:
        return Message(N_("According to VIES on %(on)s, %(id)s is not valid."), {**about, "on": on})
    if not check.consultation:
        return Message(N_("According to VIES on %(on)s, %(id)s is valid."), {**about, "on": on})
    text = N_("According to VIES on %(on)s, %(id)s is valid (consultation number %(number)s).")
    return Message(text, {**about, "on": on, "number": check.consultation})
