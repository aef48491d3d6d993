"""Answering from memory, never from a state that is older than the request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from babel import Locale

from functions.catalog.memory import Memory, View
from shared.store import Read

P = TypeVar("P")


@dataclass(frozen=True)
class Reader:
    """Who reads, and when."""

    company: str
    locale: Locale
    now: datetime


def answer_fresh(
    memory: Memory,
    reader: Reader,
    plan: Callable[[View], tuple[P, Sequence[str]]],
) -> tuple[View, P, list[Read | None]]:
    """The view, what `plan` makes of it, and the availability of the styles that it names.

    `plan` is made from memory. Its styles' availability and the announcements come in one
    RPC; if something changed that memory had not, the plan is made again, and is then no
    older than the request. What `plan` returns must hold all that is needed of the view's
    listing and prices, since these follow later changes.
    """
    revision, view, planned, styles = _plan(memory, reader, plan)
    asked = list(styles), view.company.profile.plant
    at, state, reads = memory.read(*asked)
    memory.refresh(view, state, at)
    while memory.revision != revision:
        # The new view may depend on what the old did not, as another assortment.
        revision, view, planned, styles = _plan(memory, reader, plan)
        memory.refresh(view, state, at)
    if (list(styles), view.company.profile.plant) != asked:
        _, _, reads = memory.read(styles, view.company.profile.plant)
    return view, planned, reads


def _plan(
    memory: Memory, reader: Reader, plan: Callable[[View], tuple[P, Sequence[str]]]
) -> tuple[int, View, P, Sequence[str]]:
    while True:
        revision = memory.revision
        view = memory.view(reader.company, reader.now)
        with memory.lock():
            # Else another thread took a change in since the view was made.
            if memory.revision == revision:
                return revision, view, *plan(view)
