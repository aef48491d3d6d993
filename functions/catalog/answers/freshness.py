"""Answering from memory, never from a state that is older than the request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import TypeVar

from babel import Locale

from functions.catalog.memory import Memory, View
from functions.catalog.sources import Present
from shared.store import Read

P = TypeVar("P")


@dataclass(frozen=True)
class Reader:
    """Who reads, and when."""

    company: str
    locale: Locale
    now: datetime


Begin = Callable[[Sequence[str]], None]
"""Asks for the availability of styles, which is under way while a plan goes on."""


def answer_fresh(
    memory: Memory, reader: Reader, plan: Callable[[View, Begin], P]
) -> tuple[View, P, list[Read | None]]:
    """The view, what `plan` makes of it, and the availability of the styles that it asks for.

    `plan` is made from memory, and asks as soon as it knows the styles. Their availability and
    the announcements come in one RPC; if something changed that memory had not, the plan is made
    again, and is then no older than the request. What `plan` returns must hold all that is needed
    of the view's listing and prices, since these follow later changes.
    """
    reading = _Reading(memory)
    revision, view, planned = _plan(memory, reader, plan, reading)
    at, state, reads = reading.finish()
    memory.refresh(view, state, at)
    while memory.revision != revision:
        # The new view may depend on what the old did not, as another assortment.
        revision, view, planned = _plan(memory, reader, plan, reading)
        memory.refresh(view, state, at)
        _, _, reads = reading.finish()
    return view, planned, reads


class _Reading:
    """The availability that was asked for last; the same is not asked for again."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._asked: tuple[list[str], str] | None = None
        self.finish: Callable[[], Present]

    def begin(self, view: View, styles: Sequence[str]) -> None:
        """Ask for the availability of styles in the plant of the view's company."""
        asked = list(styles), view.company.profile.plant
        if asked != self._asked:
            self._asked, self.finish = asked, cache(self._memory.begin_reading(*asked))


def _plan(
    memory: Memory, reader: Reader, plan: Callable[[View, Begin], P], reading: _Reading
) -> tuple[int, View, P]:
    while True:
        revision = memory.revision
        view = memory.view(reader.company, reader.now)
        with memory.lock():
            # Else another thread took a change in since the view was made.
            if memory.revision == revision:
                return revision, view, plan(view, partial(reading.begin, view))
