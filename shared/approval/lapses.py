"""Why a change that was agreed to was not carried out, in words."""

from shared.approval.model import Lapse
from shared.text.message import N_, Message

_TEXTS = {
    Lapse.ENDED: N_("The order was cancelled or rejected before the change was approved."),
    Lapse.DELIVERED: N_("The delivery of the order had begun before the change was approved."),
    Lapse.CUT_OFF: N_("The order's delivery window had closed before the change was approved."),
    Lapse.CHANGED: N_("The order was changed meanwhile. Please ask for the change again."),
}


def why_lapsed(lapse: Lapse) -> Message:
    """For the buyer and for the approver."""
    return Message(_TEXTS[lapse])
