"""What is wrong with a draft of an assortment, all of it at once."""

from collections.abc import Iterator

from functions.assortments.schema import Colourways, Draft, Window
from functions.assortments.styles import Styles
from shared.catalogue.packed_styles import PackedStyle
from shared.problem import Fault, InvalidInputProblem
from shared.text.message import N_, Message


def check_draft(styles: Styles, draft: Draft) -> None:
    """Raises InvalidInputProblem with every fault, if there is any."""
    faults = [*_windows(draft.windows)]
    if draft.included or draft.excluded:
        with styles.current() as known:
            faults += _items("included", draft.included, known)
            faults += _items("excluded", draft.excluded, known)
    if faults:
        raise InvalidInputProblem(tuple(faults))


def _items(name: str, items: list[Colourways], known: dict[str, PackedStyle]) -> Iterator[Fault]:
    for place, item in enumerate(items):
        style = known.get(item.style)
        if style is None:
            text = Message(N_("There is no style %(style)s."), {"style": item.style})
            yield Fault("unknown_style", f"/{name}/{place}/style", text)
        elif item.colour and all(code != item.colour for code, _ in style.colourways):
            parameters = {"style": item.style, "colour": item.colour}
            text = Message(N_("Style %(style)s has no colour %(colour)s."), parameters)
            yield Fault("unknown_colour", f"/{name}/{place}/colour", text)


def _windows(windows: list[Window]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, window in enumerate(windows):
        if window.id in seen:
            text = Message(N_("There are two delivery windows %(id)s."), {"id": window.id})
            yield Fault("window_twice", f"/windows/{place}/id", text)
        seen.add(window.id)
        if window.ship_to < window.ship_from:
            text = Message(N_("Delivery ends before it begins."))
            yield Fault("window_backwards", f"/windows/{place}/ship_to", text)
        if window.cut_off < window.opens:
            text = Message(N_("The last day for orders is before the first one."))
            yield Fault("cut_off_before_opening", f"/windows/{place}/cut_off", text)
