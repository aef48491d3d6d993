"""A style with everything that a size grid needs."""

from functions.catalog.freshness import answer_fresh
from functions.catalog.listing import Entry
from functions.catalog.memory import Memory, View
from functions.catalog.offer import Offered
from functions.catalog.page import Reader
from functions.catalog.render import Renderer
from shared.availability import repository as availability
from shared.problem import NotFoundProblem
from shared.text.message import N_


class StyleNotFoundProblem(NotFoundProblem):
    """No such style in the company's assortment, or none with a price in its currency."""

    code = "style_not_found"
    text = N_("This style does not exist.")


def show_style(memory: Memory, media_url: str, reader: Reader, number: str) -> bytes:
    """The style, as JSON of a StyleDetail.

    Raises:
        StyleNotFoundProblem: unknown, outside the assortment, or without a price.
    """

    def plan(view: View) -> tuple[tuple[Entry, Offered] | None, list[str]]:
        place = view.listing.places.get(number)
        entry = place[0] if place else None
        offered = view.offer.offered[entry.index] if entry else None
        if entry is None or offered is None or entry.style.number != number:
            return None, []
        return (entry, offered), [number]

    view, planned, reads = answer_fresh(memory, reader.company, reader.now.date(), plan)
    if planned is None:
        raise StyleNotFoundProblem
    (read,) = reads
    version = read.version if read else 0
    key = (number, *view.rendering(reader.locale))
    kept = memory.details.get(key)
    if kept and kept[0] == version:
        return kept[1]
    stock = availability.parse(read.data() if read else None)
    detail = Renderer(view, reader.locale, media_url).detail(*planned, stock)
    made = detail.model_dump_json(by_alias=True).encode()
    return memory.details.put(key, (version, made))[1]
