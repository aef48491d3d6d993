"""Texts about orders for people."""

from dataclasses import dataclass, field

from babel import Locale

from shared.actor import ActorKind
from shared.order.following import rejection_keys
from shared.order.handover import HandoverState, ParkReason, is_in_doubt
from shared.order.model import Order, OrderChange, OrderLine, Step
from shared.order.rejection import RejectionReason, reason_of, reasons_text
from shared.order.status import Status
from shared.price.naming import discount_text
from shared.sap.buyer_texts import BuyerTexts
from shared.text.message import N_, Message
from shared.vat.check import VatAnswer
from shared.vat.rules import VatRule


@dataclass(frozen=True)
class Reader:
    """In whose language, and in which words for keys of SAP's, an order is told."""

    locale: Locale
    texts: BuyerTexts = field(default_factory=BuyerTexts)


def vat_warning(order: Order) -> Message | None:
    """What follows where VIES refutes the VAT id that an order is exempt by; None where it doesn't."""
    said = [one.check.answer for one in order.vat_checks if one.check and one.check.stated_on]
    if order.vat.rule is not VatRule.INTRA_COMMUNITY or said[-1:] != [VatAnswer.INVALID]:
        return None
    text = N_(
        "VIES does not know your VAT id, so the invoice will bear the VAT of the country that the "
        "goods leave. Have the id registered for trade within the EU, or tell us the right one."
    )
    return Message(text)


def step_reason(step: Step, reader: Reader) -> str:
    """Why an order came to a status: in the words of who said it, and in ours where SAP did."""
    if step.status is Status.REJECTED and step.is_saps:
        return reasons_text(step.reason, reader.texts.rejections, reader.locale)
    return step.reason


def rejections(order: Order, texts: BuyerTexts) -> dict[int, RejectionReason]:
    """Why SAP does not deliver lines, by position, of those that it rejects."""
    return {
        position: reason_of(key, texts.rejections)
        for position, key in rejection_keys(order).items()
    }


def discount_texts(line: OrderLine, reader: Reader) -> list[str]:
    """What made a line's net price of its list price."""
    currency, kinds = line.unit_price.currency, reader.texts.discounts
    return [discount_text(one, currency, kinds, reader.locale) for one in line.discounts]


def handover_text(order: Order, reader: Reader) -> str:
    """The order's way into SAP, as its buyer sees it."""
    if order.handover.state is not HandoverState.REFUSED:
        return _way_text(order).render(reader.locale)
    # Not the last attempt's: SAP may refuse later, and of a broken connection that one may tell
    # what concerns only us.
    rejections = [step for step in order.history if step.status is Status.REJECTED]
    reason = step_reason(rejections[-1], reader) if rejections else ""
    text = N_("Refused by our order processing: %(reason)s")
    return Message(text, {"reason": reason}).render(reader.locale)


def _way_text(order: Order) -> Message:
    values: dict[str, str] = {}
    match order.handover.state:
        case HandoverState.WAITING:
            text = _waiting_text(order)
        case HandoverState.SENDING:
            text = N_("Being sent to our order processing.")
        case HandoverState.PARKED if _waits_by_person(order):
            text = N_(
                "Our staff are looking at this order before it is sent to our order processing, "
                "and will get in touch if need be; please do not order it again."
            )
        case HandoverState.PARKED:
            # SAP's own words are English, and for our staff.
            text = N_(
                "Our order processing could not take this order as it is. Our staff are looking "
                "after it and will get in touch; please do not order it again."
            )
        case HandoverState.ACCEPTED:
            text = N_("Taken by our order processing as number %(number)s.")
            values = {"number": order.sap_number or ""}
        case HandoverState.WITHDRAWN if _ended_by_brand(order):
            text = N_("Our staff cancelled this order before it was sent to our order processing.")
        case HandoverState.WITHDRAWN:
            text = N_("Cancelled before it was sent to our order processing.")
    return Message(text, values)


def _waiting_text(order: Order) -> str:
    if order.status is Status.PENDING_APPROVAL:
        return N_("Waiting for approval in your company.")
    if is_in_doubt(order.handover):
        return N_(
            "We are finding out whether our order processing has this order. "
            "Please do not order it again."
        )
    return N_("Waiting to be sent to our order processing.")


def _ended_by_brand(order: Order) -> bool:
    return any(step.by_kind is ActorKind.BRAND for step in order.history[-1:])


def _waits_by_person(order: Order) -> bool:
    parked = order.handover.parked
    return parked is not None and parked.reason is ParkReason.BY_PERSON


def change_text(change: OrderChange) -> Message:
    """The way of a change or cancellation to SAP, as the buyer sees it."""
    by_brand = change.by_kind is ActorKind.BRAND
    match change.handover.state:
        case HandoverState.ACCEPTED if change.cancels and by_brand:
            return Message(N_("Our staff cancelled this order."))
        case HandoverState.ACCEPTED:
            text = (
                N_("Our order processing has taken the cancellation.")
                if change.cancels
                else N_("Our order processing has taken the change.")
            )
            return Message(text)
        case HandoverState.REFUSED | HandoverState.WITHDRAWN:
            # SAP's own words are English, and for our staff.
            text = (
                N_("Our order processing refused the cancellation, so the order goes on.")
                if change.cancels
                else N_("Our order processing refused the change, so nothing changed.")
            )
            return Message(text)
        case _ if change.cancels and by_brand:
            text = N_(
                "Our staff are cancelling this order; the cancellation is on its way to our order "
                "processing."
            )
            return Message(text)
        case _:
            text = (
                N_("The cancellation is on its way to our order processing.")
                if change.cancels
                else N_("The change is on its way to our order processing.")
            )
            return Message(text)
