"""Styles with everything that a size grid or a line sheet needs."""

from collections.abc import Sequence

from functions.catalog.answers.freshness import Begin, Reader, answer_fresh
from functions.catalog.answers.render import Renderer
from functions.catalog.answers.visible import Visible, find_slot, look_at
from functions.catalog.memory import Memory, View
from shared.availability import repository as availability
from shared.problem import NotFoundProblem
from shared.store import Read
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
    def plan(view: View, begin: Begin) -> list[Visible]:
        slots = {number: find_slot(view, number) for number in numbers}
        begin([number for number, slot in slots.items() if slot is not None])
        return [look_at(memory, view, slot) for slot in slots.values() if slot is not None]

    view, found, reads = answer_fresh(memory, reader, plan)
    renderer = Renderer(view, reader.locale, media_url)
    return [
        _detail(memory, view, reader, renderer, one, read)
        for one, read in zip(found, reads, strict=True)
    ]


def _detail(
    memory: Memory,
    view: View,
    reader: Reader,
    renderer: Renderer,
    one: Visible,
    read: Read | None,
) -> bytes:
    """A style's JSON, made again only if its availability, day, price or itself changed."""

    def make() -> bytes:
        stock = availability.parse(read.data() if read else None)
        detail = renderer.detail(one.listed, one.price, stock)
        return detail.model_dump_json(by_alias=True).encode()

    key = one.rendering(view, reader.locale)
    return memory.render("detail", key, read.version if read else 0, make)
