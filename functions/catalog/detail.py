"""Styles with everything that a size grid or a line sheet needs."""

from collections.abc import Sequence

from functions.catalog.freshness import answer_fresh
from functions.catalog.listing import Entry
from functions.catalog.memory import Memory, View
from functions.catalog.offer import Offered
from functions.catalog.page import Reader
from functions.catalog.render import Renderer
from shared.availability import repository as availability
from shared.problem import NotFoundProblem
from shared.store import Read
from shared.text.message import N_

_Visible = tuple[Entry, Offered]


class StyleNotFoundProblem(NotFoundProblem):
    """No such style in the company's assortment, or none with a price in its currency."""

    code = "style_not_found"
    text = N_("This style does not exist.")


def show_style(memory: Memory, media_url: str, reader: Reader, number: str) -> bytes:
    """The style, as JSON of a StyleDetail.

    Raises:
        StyleNotFoundProblem: unknown, outside the assortment, or without a price.
    """
    details = _details(memory, media_url, reader, [number])
    if not details:
        raise StyleNotFoundProblem
    return details[0]


def show_line_sheet(
    memory: Memory, media_url: str, reader: Reader, numbers: Sequence[str]
) -> bytes:
    """The styles in the order asked for, as JSON of a LineSheet.

    What the company may not buy is as unknown as what does not exist: left out.
    """
    details = _details(memory, media_url, reader, list(dict.fromkeys(numbers)))
    return b'{"styles":[' + b",".join(details) + b"]}"


def _details(memory: Memory, media_url: str, reader: Reader, numbers: Sequence[str]) -> list[bytes]:
    def plan(view: View) -> tuple[list[_Visible], list[str]]:
        found = [one for number in numbers if (one := _visible(view, number))]
        return found, [entry.style.number for entry, _ in found]

    view, found, reads = answer_fresh(memory, reader.company, reader.now.date(), plan)
    return [
        _detail(memory, media_url, reader, view, visible, read)
        for visible, read in zip(found, reads, strict=True)
    ]


def _visible(view: View, number: str) -> _Visible | None:
    place = view.listing.places.get(number)
    entry = place[0] if place else None
    offered = view.offer.offered[entry.index] if entry else None
    # A place may also be a colourway.
    if entry is None or offered is None or entry.style.number != number:
        return None
    return entry, offered


def _detail(
    memory: Memory,
    media_url: str,
    reader: Reader,
    view: View,
    visible: _Visible,
    read: Read | None,
) -> bytes:
    """A style's JSON, made again only if its availability, day, prices or itself changed."""
    version = read.version if read else 0
    key = (visible[0].style.number, *view.rendering(reader.locale))
    kept = memory.details.get(key)
    if kept and kept[0] == version:
        return kept[1]
    stock = availability.parse(read.data() if read else None)
    detail = Renderer(view, reader.locale, media_url).detail(*visible, stock)
    made = detail.model_dump_json(by_alias=True).encode()
    return memory.details.put(key, (version, made))[1]
