"""A rep places only what somebody of the company agreed to, and says who that was. Pure."""

from functions.orders.schema import PlaceRequest
from shared.http.validation import pointer
from shared.identity.caller import Caller, Role
from shared.order.consent import Consent
from shared.problem import Fault, InvalidInputProblem
from shared.text.message import N_, Message

_MISSING = Message(N_("Please say who of the company agreed to this order, and how."))
_UNASKED = Message(N_("Only sales reps say who of the company agreed to an order."))


def consent_of(request: PlaceRequest, caller: Caller) -> Consent | None:
    """The buyer's consent that a rep tells; None where the company's own people place.

    Raises:
        InvalidInputProblem: a rep tells none, or somebody else does.
    """
    given, is_rep = request.consent, caller.role is Role.REP
    if given is None:
        if is_rep:
            raise InvalidInputProblem((Fault("missing", pointer("consent"), _MISSING),))
        return None
    if not is_rep:
        raise InvalidInputProblem((Fault("consent_unasked", pointer("consent"), _UNASKED),))
    return Consent(name=given.name, means=given.means)
