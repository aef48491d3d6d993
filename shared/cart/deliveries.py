"""When each delivery of a cart is wanted, pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.assortment.model import DeliveryWindow
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.http.fields import NO_CONTROLS, Day
from shared.problem import Fault, InvalidInputProblem
from shared.text.message import N_, Message

DeliveryKey = tuple[str, str]
"""Door and delivery window."""


Id = Annotated[str, Field(min_length=1, max_length=64, pattern=NO_CONTROLS)]


class DeliveryRequest(BaseModel):
    """When the goods of a door and delivery window are wanted."""

    model_config = ConfigDict(extra="forbid")

    door: Id
    window: Id
    requested_on: Day | None = Field(
        default=None,
        description="the day the goods should ship; without it the first ship date of the window, for at-once today",
    )
    cancel_by: Day | None = Field(
        default=None, description="goods that have not shipped by this day are not wanted any more"
    )


@dataclass(frozen=True)
class Dates:
    """Ship date asked for, and the day after which the goods are not wanted any more."""

    requested_on: date
    cancel_by: date | None = None


def agreed_dates(
    cart: Cart, context: CartContext, requests: list[DeliveryRequest]
) -> Mapping[DeliveryKey, Dates]:
    """Dates of every delivery of the cart in a window that there is.

    Raises:
        InvalidInputProblem: with every fault of `requests`.
    """
    windows = context.assortment.windows
    dates = {
        (line.door, line.window): Dates(first_day(windows[line.window], context.today))
        for line in cart.lines.values()
        if line.window in windows
    }
    places = {(line.door, line.window) for line in cart.lines.values()}
    faults: list[Fault] = []
    seen: set[DeliveryKey] = set()
    for index, request in enumerate(requests):
        place = (request.door, request.window)
        faults.extend(_place_faults(index, place, places, seen))
        seen.add(place)
        if place in dates:
            requested_on = request.requested_on or dates[place].requested_on
            dates[place] = Dates(requested_on, request.cancel_by)
            window = windows[request.window]
            faults.extend(_date_faults(index, dates[place], window, context.today))
    if faults:
        raise InvalidInputProblem(tuple(faults))
    return dates


def first_day(window: DeliveryWindow, today: date) -> date:
    """The first day that goods of `window` can be asked for."""
    return max(window.ship_from, today)


def _place_faults(
    index: int, place: DeliveryKey, places: set[DeliveryKey], seen: set[DeliveryKey]
) -> Iterator[Fault]:
    if place not in places:
        text = N_("The cart has nothing for this door and delivery window.")
        yield Fault("not_in_cart", f"/deliveries/{index}", Message(text))
    if place in seen:
        text = N_("This door and delivery window are given twice.")
        yield Fault("given_twice", f"/deliveries/{index}", Message(text))


def _date_faults(index: int, dates: Dates, window: DeliveryWindow, today: date) -> Iterator[Fault]:
    first = first_day(window, today)
    # Of a window that is over, its check says so; there is no day to choose.
    if first <= window.ship_to and not first <= dates.requested_on <= window.ship_to:
        text = N_("Choose a day from %(first)s to %(last)s.")
        message = Message(text, {"first": first, "last": window.ship_to})
        yield Fault("out_of_window", f"/deliveries/{index}/requested_on", message)
    if dates.cancel_by is not None and dates.cancel_by < dates.requested_on:
        text = N_("This must not be before %(requested)s, the day that the goods are wanted.")
        message = Message(text, {"requested": dates.requested_on})
        yield Fault("before_requested", f"/deliveries/{index}/cancel_by", message)
